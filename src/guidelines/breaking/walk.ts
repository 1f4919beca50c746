import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import type { Scope, SubjectKind, Subjects } from './check';

export interface Both {
  readonly before: TreeNode;
  readonly after: TreeNode;
}

/** Two schemas to be compared later, each pair once. */
export interface SchemaTask extends Both {
  readonly name: string;
  readonly scope: Scope;
}

/** What the comparison of one kind of thing needs of all the rest. */
export interface Walk {
  readonly before: Spec;
  readonly after: Spec;
  emit<K extends SubjectKind>(kind: K, subject: Subjects[K]): void;
  schema(task: SchemaTask): void;
  /** Compares the operations of a path item: under a path, of a webhook or in a callback. */
  item(pair: Both, scope: Scope): void;
  isUnchanged(before: TreeNode, after: TreeNode): boolean;
}

export const quoted = (name: string): string => `\`${name}\``;

/** The same scope, seen by the one who sends what the other gets. */
export function turned(scope: Scope): Scope {
  return { ...scope, direction: scope.direction === 'request' ? 'response' : 'request' };
}

/** Entries of two maps by key, in the order of the old and then of the new. */
export function* entriesOf(
  before: readonly TreeNode[],
  after: readonly TreeNode[],
  keyOf: (node: TreeNode) => string,
): Generator<{
  readonly key: string;
  readonly before: TreeNode | undefined;
  readonly after: TreeNode | undefined;
}> {
  const now = new Map(after.map((node) => [keyOf(node), node]));
  const then = new Set<string>();
  for (const node of before) {
    const key = keyOf(node);
    if (then.has(key)) continue;
    then.add(key);
    yield { key, before: node, after: now.get(key) };
  }
  for (const [key, node] of now) if (!then.has(key)) yield { key, before: undefined, after: node };
}
