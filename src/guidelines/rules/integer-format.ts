import { zalando } from '../guides';
import { defineRule } from '../rule';

const known: ReadonlySet<string> = new Set(['int32', 'int64', 'bigint']);

export const integerFormat = defineRule({
  id: 'integer-format',
  summary: 'Each whole number says how wide it is: `int32` or `int64`.',
  why: 'Generators must choose a type. Without a format one takes 32 bits and overflows at two thousand million, the other 64 and meets JavaScript, which holds 53.',
  severity: 'info',
  source: zalando(171),
  presets: ['zalando', 'owasp'],
  bad: `components:
  schemas:
    Quantity:
      type: integer # want
`,
  good: `components:
  schemas:
    Quantity:
      type: integer
      format: int32
`,
  visit: {
    integerSchema(node, report) {
      if (known.has(node.stringAt('format') ?? '') || node.has('enum') || node.has('const')) return;
      report({
        at: node.get('type') ?? node,
        message:
          'Say how wide this number is, with `format: int32` or `int64`: generators must choose a type.',
      });
    },
  },
});
