/**
 * Changes of the text that keep its style: block YAML stays block YAML with its own indentation, flow YAML stays flow YAML, JSON
 * stays JSON. What stands in another file than the one that is changed is left alone.
 */
import type { Content, Layout } from './render';
import { quoteLike, renderBlockItem, renderEntry, renderFlow } from './render';
import type { Change } from './document';
import type { Spec } from './spec';
import type { Span, TreeNode } from './tree';

/** Replaces the span with the text; an empty span inserts. */
export type Edit = Change;

const usualStep = 2;

/** Whether an entry can be put into the map beside those it has. */
export function canInsert(map: TreeNode): boolean {
  return (
    map.kind === 'map' && map.children.some((child) => child.keySpan !== undefined && child.key !== '<<')
  );
}

/** Puts `key: value` before the entry `child`. */
export function insertBefore(
  spec: Spec,
  child: TreeNode,
  entry: readonly [string, Content],
): readonly Edit[] {
  if (!spec.owns(child)) return [];
  const at = child.keySpan?.start ?? child.start;
  const layout = layoutOf(spec, child);
  const text = renderEntry(entry, layout);
  const comma = layout.kind === 'block' ? '' : ',';
  const gap = layout.lines ? layout.eol + layout.indent : ' ';
  return [{ start: at, end: at, text: text + comma + gap }];
}

/** Puts `key: value` behind the entry `child`. */
export function insertAfter(spec: Spec, child: TreeNode, entry: readonly [string, Content]): readonly Edit[] {
  return writeAfter(spec, child, (layout) => renderEntry(entry, layout));
}

/** Puts what is written for a layout behind the entry `child`. */
export function writeAfter(spec: Spec, child: TreeNode, write: (layout: Layout) => string): readonly Edit[] {
  if (!spec.owns(child)) return [];
  const layout = layoutOf(spec, child);
  const text = write(layout);
  if (layout.kind !== 'block')
    return [insertion(child.end, `,${layout.lines ? layout.eol + layout.indent : ' '}${text}`)];
  const [at, onNewLine] = blockEnd(spec, child);
  return [insertion(at, onNewLine ? layout.indent + text + layout.eol : layout.eol + layout.indent + text)];
}

/** Puts `key: value` into the map behind the leading entries whose keys are in `after`, so that `summary` stays before `operationId`. */
export function insertInto(
  spec: Spec,
  map: TreeNode,
  entry: readonly [string, Content],
  after: readonly string[] = [],
): readonly Edit[] {
  const entries = map.children.filter((child) => child.key !== '<<');
  const next = entries.find((child) => !after.includes(child.key ?? ''));
  if (next !== undefined) return insertBefore(spec, next, entry);
  const last = entries.at(-1);
  return last === undefined ? [] : insertAfter(spec, last, entry);
}

/** Puts an item at the end of a list that has items. */
export function appendItem(spec: Spec, list: TreeNode, item: Content): readonly Edit[] {
  const last = list.children.at(-1);
  if (last === undefined || !spec.owns(last)) return [];
  const start = last.keySpan?.start ?? last.start;
  const line = lineIndent(spec, start);
  const eol = eolOf(spec);
  if (list.style === 'flow') {
    const kind = isJson(spec) ? 'json' : 'flow';
    const lines = spec.source.slice(list.start, start).includes('\n');
    const text = renderFlow(item, { kind, indent: line, step: stepOf(spec), eol, lines });
    return [insertion(last.end, lines ? `,${eol}${line}${text}` : `, ${text}`)];
  }
  const dash = spec.source
    .slice(spec.source.lines.startOf(spec.source.lines.lineOf(start)), start)
    .lastIndexOf('-');
  const indent = ' '.repeat(Math.max(0, dash));
  const [at, onNewLine] = blockEnd(spec, last);
  const layout: Layout = { kind: 'block', indent: `${indent}  `, step: stepOf(spec), eol, lines: true };
  const text = `${indent}- ${renderBlockItem(item, layout)}`;
  return [insertion(at, onNewLine ? text + eol : eol + text)];
}

/** Replaces the text of a scalar value, in its own quotes. */
export function replaceValue(spec: Spec, node: TreeNode, value: string): readonly Edit[] {
  if (!spec.owns(node)) return [];
  return [{ start: node.start, end: node.end, text: quoteLike(charAt(spec, node.start), value) }];
}

