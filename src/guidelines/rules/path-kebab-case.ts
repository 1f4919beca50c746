import { renameKey, spanWithin } from '../edit';
import { segmentsOf } from '../openapi';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

/** What is written out in a segment: everything but the `{parameters}`. */
const written = /\{[^{}]*\}|[^{}]+/g;

/** A segment in kebab-case: words in lower case with hyphens; dots, colons and other marks stay where they are. */
export function kebabSegment(segment: string): string {
  return segment.replaceAll(written, (part) =>
    part.startsWith('{') ? part : part.replaceAll(/[\p{L}\p{N}_-]+/gu, (piece) => kebab(piece)),
  );
}

function kebab(piece: string): string {
  const words = /[\p{Lu}_]/u.test(piece) ? wordsOf(piece) : [];
  if (words.length === 0) return piece;
  // What joins the piece to a parameter (`item_{itemId}`) stays, as a hyphen.
  const edge = (pattern: RegExp): string => (pattern.test(piece) ? '-' : '');
  return edge(/^[_-]/) + words.join('-') + edge(/[_-]$/);
}

export const pathKebabCase = defineRule({
  id: 'path-kebab-case',
  summary: 'Path segments are in kebab-case.',
  why: 'With one way of writing, nobody has to guess an address, and none differs from another by a capital letter alone: paths are case-sensitive, people are not.',
  severity: 'warning',
  source: {
    guideline: 'Zalando RESTful API Guidelines',
    ref: '129',
    url: 'https://opensource.zalando.com/restful-api-guidelines/#129',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'zalando', 'heroku'],
  bad: `paths:
  /orderItems: # want
    get:
      operationId: listOrderItems
`,
  good: `paths:
  /order-items:
    get:
      operationId: listOrderItems
      summary: List the items of all orders
      responses:
        '200': { description: The items }
        '400': { description: The query is wrong }
`,
  visit: {
    path(item, report, spec) {
      const path = item.key ?? '';
      const odd = segmentsOf(path).find((segment) => kebabSegment(segment.text) !== segment.text);
      if (odd === undefined || item.keySpan === undefined) return;
      const better = path.replaceAll(/[^/]+/g, (segment) => kebabSegment(segment));
      const isFree = !spec.root.get('paths')?.has(better);
      report({
        at: item,
        on: spanWithin(spec, item.keySpan, path, [odd.start, odd.end]),
        message: `Path segments are written in kebab-case: \`${kebabSegment(odd.text)}\`, not \`${odd.text}\`.`,
        fix: isFree
          ? {
              title: `Rename the path to ${better}`,
              safe: false,
              edits: () => renameKey(spec, item, better),
            }
          : undefined,
      });
    },
  },
});
