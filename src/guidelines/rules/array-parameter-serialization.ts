import { textsOption } from '../option';
import { typesOf } from '../schemas';
import { defineRule } from '../rule';

const places = textsOption(
  'in',
  [],
  'Only parameters `in` these places are looked at: `query`, `path`, `header`, `cookie`. All when empty.',
);

export const arrayParameterSerialization = defineRule({
  id: 'array-parameter-serialization',
  summary: 'A parameter that takes a list says how the list is written: with `style` and `explode`.',
  why: 'A list can be sent as `a=1&a=2`, `a=1,2` and in other ways. The defaults differ between query, path and header, and few know them.',
  severity: 'hint',
  source: {
    guideline: 'Redocly',
    ref: 'array-parameter-serialization',
    url: 'https://redocly.com/docs/cli/rules/oas/array-parameter-serialization',
  },
  options: [places],
  presets: ['strict'],
  bad: `components:
  parameters:
    status:
      name: status # want
      in: query
      schema: { type: array, items: { type: string } }
`,
  good: `components:
  parameters:
    status:
      name: status
      in: query
      style: form
      explode: true
      schema: { type: array, items: { type: string } }
`,
  visit: {
    parameter(node, report, spec, options) {
      const only = options.get(places);
      if (only.length > 0 && !only.includes(node.stringAt('in') ?? '')) return;
      if (spec.version === '2.0' || (node.has('style') && node.has('explode'))) return;
      const schema = spec.deref(node.get('schema'));
      if (schema === undefined) return;
      if (typesOf(schema).has('array') || schema.has('items') || schema.has('prefixItems'))
        report({
          at: node.get('name') ?? node,
          on: 'value',
          message: 'This takes a list: say with `style` and `explode` how it is written in the address.',
        });
    },
  },
});