/** Gives an entry another key, in its own quotes. */
export function renameKey(spec: Spec, node: TreeNode, key: string): readonly Edit[] {
  if (node.keySpan === undefined || !spec.owns(node)) return [];
  return [{ ...node.keySpan, text: quoteLike(charAt(spec, node.keySpan.start), key) }];
}

/**
 * Where characters `from` to `to` of a key or value stand in the text; the whole of it when it is written with escapes or over
 * several lines, so that characters can't be counted.
 */
export function spanWithin(
  spec: Spec,
  whole: Span,
  value: string,
  [from, to]: readonly [number, number],
): Span {
  for (const quote of [0, 1]) {
    const start = whole.start + quote;
    const end = start + value.length;
    if (end + quote === whole.end && spec.source.slice(start, end) === value)
      return { start: start + from, end: start + to };
  }
  return { start: whole.start, end: whole.end };
}

const charAt = (spec: Spec, at: number): string => spec.source.slice(at, at + 1);

const insertion = (at: number, text: string): Edit => ({ start: at, end: at, text });

function layoutOf(spec: Spec, child: TreeNode): Layout {
  const start = child.keySpan?.start ?? child.start;
  const eol = eolOf(spec);
  const step = stepOf(spec);
  if (child.parent?.style !== 'flow')
    return { kind: 'block', indent: ' '.repeat(columnOf(spec, start)), step, eol, lines: true };
  const quoted = child.keySpan !== undefined && charAt(spec, child.keySpan.start) === '"';
  const before = spec.source.slice(child.parent.start, start);
  return {
    kind: quoted ? 'json' : 'flow',
    indent: lineIndent(spec, start),
    step,
    eol,
    lines: before.includes('\n'),
  };
}

function columnOf(spec: Spec, offset: number): number {
  return offset - spec.source.lines.startOf(spec.source.lines.lineOf(offset));
}

/** The white space that the line of `offset` starts with. */
function lineIndent(spec: Spec, offset: number): string {
  const start = spec.source.lines.startOf(spec.source.lines.lineOf(offset));
  return /^[ \t]*/.exec(spec.source.slice(start, offset))?.[0] ?? '';
}

function eolOf(spec: Spec): string {
  return spec.source.slice(0, 4096).includes('\r\n') ? '\r\n' : '\n';
}

/** One level of indentation: what the first nested entry of the document is indented by. */
function stepOf(spec: Spec): string {
  const nested = spec.ownRoot.children.find((child) => child.kind === 'map' && child.children.length > 0)
    ?.children[0];
  const first = spec.ownRoot.children[0];
  if (nested === undefined || first === undefined) return ' '.repeat(usualStep);
  const inner = lineIndent(spec, nested.keySpan?.start ?? nested.start);
  const outer = lineIndent(spec, first.keySpan?.start ?? first.start);
  const step = inner.slice(outer.length);
  return step === '' ? ' '.repeat(usualStep) : step;
}

function isJson(spec: Spec): boolean {
  return spec.ownRoot.style === 'flow';
}

/** Where a new line can follow a block entry, and whether that is already the start of a line. */
function blockEnd(spec: Spec, child: TreeNode): readonly [number, boolean] {
  let last = child;
  while (last.style === 'block' && last.children.length > 0) last = last.children.at(-1) ?? last;
  if (last.kind === 'scalar' && last.style === 'block') {
    const atStart = charAt(spec, last.end - 1) === '\n';
    return [last.end, atStart];
  }
  const end = last.kind === 'scalar' && last.start === last.end ? (last.keySpan?.end ?? last.end) : last.end;
  return [spec.source.lines.endOf(spec.source.lines.lineOf(end)), false];
}

/** Takes an item out of a list that has others. */
export function removeItem(spec: Spec, item: TreeNode): readonly Edit[] {
  const siblings = item.parent?.children ?? [];
  const before = siblings[siblings.indexOf(item) - 1];
  if (before === undefined || !spec.owns(item)) return [];
  if (item.parent?.style === 'flow') return [{ start: before.end, end: item.end, text: '' }];
  const { lines } = spec.source;
  return [
    { start: lines.endOf(lines.lineOf(before.end)), end: lines.endOf(lines.lineOf(item.end)), text: '' },
  ];
}
