import { spanWithin } from '../edit';
import { segmentsOf } from '../openapi';
import { textsOption } from '../option';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

/** Verbs that only say again what the method says. Words that are as often nouns (`list`, `post`, `set`, `search`) are not among them. */
const verbs: Readonly<Record<string, string>> = {
  get: 'GET',
  fetch: 'GET',
  retrieve: 'GET',
  create: 'POST',
  insert: 'POST',
  update: 'PATCH or PUT',
  modify: 'PATCH',
  delete: 'DELETE',
  remove: 'DELETE',
};

const exceptions = textsOption('exceptions', [], 'Segments that may stay as they are, as in `get-started`.');

function verbOf(segment: string): string | undefined {
  // `orders:cancel` and `/actions/…` are the two ways in which guides allow an action.
  if (segment.includes('{') || segment.includes(':')) return undefined;
  const [first = ''] = wordsOf(segment);
  return Object.hasOwn(verbs, first) && segment.toLowerCase() !== 'get-started' ? first : undefined;
}

export const pathNoVerbs = defineRule({
  id: 'path-no-verbs',
  summary: 'Paths name things; the method says what is done with them.',
  why: 'With `GET /orders` and `POST /orders` a caller knows one address and can guess the rest. With `/getOrders` and `/createOrder` each has to be looked up, and caches and retries don’t know what is safe.',
  severity: 'warning',
  source: {
    guideline: 'Lyst API Design Best Practices',
    ref: 'Bad API resource endpoints',
    url: 'https://github.com/lyst/MakingLyst/blob/master/api-best-practices/README.md#bad-api-resource-endpoints',
  },
  presets: ['recommended', 'strict', 'lyst', 'zalando', 'heroku', 'google'],
  options: [exceptions],
  bad: `paths:
  /create-order: # want
    post:
      operationId: createOrder
`,
  good: `paths:
  /orders:
    post:
      operationId: createOrder
      summary: Take an order
      responses:
        '201': { description: The order is taken }
        '400': { description: The order is wrong }
`,
  visit: {
    path(item, report, spec, options) {
      const path = item.key ?? '';
      const segments = segmentsOf(path);
      const allowed = options.get(exceptions);
      const found = segments.find(
        (segment, at) =>
          verbOf(segment.text) !== undefined &&
          segments[at - 1]?.text !== 'actions' &&
          !allowed.includes(segment.text),
      );
      if (found === undefined || item.keySpan === undefined) return;
      const verb = verbOf(found.text) ?? '';
      report({
        at: item,
        on: spanWithin(spec, item.keySpan, path, [found.start, found.end]),
        message: `A path names a thing, and the method says what is done: use ${verbs[verb]} on the resource in place of \`${verb}\`.`,
      });
    },
  },
});
