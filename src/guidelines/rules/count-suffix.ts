import { aip } from '../guides';
import { propertiesNamed } from '../named';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

const wrong = /^(?:num|nb|no|number of|count of|cnt) [a-z]|[a-z] (?:num|cnt)$/;

export const countSuffix = defineRule({
  id: 'count-suffix',
  summary: 'How many there are is called `item_count`.',
  why: '`num_items`, `number_of_items` and `items_num` all mean the same. With `_count` at the end, the name begins with what is counted, and is found there.',
  severity: 'info',
  source: aip(141),
  presets: ['google'],
  bad: `components:
  schemas:
    Order:
      type: object
      properties:
        num_items: { type: integer } # want
`,
  good: `components:
  schemas:
    Order:
      type: object
      properties:
        item_count: { type: integer }
`,
  visit: {
    properties: propertiesNamed(
      (name) => wrong.test(wordsOf(name).join(' ')),
      (property, report) => {
        report({
          at: property,
          message: 'Name it by what is counted, with `_count` at the end: `item_count`.',
        });
      },
    ),
  },
});
