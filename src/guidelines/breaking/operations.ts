import { responsesOf, templateNames } from '../openapi';
import type { TreeNode } from '../tree';
import type { Scope } from './check';
import type { Both, Walk } from './walk';
import { entriesOf, quoted, turned } from './walk';

/** What an operation takes and gives. */
export function compareOperation(walk: Walk, pair: Both, scope: Scope): void {
  compareParameters(walk, pair, scope);
  compareBody(walk, pair, scope);
  compareResponses(walk, pair, turned(scope));
  for (const { before, after } of entriesOf(
    pair.before.childrenOf('callbacks'),
    pair.after.childrenOf('callbacks'),
    (node) => node.key ?? '',
  ))
    if (before !== undefined && after !== undefined) compareCallback(walk, { before, after }, turned(scope));
}

function compareCallback(walk: Walk, pair: Both, scope: Scope): void {
  const before = walk.before.deref(pair.before)?.children ?? [];
  const after = walk.after.deref(pair.after)?.children ?? [];
  for (const one of entriesOf(before, after, (node) => node.key ?? ''))
    if (one.before !== undefined && one.after !== undefined)
      walk.item({ before: one.before, after: one.after }, { ...scope, label: one.key });
}

/** A parameter as it is written, and behind its `$ref`. */
interface Parameter {
  readonly written: TreeNode;
  readonly node: TreeNode;
}

/** By place and name; what an operation says goes before what its path item says. */
function parametersOf(walk: Walk, side: 'before' | 'after', operation: TreeNode): Map<string, Parameter> {
  const found = new Map<string, Parameter>();
  const names = templateNames(pathOf(operation));
  const shared = operation.parent?.childrenOf('parameters') ?? [];
  for (const written of [...operation.childrenOf('parameters'), ...shared]) {
    const node = walk[side].deref(written);
    const place = node?.stringAt('in') ?? '';
    const name = node?.stringAt('name') ?? '';
    if (node === undefined || place === 'body' || name === '') continue;
    // In the path it is the position that counts, and in headers not the case.
    const known =
      place === 'path' ? String(names.indexOf(name)) : place === 'header' ? name.toLowerCase() : name;
    const key = `${place} ${known}`;
    if (!found.has(key)) found.set(key, { written, node });
  }
  return found;
}

function pathOf(operation: TreeNode): string {
  const { parent } = operation;
  return (parent?.key === 'additionalOperations' ? parent.parent : parent)?.key ?? '';
}

function compareParameters(walk: Walk, pair: Both, scope: Scope): void {
  const before = parametersOf(walk, 'before', pair.before);
  const after = parametersOf(walk, 'after', pair.after);
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(key), after.get(key)];
    const name = (now ?? old)?.node.stringAt('name') ?? '';
    const at = now?.written ?? pair.after.get('parameters') ?? pair.after;
    walk.emit('parameter', { name, before: old?.node, after: now?.node, at, scope });
    if (old !== undefined && now !== undefined)
      compareValue(walk, { before: old.node, after: now.node }, { name: quoted(name), scope });
  }
}

/** What a parameter or header holds. In Swagger 2.0 it is itself the schema. */
function compareValue(
  walk: Walk,
  { before, after }: Both,
  { name, scope }: { readonly name: string; readonly scope: Scope },
): void {
  const [old, now] = [before.get('schema'), after.get('schema')];
  if (old !== undefined && now !== undefined) walk.schema({ name, before: old, after: now, scope });
  else if (before.has('type') && after.has('type')) walk.schema({ name, before, after, scope });
  else compareContent(walk, { before, after }, { name, scope });
}

/** The body's own parameter of Swagger 2.0. */
function bodyOf(walk: Walk, side: 'before' | 'after', operation: TreeNode): TreeNode | undefined {
  const direct = operation.get('requestBody');
  if (direct !== undefined) return direct;
  const shared = operation.parent?.childrenOf('parameters') ?? [];
  return [...operation.childrenOf('parameters'), ...shared].find(
    (one) => walk[side].deref(one)?.stringAt('in') === 'body',
  );
}

