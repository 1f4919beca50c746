import { owasp } from '../guides';
import { defineRule } from '../rule';

const lower = ['minimum', 'exclusiveMinimum'];
const upper = ['maximum', 'exclusiveMaximum'];
const whole = ['enum', 'const'];

export const integerLimit = defineRule({
  id: 'integer-limit',
  summary: 'Each whole number has a least and a greatest value.',
  why: 'A page size of a billion or a quantity of −5 is a valid integer. With bounds it is refused at the door, not found in the data.',
  severity: 'info',
  source: owasp(4),
  presets: ['owasp'],
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
      minimum: 1
      maximum: 1000
`,
  visit: {
    integerSchema(node, report) {
      const has = (keys: readonly string[]): boolean => keys.some((key) => node.has(key));
      if ((has(lower) && has(upper)) || has(whole)) return;
      report({
        at: node.get('type') ?? node,
        message:
          'Say in `minimum` and `maximum` what can stand here, so that nonsense is refused at the door.',
      });
    },
  },
});
