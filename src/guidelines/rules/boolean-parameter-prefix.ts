import { defineRule } from '../rule';

const prefixed = /^(?:is|has)[A-Z_-]/;

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
    parameter(node, report, spec) {
      const at = node.get('name');
      const name = at?.string;
      if (at === undefined || name === undefined || prefixed.test(name)) return;
      const schema = spec.version === '2.0' ? node : spec.deref(node.get('schema'));
      if (schema?.stringAt('type') === 'boolean')
        report({
          at,
          on: 'value',
          message: `This is a yes or a no: call it \`is…\` or \`has…\`, so that its name says so.`,
        });
    },
  },
});
