import { defineRule } from '../rule';

export const infoLicense = defineRule({
  id: 'info-license',
  summary: '`info` names the license.',
  why: 'Whether somebody may build on an API, or offer one that is the same, is a question of its license; without one the answer is no.',
  severity: 'info',
  source: {
    guideline: 'Redocly',
    ref: 'info-license',
    url: 'https://redocly.com/docs/cli/rules/oas/info-license',
  },
  presets: ['strict', 'redocly-recommended'],
  bad: `info: # want
  title: Orders
  version: 1.0.0
`,
  good: `info:
  title: Orders
  version: 1.0.0
  description: Orders of the shop.
  contact: { name: Shop team }
  license: { name: MIT, identifier: MIT }
`,
  visit: {
    info(node, report) {
      if (!node.has('license'))
        report({
          at: node,
          message: 'Name the `license` of this API, so that others know what they may do with it.',
        });
    },
  },
});
