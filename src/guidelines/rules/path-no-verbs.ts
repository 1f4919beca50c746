import { spanWithin } from '../edit';
import { fact, listed } from '../fact';
import type { Segment } from '../openapi';
import { segmentsOf } from '../openapi';
import { flagOption, textsOption } from '../option';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
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

/** From here on an API of calls is told so once. */
const many = 20;

const exceptions = textsOption('exceptions', [], 'Segments that may stay as they are, as in `get-started`.');

const each = flagOption(
  'each',
  true,
  'Whether each path with a verb is told where most paths of an API have one; else the first stands for all.',
);

function verbOf(segment: string): string | undefined {
  // `orders:cancel` and `/actions/…` are the two ways in which guides allow an action.
  if (segment.includes('{') || segment.includes(':')) return undefined;
  const [first = ''] = wordsOf(segment);
  return Object.hasOwn(verbs, first) && segment.toLowerCase() !== 'get-started' ? first : undefined;
}

const isAction = (segments: readonly Segment[], at: number): boolean =>
  verbOf(segments[at]?.text ?? '') !== undefined && segments[at - 1]?.text !== 'actions';

const paths = listed((view) => view.nodes('path'));
/** The paths with a verb, where they are so many that the API means it. */
const calls = fact((spec: Spec): readonly TreeNode[] => {
  const all = paths(spec);
  const found = all.filter((item) => {
    const segments = segmentsOf(item.key ?? '');
    return segments.some((_, at) => isAction(segments, at));
  });
  return found.length > many && found.length * 2 > all.length ? found : [];
});

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
  options: [exceptions, each],
  inRecommended: { each: false },
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
      const found = segments.find(({ text }, at) => isAction(segments, at) && !allowed.includes(text));
      if (found === undefined || item.keySpan === undefined) return;
      const [first, ...others] = options.get(each) ? [] : calls(spec);
      if (first !== undefined && first !== item) return;
      const rest = first === undefined ? '' : ` So do ${others.length} other paths of this API.`;
      const verb = verbOf(found.text) ?? '';
      report({
        at: item,
        on: spanWithin(spec, item.keySpan, path, [found.start, found.end]),
        message: `A path names a thing, and the method says what is done: use ${verbs[verb]} on the resource in place of \`${verb}\`.${rest}`,
      });
    },
  },
});
