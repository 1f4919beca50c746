import { counted, fact } from '../fact';
import { choiceOption } from '../option';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import type { Casing } from '../words';
import { casings, isIn, toCasing, wordsOf } from '../words';

/** Names that follow other conventions by their first letter (`_links`, `@type`, `x-note`) or their form (`foo.bar`) are left alone. */
const ordinary = /^(?!x-)[A-Za-z][A-Za-z0-9_-]*$/i;
const enough = 5;

const propertyNames = counted((view) =>
  view.nodes('properties').flatMap((one) => one.children.map((child) => child.key ?? '')),
);

/** The casing of the API: snake_case, unless it has long spoken another. */
const casingOf = fact((spec: Spec): Casing => {
  const names = [...propertyNames(spec).keys()];
  const telling = names.filter((name) => ordinary.test(name) && wordsOf(name).length > 1);
  const isSpoken = (one: Casing): boolean => {
    const count = telling.filter((name) => isIn(one, name)).length;
    return count >= enough && count * 3 > telling.length * 2;
  };
  return (['camelCase', 'PascalCase'] as const).find(isSpoken) ?? 'snake_case';
});

const casing = choiceOption(
  'casing',
  { of: ['usual', ...casings], default: 'usual' },
  'How properties are written; `usual` is snake_case, or camelCase or PascalCase where most are in it already.',
);

export const propertyCasing = defineRule({
  id: 'property-casing',
  summary: 'Properties are written in one way: snake_case, or what an API has long spoken.',
  why: 'Whoever writes a client by hand types these names. With one way of writing they can be guessed; with two, every one is looked up.',
  severity: 'warning',
  source: {
    guideline: 'Zalando RESTful API Guidelines',
    ref: '118',
    url: 'https://opensource.zalando.com/restful-api-guidelines/#118',
  },
  presets: ['recommended', 'strict', 'zalando', 'heroku', 'google'],
  bad: `components:
  schemas:
    Order:
      type: object
      properties:
        order_id: { type: string }
        createdAt: { type: string } # want
`,
  good: `components:
  schemas:
    Order:
      type: object
      properties:
        order_id: { type: string }
        created_at: { type: string }
`,
  wholeDocument: true,
  options: [casing],
  visit: {
    properties(node, report, spec, options) {
      const said = options.get(casing);
      const wanted = said === 'usual' ? casingOf(spec) : said;
      for (const child of node.children) {
        const name = child.key ?? '';
        if (!ordinary.test(name) || isIn(wanted, name)) continue;
        report({
          at: child,
          message: `Properties are written in ${wanted} here: \`${toCasing(wanted, name)}\`, not \`${name}\`.`,
        });
      }
    },
  },
});