function compareBody(walk: Walk, pair: Both, scope: Scope): void {
  const [old, now] = [bodyOf(walk, 'before', pair.before), bodyOf(walk, 'after', pair.after)];
  if (old === undefined && now === undefined) return;
  const [before, after] = [walk.before.deref(old), walk.after.deref(now)];
  // One that can't be followed may be what it was.
  if ((old !== undefined && before === undefined) || (now !== undefined && after === undefined)) return;
  const subject = { name: 'the request body', before, after, at: now ?? pair.after, scope };
  walk.emit('requestBody', subject);
  if (before !== undefined && after !== undefined)
    compareContent(walk, { before, after }, { name: 'the request body', scope });
}

/** The media types of a body, and the schema of Swagger 2.0. */
function compareContent(
  walk: Walk,
  { before, after }: Both,
  { name, scope }: { readonly name: string; readonly scope: Scope },
): void {
  const [old, now] = [before.get('schema'), after.get('schema')];
  if (old !== undefined && now !== undefined) walk.schema({ name, before: old, after: now, scope });
  const media = (node: TreeNode): string => (node.key ?? '').toLowerCase().replaceAll(' ', '');
  const there = after.childrenOf('content');
  for (const one of entriesOf(before.childrenOf('content'), there, media)) {
    const covering = one.after ?? there.find((wide) => covers(media(wide), one.key));
    const at = covering ?? after.get('content') ?? after;
    walk.emit('mediaType', {
      name: one.before?.key ?? one.key,
      before: one.before,
      after: covering,
      at,
      scope,
    });
    const [schema, next] = [
      walk.before.deref(one.before)?.get('schema'),
      walk.after.deref(covering)?.get('schema'),
    ];
    if (schema !== undefined && next !== undefined) walk.schema({ name, before: schema, after: next, scope });
  }
}

/** Whether a range (`application/*`) takes a media type. */
function covers(range: string, type: string): boolean {
  return range === '*/*' || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)));
}

function compareResponses(walk: Walk, pair: Both, scope: Scope): void {
  const [before, after] = [responsesOf(pair.before), responsesOf(pair.after)];
  const holder = pair.after.get('responses') ?? pair.after;
  const code = (node: TreeNode): string => (node.key ?? '').toUpperCase();
  const nodes = after.map(({ node }) => node);
  for (const one of entriesOf(
    before.map(({ node }) => node),
    nodes,
    code,
  )) {
    const now = one.after ?? nodes.find((wide) => code(wide) === `${one.key[0] ?? ''}XX`);
    const [old, next] = [walk.before.deref(one.before), walk.after.deref(now)];
    if (now !== undefined && next === undefined) continue;
    walk.emit('response', {
      name: one.before?.key ?? one.key,
      before: old,
      after: next,
      at: now ?? holder,
      scope,
    });
    if (old === undefined || next === undefined) continue;
    if (one.before !== undefined && now !== undefined && walk.isUnchanged(one.before, now)) continue;
    compareContent(walk, { before: old, after: next }, { name: `the response ${one.key}`, scope });
    compareHeaders(walk, { before: old, after: next }, scope);
  }
}

function compareHeaders(walk: Walk, pair: Both, scope: Scope): void {
  const name = (node: TreeNode): string => (node.key ?? '').toLowerCase();
  const holder = pair.after.get('headers') ?? pair.after;
  for (const one of entriesOf(pair.before.childrenOf('headers'), pair.after.childrenOf('headers'), name)) {
    const [before, after] = [walk.before.deref(one.before), walk.after.deref(one.after)];
    if (one.after !== undefined && after === undefined) continue;
    const shown = one.before?.key ?? one.key;
    walk.emit('header', { name: shown, before, after, at: one.after ?? holder, scope });
    if (before !== undefined && after !== undefined)
      compareValue(walk, { before, after }, { name: quoted(shown), scope });
  }
}
