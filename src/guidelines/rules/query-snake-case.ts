import { zalando } from '../guides';
import { parametersNamed } from '../named';
import { defineRule } from '../rule';
import { toCasing } from '../words';

/** Names with brackets, dots or `$` follow a convention of their own. */
const isOther = (name: string): boolean => /^[A-Za-z][\w-]*$/.test(name) && /[A-Z-]/.test(name);

export const querySnakeCase = defineRule({
  id: 'query-snake-case',
  summary: 'Query parameters are written in snake_case.',
  why: 'People type them by hand, into a browser and into scripts. With one way of writing they can be guessed, and they look like the properties that they filter by.',
  severity: 'warning',
  source: zalando(130),
  presets: ['zalando', 'google'],
  bad: `components:
  parameters:
    Customer:
      name: customerNumber # want
      in: query
      schema: { type: string }
`,
  good: `components:
  parameters:
    Customer:
      name: customer_number
      in: query
      schema: { type: string }
`,
  visit: {
    parameter: parametersNamed(['query'], isOther, (parameter, report) => {
      const name = parameter.get('name');
      if (name?.string === undefined) return;
      report({
        at: name,
        on: 'value',
        message: `Query parameters are written in snake_case: \`${toCasing('snake_case', name.string)}\`.`,
      });
    }),
  },
});
