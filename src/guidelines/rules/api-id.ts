import { zalando } from '../guides';
import { defineRule } from '../rule';

export const apiId = defineRule({
  id: 'api-id',
  summary: 'An API has an id that outlives its name, `x-api-id`.',
  why: 'Titles and repositories change. With an id, tools know that it is the same API as last year’s, and can compare the two.',
  severity: 'info',
  source: zalando(215),
  presets: ['zalando'],
  bad: `info: # want
  title: Orders
  version: 1.0.0
  description: Orders of the shop.
`,
  good: `info:
  title: Orders
  version: 1.0.0
  description: Orders of the shop.
  contact: { name: Shop team }
  x-api-id: d0184f38-b98d-11e7-9c56-68f728c1ba70
`,
  visit: {
    info(node, report) {
      const id = node.get('x-api-id');
      if (id === undefined)
        report({ at: node, message: 'Give the API an id that outlives its name: a UUID under `x-api-id`.' });
      else if (!/^[a-z\d][a-z\d-:.]{6,62}[a-z\d]$/.test(id.string ?? ''))
        report({
          at: id,
          on: 'value',
          message:
            'An API’s id has 8 to 64 characters: small letters, digits, and `-`, `:` or `.` between them. A UUID is one.',
        });
    },
  },
});
