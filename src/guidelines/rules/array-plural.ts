import { zalando } from '../guides';
import { remembered } from '../remembered';
import { isPlural, pluralOf } from '../resources';
import { defineRule } from '../rule';
import { isOfType } from '../schemas';
import { wordsOf } from '../words';

/** Names that say in another way that there are many, or that the list is one thing: a point, a path. */
const collective =
  /^(?:list|array|set|group|batch|collection|history|log|queue|range|tree|matrix|vector|embedding|bbox|box|point|path|polygon|geometry|location|position|color|order|sort|by|in|of|with|include|exclude|expand|enum|required|default|value|input|output|include only|any|all|one|not|or|and|nor)$/;

const isOne = remembered((name: string): boolean => {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  // In `permissions_added` and `past_due` what there are many of stands before, or is left out.
  if (!/^[a-z][\w-]*$/i.test(name) || /(?:ed|able|due)$/.test(last) || collective.test(last)) return false;
  return (
    !isPlural(name) &&
    !words.some((word) => word === 'by' || word === 'to' || (word.length > 3 && /[^s]s$/.test(word)))
  );
});

export const arrayPlural = defineRule({
  id: 'array-plural',
  summary: 'A list has a plural name.',
  why: 'From `tags` a reader knows that there are many, from `tag` that there is one, without a look at the type. Code that loops over `tag` reads wrong for ever.',
  severity: 'info',
  source: zalando(120),
  presets: ['zalando', 'google'],
  bad: `components:
  schemas:
    Order:
      type: object
      properties:
        coupon: { type: array, items: { type: string } } # want
`,
  good: `components:
  schemas:
    Order:
      type: object
      properties:
        coupons: { type: array, items: { type: string } }
`,
  visit: {
    arraySchema(node, report) {
      const name = node.key ?? '';
      if (node.parent?.key !== 'properties' || !isOne(name) || !isOfType(node, 'array')) return;
      const last = wordsOf(name).at(-1) ?? '';
      report({
        at: node,
        message: `This holds many, so its name is plural: \`${pluralOf(last)}\`, not \`${last}\`.`,
      });
    },
  },
});
