import { zalando } from '../guides';
import { choiceOption } from '../option';
import { remembered } from '../remembered';
import { defineRule } from '../rule';
import { isIn, toCasing } from '../words';

/** Names with brackets, dots or `$` follow a convention of their own. */
const isOrdinary = remembered((name: string): boolean => /^[A-Za-z][\w-]*$/.test(name));

const casing = choiceOption(
  'casing',
  { of: ['snake_case', 'camelCase', 'kebab-case'], default: 'snake_case' },
  'How query parameters are written.',
);

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
  options: [casing],
  visit: {
    parameter(node, report, _spec, options) {
      const name = node.get('name');
      if (name?.string === undefined || node.stringAt('in') !== 'query' || !isOrdinary(name.string)) return;
      const wanted = options.get(casing);
      if (isIn(wanted, name.string)) return;
      report({
        at: name,
        on: 'value',
        message: `Query parameters are written in ${wanted}: \`${toCasing(wanted, name.string)}\`.`,
      });
    },
  },
});
