import { zalando } from '../guides';
import { defineRule } from '../rule';

const known: ReadonlySet<string> = new Set(['float', 'double', 'decimal', 'int32', 'int64']);

export const numberFormat = defineRule({
  id: 'number-format',
  summary: 'Each number says how exact it is: `float`, `double` or `decimal`.',
  why: 'Generators must choose a type. If one takes a 32-bit float for a price, cents are lost without an error.',
  severity: 'info',
  source: zalando(171),
  presets: ['zalando'],
  bad: `components:
  schemas:
    Weight:
      type: number # want
`,
  good: `components:
  schemas:
    Weight:
      type: number
      format: double
`,
  visit: {
    numberSchema(node, report) {
      if (known.has(node.stringAt('format') ?? '') || node.has('enum') || node.has('const')) return;
      report({
        at: node.get('type') ?? node,
        message:
          'Say how exact this is, with `format: double`, `float` or `decimal`: generators must choose a type.',
      });
    },
  },
});
