import { textsOption } from '../option';
import { defineRule } from '../rule';

const prefixes = textsOption(
  'prefixes',
  ['is', 'has'],
  'What such a name may begin with, before a capital, `_` or `-`.',
);

export const booleanParameterPrefix = defineRule({
  id: 'boolean-parameter-prefix',
  summary: 'The name of a parameter that is true or false begins with `is` or `has`.',
  why: 'A name such as `isPaid` says that it is a yes or a no. `paid` could as well be a sum or a day.',
  severity: 'hint',
  source: {
    guideline: 'Redocly',
    ref: 'boolean-parameter-prefixes',
    url: 'https://redocly.com/docs/cli/rules/oas/boolean-parameter-prefixes',
  },
  options: [prefixes],
  presets: ['strict'],
  bad: `components:
  parameters:
    paid:
      name: paid # want
      in: query
      schema: { type: boolean }
`,
  good: `components:
  parameters:
    isPaid:
      name: isPaid
      in: query
      schema: { type: boolean }
`,
  visit: {
    parameter(node, report, spec, options) {
      const known = options.get(prefixes);
      const isPrefixed = (text: string): boolean =>
        known.some((one) => text.startsWith(one) && /[A-Z_-]/.test(text.charAt(one.length)));
      const at = node.get('name');
      const name = at?.string;
      if (at === undefined || name === undefined || isPrefixed(name)) return;
      const schema = spec.version === '2.0' ? node : spec.deref(node.get('schema'));
      if (schema?.stringAt('type') === 'boolean')
        report({
          at,
          on: 'value',
          message: `This is a yes or a no: call it ${known.map((one) => `\`${one}…\``).join(' or ')}, so that its name says so.`,
        });
    },
  },
});
