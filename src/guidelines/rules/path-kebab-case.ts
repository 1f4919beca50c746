import { renameKey, spanWithin } from '../edit';
import { counted, fact } from '../fact';
import { segmentsOf } from '../openapi';
import { choiceOption } from '../option';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import type { Casing } from '../words';
import { isIn, toCasing, wordsOf } from '../words';

/** What is written out in a segment: everything but the `{parameters}`. */
const written = /\{[^{}]*\}|[^{}]+/g;

/** A segment in kebab-case: words in lower case with hyphens; dots, colons and other marks stay where they are. */
export function kebabSegment(segment: string): string {
  // One in front is a mark of its own, as in `/_search`.
  const [mark = ''] = /^_+(?=[^{])/.exec(segment) ?? [];
  const rest = segment.slice(mark.length);
  return (
    mark +
    rest.replaceAll(written, (part) =>
      part.startsWith('{') ? part : part.replaceAll(/[\p{L}\p{N}_-]+/gu, (piece) => kebab(piece)),
    )
  );
}

function kebab(piece: string): string {
  const words = /[\p{Lu}_]/u.test(piece) ? wordsOf(piece) : [];
  if (words.length === 0) return piece;
  // What joins the piece to a parameter (`item_{itemId}`) stays, as a hyphen.
  const edge = (pattern: RegExp): string => (pattern.test(piece) ? '-' : '');
  return edge(/^[_-]/) + words.join('-') + edge(/[_-]$/);
}

const casing = choiceOption(
  'casing',
  { of: ['kebab-case', 'usual'], default: 'kebab-case' },
  'How segments are written; `usual` is kebab-case, or another casing where most segments are in it already.',
);

/** What can be judged by itself: several words, and nothing but words. */
const ordinary = /^[A-Za-z][A-Za-z0-9_-]*$/;
const telling = (text: string): boolean => ordinary.test(text) && wordsOf(text).length > 1;
const enough = 5;

const segments = counted((view) =>
  view
    .nodes('path')
    .flatMap((item) => segmentsOf(item.key ?? '').map(({ text }) => text))
    .filter(telling),
);

/** The casing that an API has long spoken, where it is not kebab-case. */
const spoken = fact((spec: Spec): Casing | undefined => {
  const all = [...segments(spec).keys()];
  return (['snake_case', 'camelCase', 'PascalCase'] as const).find((one) => {
    const count = all.filter((text) => isIn(one, text)).length;
    return count >= enough && count * 3 > all.length * 2;
  });
});

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
  options: [casing],
  inRecommended: { casing: 'usual' },
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
    path(item, report, spec, options) {
      const path = item.key ?? '';
      const other = options.get(casing) === 'usual' ? spoken(spec) : undefined;
      const mended = (text: string): string => {
        if (other === undefined) return kebabSegment(text);
        return telling(text) && !isIn(other, text) ? toCasing(other, text) : text;
      };
      const odd = segmentsOf(path).find(({ text }) => mended(text) !== text);
      if (odd === undefined || item.keySpan === undefined) return;
      const better = path.replaceAll(/[^/]+/g, mended);
      const isFree = !spec.root.get('paths')?.has(better);
      report({
        at: item,
        on: spanWithin(spec, item.keySpan, path, [odd.start, odd.end]),
        message: `Path segments are written in ${other === undefined ? 'kebab-case' : `${other} here`}: \`${mended(odd.text)}\`, not \`${odd.text}\`.`,
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
