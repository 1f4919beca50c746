import { zalando } from '../guides';
import { defineRule } from '../rule';
import { remembered } from '../remembered';
import { isOfType } from '../schemas';
import { wordsOf } from '../words';

const money: ReadonlySet<string> = new Set(['price', 'cost', 'fee', 'salary']);
const isMoney = remembered((name: string): boolean => money.has(wordsOf(name).at(-1) ?? ''));
const isCurrency = remembered((name: string): boolean => wordsOf(name).includes('currency'));

export const moneyObject = defineRule({
  id: 'money-object',
  summary: 'Money is an object of an amount and its currency.',
  why: 'A price without its currency is right until the second country. The two belong together, are read by one piece of code, and can’t be mixed up with the currency of another field.',
  severity: 'info',
  source: zalando(173),
  presets: ['zalando'],
  bad: `components:
  schemas:
    Article:
      type: object
      properties:
        price: { type: number, format: decimal } # want
`,
  good: `components:
  schemas:
    Article:
      type: object
      properties:
        price:
          type: object
          properties:
            amount: { type: number, format: decimal }
            currency: { type: string, format: iso-4217 }
`,
  visit: {
    properties(node, report) {
      const found = node.children.filter(({ key }) => isMoney(key ?? ''));
      if (found.length === 0 || node.children.some(({ key }) => isCurrency(key ?? ''))) return;
      for (const property of found)
        if (isOfType(property, 'number') || property.stringAt('format') === 'decimal')
          report({
            at: property,
            message: 'Say in which currency this is: money is an object of `amount` and `currency`.',
          });
    },
  },
});
