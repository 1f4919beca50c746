import type { TreeNode } from '../../tree';
import type { Pair, Tell } from '../check';
import { defineBreaking } from '../check';

/** `consumes` and `produces` of Swagger 2.0. */
function compareLists({ before, after }: Pair, tell: Tell): void {
  if (before === undefined || after === undefined) return;
  for (const field of ['consumes', 'produces']) {
    const list = after.get(field);
    // Without a list of its own, that of the document holds.
    if (list === undefined) continue;
    const now = new Set(list.actual.children.map(nameOf));
    for (const old of before.childrenOf(field)) {
      if (now.has(nameOf(old))) continue;
      const whom =
        field === 'consumes' ? 'callers that send it are refused' : 'callers that ask for it get no answer';
      tell({ at: list, message: `The media type \`${old.string ?? ''}\` is gone: ${whom}.`, old });
    }
  }
}

const nameOf = ({ string = '' }: TreeNode): string => string.toLowerCase().replaceAll(' ', '');

export const breakingMediaTypeRemoved = defineBreaking({
  id: 'breaking-media-type-removed',
  summary: 'Media types that callers may send or ask for stay.',
  why: 'Who sends a media type that is no longer taken is answered 415, and who asks for one that is no longer given 406, or gets something it can’t read.',
  before: `paths:
  /orders:
    get:
      responses:
        '200':
          description: The orders
          content:
            application/json: { schema: { type: object } }
            text/csv: { schema: { type: string } }
`,
  bad: `paths:
  /orders:
    get:
      responses:
        '200':
          description: The orders
          content: # want
            application/json: { schema: { type: object } }
`,
  good: `paths:
  /orders:
    get:
      responses:
        '200':
          description: The orders
          content:
            text/csv: { schema: { type: string } }
            application/json: { schema: { type: object } }
`,
  compare: {
    document: compareLists,
    operation: compareLists,
    mediaType({ name, before, after, at, scope }, tell) {
      if (before === undefined || after !== undefined) return;
      const whom =
        scope.direction === 'request'
          ? 'callers that send it are refused'
          : 'callers that ask for it get something else, or nothing';
      tell({
        at,
        message: `The media type \`${name}\` is gone from \`${scope.label}\`: ${whom}.`,
        old: before,
      });
    },
  },
});
