import { spanWithin } from '../edit';
import { lyst } from '../guides';
import { textsOption } from '../option';
import { isPlural, namesOf, pluralOf } from '../resources';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

/** Where items are known by more than their collection: `/users/me`, `/v1/…`, and what guides put before actions. */
const noCollections: ReadonlySet<string> = new Set([
  'me',
  'self',
  'by',
  'in',
  'at',
  'of',
  'for',
  'actions',
  'api',
]);

const also = textsOption('also', [], 'Segments that stand for many though they look singular.');

export const pathPlural = defineRule({
  id: 'path-plural',
  summary: 'Collections are called by a plural noun.',
  why: 'With `/users` for all and `/users/{user_id}` for one, the second address follows from the first. Where some collections are singular, each has to be looked up.',
  severity: 'warning',
  source: lyst('Resources'),
  presets: ['strict', 'lyst', 'heroku', 'zalando', 'google'],
  bad: `paths:
  /user/{userId}/orders: # want
    get: { operationId: listOrders }
`,
  good: `paths:
  /users/{userId}/orders:
    parameters:
      - { name: userId, in: path, required: true, schema: { type: string, format: uuid } }
    get:
      operationId: listOrders
      summary: List the orders of a user
      responses:
        '204': { description: There are none }
        '404': { description: There is no such user }
`,
  options: [also],
  visit: {
    path(item, report, spec, options) {
      const path = item.key ?? '';
      const found = namesOf(path).find(
        ({ text, hasItem }) =>
          hasItem &&
          !isPlural(text) &&
          !noCollections.has(text) &&
          !options.get(also).includes(text) &&
          /^[a-z_-]{3,}$/i.test(text),
      );
      if (found === undefined || item.keySpan === undefined) return;
      const last = wordsOf(found.text).at(-1) ?? '';
      report({
        at: item,
        on: spanWithin(spec, item.keySpan, path, [found.start, found.end]),
        message: `A collection has a plural name, so that one address tells the other: \`${pluralOf(last)}\` holds each \`${last}\`.`,
      });
    },
  },
});
