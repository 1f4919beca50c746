import { isCollection, isMap, isPair, isScalar, isSeq } from 'yaml';
import type { Node } from 'yaml';

/** Comments that people wrote into a record outlive its being written again. */

/** Puts the comments of an old node where its values stand in the new one; those of what went stay at the end of what it was in. */
export function keepComments(old: unknown, fresh: unknown): void {
  if (!isNode(old) || !isNode(fresh)) return;
  copy(old, fresh);
  if (!isCollection(old) || !isCollection(fresh)) return;
  for (const item of old.items) {
    const twin = fresh.items.find((one) => isSame(one, item));
    if (twin !== undefined) keepItem(item, twin);
    else addAtEnd(fresh, commentsIn(item));
  }
}

const isNode = (value: unknown): value is Node => isCollection(value) || isScalar(value);

function copy(old: Node, fresh: Node): void {
  if (old.commentBefore) fresh.commentBefore = old.commentBefore;
  if (old.comment) fresh.comment = old.comment;
}

function keepItem(old: unknown, fresh: unknown): void {
  if (!isPair(old) || !isPair(fresh)) return keepComments(old, fresh);
  keepComments(old.key, fresh.key);
  keepComments(old.value, fresh.value);
}

const keyOf = (item: unknown): unknown => (isPair(item) ? valueOf(item.key) : valueOf(item));
const valueOf = (node: unknown): unknown => (isScalar(node) ? node.value : node);
const isSame = (one: unknown, other: unknown): boolean =>
  isPair(one) === isPair(other) && keyOf(one) === keyOf(other);

function commentsIn(item: unknown): readonly string[] {
  const nodes = isPair(item) ? [item.key, item.value] : [item];
  return nodes
    .filter(isNode)
    .flatMap((node) => [
      ...(node.commentBefore ? [node.commentBefore] : []),
      ...(node.comment ? [node.comment] : []),
      ...(isMap(node) || isSeq(node) ? node.items.flatMap((one: unknown) => commentsIn(one)) : []),
    ]);
}

function addAtEnd(node: Node, comments: readonly string[]): void {
  if (comments.length > 0) node.comment = [...(node.comment ? [node.comment] : []), ...comments].join('\n');
}
