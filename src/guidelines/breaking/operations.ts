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
      walk.item(
        { before: one.before, after: one.after },
        { ...scope, label: one.key, templates: { before: one.key, after: one.key } },
      );
}

/** A parameter as it is written, and behind its `$ref`. */
interface Parameter {
  readonly written: TreeNode;
  readonly node: TreeNode;
}

/** By place and name; what an operation says goes before what its path item says. */
function parametersOf(scope: Scope, side: 'before' | 'after', operation: TreeNode): Map<string, Parameter> {
  const found = new Map<string, Parameter>();
  const names = templateNames(scope.templates[side]);
  const shared = operation.parent?.childrenOf('parameters') ?? [];
  for (const written of [...operation.childrenOf('parameters'), ...shared]) {
    const node = scope[side].deref(written);
    const key = node && identityOf(node, names);
    if (node !== undefined && key !== undefined && !found.has(key)) found.set(key, { written, node });
  }
  return found;
}

/** In the path it is the position that counts, and in headers not the case. A body is no parameter. */
function identityOf(parameter: TreeNode, pathNames: readonly string[]): string | undefined {
  const place = parameter.stringAt('in') ?? '';
  const name = parameter.stringAt('name') ?? '';
  if (place === 'body' || name === '') return undefined;
  if (place === 'path') return `path ${pathNames.indexOf(name)}`;
  return `${place} ${place === 'header' ? name.toLowerCase() : name}`;
}

function compareParameters(walk: Walk, pair: Both, scope: Scope): void {
  const before = parametersOf(scope, 'before', pair.before);
  const after = parametersOf(scope, 'after', pair.after);
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
  const there = after.childrenOf('content');
  for (const one of entriesOf(before.childrenOf('content'), there, mediaName)) {
    const covering = one.after ?? there.find((wide) => covers(mediaName(wide), one.key));
    const at = covering ?? after.get('content') ?? after;
    const shown = one.before?.key ?? one.key;
    walk.emit('mediaType', { name: shown, before: one.before, after: covering, at, scope });
    if (one.before !== undefined && covering !== undefined)
      compareMedia(walk, { before: one.before, after: covering }, { name, scope });
  }
}

const mediaName = (node: TreeNode): string => (node.key ?? '').toLowerCase().replaceAll(' ', '');

/** `itemSchema` says what the items of a stream are. */
function compareMedia(
  walk: Walk,
  pair: Both,
  { name, scope }: { readonly name: string; readonly scope: Scope },
): void {
  const [before, after] = [walk.before.deref(pair.before), walk.after.deref(pair.after)];
  for (const keyword of ['schema', 'itemSchema']) {
    const [old, now] = [before?.get(keyword), after?.get(keyword)];
    if (old !== undefined && now !== undefined) walk.schema({ name, before: old, after: now, scope });
  }
}

/** Whether a range (`application/*`) takes a media type. */
function covers(range: string, type: string): boolean {
  return range === '*/*' || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)));
}

function compareResponses(walk: Walk, pair: Both, scope: Scope): void {
  const holder = pair.after.get('responses') ?? pair.after;
  const nodes = responsesOf(pair.after).map(({ node }) => node);
  const old = responsesOf(pair.before).map(({ node }) => node);
  for (const { key, before, after } of entriesOf(old, nodes, codeOf)) {
    const now = after ?? nodes.find((wide) => codeOf(wide) === `${key[0] ?? ''}XX`);
    // One that can't be followed may be what it was.
    if (now !== undefined && walk.after.deref(now) === undefined) continue;
    walk.emit('response', {
      name: before?.key ?? key,
      before: walk.before.deref(before),
      after: walk.after.deref(now),
      at: now ?? holder,
      scope,
    });
    if (before !== undefined && now !== undefined) compareResponse(walk, { before, after: now }, scope);
  }
}

const codeOf = (node: TreeNode): string => (node.key ?? '').toUpperCase();

function compareResponse(walk: Walk, pair: Both, scope: Scope): void {
  const [before, after] = [walk.before.deref(pair.before), walk.after.deref(pair.after)];
  if (before === undefined || after === undefined || walk.isUnchanged(pair.before, pair.after)) return;
  compareContent(walk, { before, after }, { name: `the response ${codeOf(pair.before)}`, scope });
  compareHeaders(walk, { before, after }, scope);
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
