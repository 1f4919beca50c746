import { operationsOf } from '../openapi';
import type { Steps } from '../steps';
import type { TreeNode } from '../tree';
import type { Scope } from './check';
import { compareOperation } from './operations';
import type { Both, Walk } from './walk';
import { entriesOf, turned } from './walk';

const byKey = (node: TreeNode): string => node.key ?? '';
/** Callers don't see what a parameter in the path is called. */
const byTemplate = (node: TreeNode): string => (node.key ?? '').replaceAll(/\{[^{}]*\}/g, '{}');
const isExtension = (node: TreeNode): boolean => node.key?.startsWith('x-') === true;

const scopeOf = ({ before, after }: Walk, label: string, entry?: Entry): Scope => ({
  direction: 'request',
  label,
  before,
  after,
  templates: { before: entry?.before?.key ?? label, after: entry?.after?.key ?? label },
});

/** What stands at the roots and holds for all operations. */
export function compareRoots(walk: Walk): void {
  const [before, after] = [walk.before.root, walk.after.root];
  const scope = scopeOf(walk, '');
  walk.emit('document', { name: '', before, after, at: after, scope });
  const schemes = (root: TreeNode): readonly TreeNode[] =>
    root
      .childrenOf('securityDefinitions')
      .concat(root.get('components')?.childrenOf('securitySchemes') ?? []);
  for (const pair of entriesOf(schemes(before), schemes(after), byKey))
    if (pair.before !== undefined && pair.after !== undefined)
      walk.emit('securityScheme', {
        name: pair.key,
        before: walk.before.deref(pair.before),
        after: walk.after.deref(pair.after),
        at: pair.after,
        scope,
      });
}

/** All paths and webhooks, with what stands in them. */
export function* comparePaths(walk: Walk): Steps<void> {
  const { before, after } = walk;
  const under = (name: string): readonly [readonly TreeNode[], readonly TreeNode[], TreeNode] => [
    before.root.childrenOf(name).filter((node) => !isExtension(node)),
    after.root.childrenOf(name).filter((node) => !isExtension(node)),
    after.root.get(name) ?? after.root,
  ];
  const [oldPaths, paths, pathsNode] = under('paths');
  for (const pair of pathPairs(oldPaths, paths)) {
    comparePath(walk, pair, pathsNode);
    yield;
  }
  const [oldHooks, hooks, hooksNode] = under('webhooks');
  for (const pair of entriesOf(oldHooks, hooks, byKey)) {
    compareHook(walk, pair, hooksNode);
    yield;
  }
}

interface Entry {
  readonly before: TreeNode | undefined;
  readonly after: TreeNode | undefined;
}

/** Paths of the same name, and of the others those that differ in the names of their parameters alone. */
function pathPairs(before: readonly TreeNode[], after: readonly TreeNode[]): readonly Entry[] {
  const exact = [...entriesOf(before, after, byKey)];
  const stay = exact.filter((pair) => pair.before !== undefined && pair.after !== undefined);
  const rest = entriesOf(
    exact.flatMap((pair) => (pair.after === undefined ? (pair.before ?? []) : [])),
    exact.flatMap((pair) => (pair.before === undefined ? (pair.after ?? []) : [])),
    byTemplate,
  );
  return [...stay, ...rest];
}

function comparePath(walk: Walk, { before, after }: Entry, holder: TreeNode): void {
  const name = (before ?? after)?.key ?? '';
  const scope = scopeOf(walk, name, { before, after });
  walk.emit('path', { name, before, after, at: after ?? holder, scope });
  if (before !== undefined && after !== undefined) walk.item({ before, after }, scope);
}

/** What a webhook sends is what an operation answers: its subscriber is the one who must be able to read it. */
function compareHook(walk: Walk, { before, after }: Entry, holder: TreeNode): void {
  const name = (before ?? after)?.key ?? '';
  const scope = turned(scopeOf(walk, name, { before, after }));
  walk.emit('webhook', { name, before, after, at: after ?? holder, scope });
  if (before !== undefined && after !== undefined) walk.item({ before, after }, scope);
}

/** The operations of a path item, by method. */
export function compareItem(walk: Walk, pair: Both, scope: Scope): void {
  if (walk.isUnchanged(pair.before, pair.after)) return;
  const before = walk.before.deref(pair.before);
  const after = walk.after.deref(pair.after);
  if (before === undefined || after === undefined) return;
  for (const one of entriesOf(allOperations(before), allOperations(after), byKey)) {
    const named = { ...scope, label: `${one.key.toUpperCase()} ${scope.label}` };
    walk.emit('operation', { ...one, name: named.label, at: one.after ?? after, scope: named });
    if (one.before !== undefined && one.after !== undefined)
      compareOperation(walk, { before: one.before, after: one.after }, named);
  }
}

function allOperations(item: TreeNode): readonly TreeNode[] {
  return [...operationsOf(item), ...item.childrenOf('additionalOperations')];
}
