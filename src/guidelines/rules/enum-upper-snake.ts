import { zalando } from '../guides';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

const upper = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;
/** Codes and names from elsewhere keep their writing: `en-GB`, `application/json`, `us-east-1`, `1.0`. */
const ordinary = /^[A-Za-z]+(?:[_ -]?[A-Za-z]+)*$/;

export const enumUpperSnake = defineRule({
  id: 'enum-upper-snake',
  summary: 'Values of an enum are written in UPPER_SNAKE_CASE.',
  why: 'Values in this form can’t be taken for text that may be shown or changed, and they are what constants are called in most languages.',
  severity: 'info',
  source: zalando(125),
  presets: ['zalando', 'google'],
  bad: `components:
  schemas:
    State:
      type: string
      enum: [OPEN, inDelivery] # want
`,
  good: `components:
  schemas:
    State:
      type: string
      enum: [OPEN, IN_DELIVERY]
`,
  visit: {
    stringSchema(node, report) {
      const values = node.get('enum')?.actual;
      if (values === undefined || /^(?:sort|order)/i.test(node.key ?? '')) return;
      // Names of fields to sort by are written as the fields are.
      if (values.children.some(({ string }) => string === 'asc' || string?.endsWith('_at') === true)) return;
      const wrong = values.children.find(
        ({ string }) =>
          string !== undefined && string.length > 2 && ordinary.test(string) && !upper.test(string),
      );
      if (wrong?.string === undefined) return;
      report({
        at: wrong,
        on: 'value',
        message: `Values are written \`${wordsOf(wrong.string).join('_').toUpperCase()}\`, so that nobody takes them for text that may be shown or changed.`,
      });
    },
  },
});
