import { defineRule } from '../rule';

export const serverVariableEnum = defineRule({
  id: 'server-variable-enum',
  summary: 'The values of a server variable are not none, and its default is one of them.',
  why: 'A client offers the values to choose from and starts with the default. A default that is no choice is an address nobody may call.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Server Variable Object',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#server-variable-object',
  },
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `servers:
  - url: https://{region}.example.com
    variables:
      region:
        default: en # want
        enum: [eu, us]
`,
  good: `servers:
  - url: https://{region}.example.com
    variables:
      region:
        default: eu
        enum: [eu, us]
`,
  visit: {
    serverVariable(node, report) {
      const values = node.get('enum');
      if (values?.actual.kind !== 'list') return;
      const all = values.actual.children.map((one) => one.actual.value);
      const fallback = node.get('default');
      if (all.length === 0)
        report({ at: values, message: 'No value can be chosen: name some, or leave `enum` out.' });
      else if (fallback?.kind === 'scalar' && !all.includes(fallback.value))
        report({
          at: fallback,
          on: 'value',
          message: `\`${String(fallback.value)}\` is none of the values under \`enum\`.`,
        });
    },
  },
});
