import { fact } from '../fact';
import { heroku } from '../guides';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import { wordsOf } from '../words';

/** The things that the API has schemas for, in words. */
const things = fact((spec: Spec): ReadonlySet<string> => {
  const schemas =
    spec.version === '2.0' ? spec.root.get('definitions') : spec.root.get('components')?.get('schemas');
  return new Set((schemas?.actual.keys ?? []).map((key) => wordsOf(key).join(' ')));
});

export const nestRelations = defineRule({
  id: 'nest-relations',
  summary: 'A relation is an object, `owner: {id}`, not a name with `_id`.',
  why: 'Into the object more can be put later, a name or a link, and nothing breaks. Beside `owner_id` it becomes `owner_name`, `owner_email`, and then an `owner` that says all again.',
  severity: 'hint',
  source: heroku('responses', 'Nest foreign key relations'),
  presets: ['heroku'],
  bad: `components:
  schemas:
    Customer: { type: object }
    Order:
      type: object
      properties:
        id: { type: string, format: uuid }
        customer_id: { type: string, format: uuid } # want
`,
  good: `components:
  schemas:
    Order:
      type: object
      properties:
        id: { type: string, format: uuid }
        customer: { type: object, properties: { id: { type: string, format: uuid } } }
`,
  wholeDocument: true,
  visit: {
    properties(node, report, spec) {
      // Only beside an id of its own it is a foreign one.
      if (node.children.length < 2 || !node.has('id')) return;
      const known = things(spec);
      for (const child of node.children) {
        const stem = /^([a-z]\w*[a-z])(?:_id|Id|ID)$/.exec(child.key ?? '')?.[1];
        if (
          stem === undefined ||
          !(known.has(wordsOf(stem).join(' ')) || known.has(wordsOf(stem).at(-1) ?? ''))
        )
          continue;
        report({
          at: child,
          message: `Nest this as \`${stem}: { id }\`, so that more of it can be told there later without a break.`,
        });
      }
    },
  },
});
