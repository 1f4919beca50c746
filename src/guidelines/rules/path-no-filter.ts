import { spanWithin } from '../edit';
import { lyst } from '../guides';
import { namesOf } from '../resources';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

/** `by-email`, `findByStatus`: a choice among the items, told by a segment. */
function isFilter(segment: string): boolean {
  const words = wordsOf(segment);
  const at = words.indexOf('by');
  return at >= 0 && at === words.length - 2 && at <= 1;
}

export const pathNoFilter = defineRule({
  id: 'path-no-filter',
  summary: 'A choice among the items of a collection is made in the query.',
  why: 'Query parameters can be left out and put together: `/users?country=gb&age=25`. A path for each way of choosing needs a new endpoint for each, and for each pair.',
  severity: 'info',
  source: lyst('Filtering'),
  presets: ['lyst'],
  bad: `paths:
  /pets/find-by-status: # want
    get: { operationId: findPets }
`,
  good: `paths:
  /pets:
    get:
      operationId: listPets
      summary: List pets
      parameters:
        - { name: status, in: query, schema: { type: string } }
      responses:
        '204': { description: There are none }
        '400': { description: There is no such status }
`,
  visit: {
    path(item, report, spec) {
      const path = item.key ?? '';
      const found = item.has('get') ? namesOf(path).find(({ text }) => isFilter(text)) : undefined;
      if (found === undefined || item.keySpan === undefined) return;
      const by = wordsOf(found.text).at(-1) ?? '';
      report({
        at: item,
        on: spanWithin(spec, item.keySpan, path, [found.start, found.end]),
        message: `Choose among the items in the query, on the collection itself: \`?${by}=…\`. Filters in the query can be put together.`,
      });
    },
  },
});
