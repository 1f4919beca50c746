/** Extract to component: what is written in place moves to `components`, and a `$ref` stays. */
import type { Edit } from '../edit';
import { writeAfter } from '../edit';
import { formatPointer } from '../pointer';
import { relativeTo } from '../project/address';
import type { Layout } from '../render';
import type { NodeType } from '../shapes';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import { capitalized, wordsOf } from '../words';
import { nodeAt } from './at';
import type { FileEdits } from './rename';

/** Where things of each type stand, below the root. */
interface Section {
  readonly path: readonly string[];
  readonly word: string;
}

export interface Extraction {
  readonly title: string;
  readonly name: string;
  edits(): readonly FileEdits[];
}

const sections: readonly (readonly [NodeType, string])[] = [
  ['schema', 'schemas'],
  ['parameter', 'parameters'],
  ['response', 'responses'],
  ['requestBody', 'requestBodies'],
  ['header', 'headers'],
];
const oldSections: Readonly<Record<string, string>> = {
  schema: 'definitions',
  parameter: 'parameters',
  response: 'responses',
};

/** What can be moved from around an offset, the innermost first. */
export function extractionsAt(spec: Spec, offset: number): readonly Extraction[] {
  if (!/^[23]\./.test(spec.version)) return [];
  const found: Extraction[] = [];
  let node: TreeNode | undefined = nodeAt(spec, offset)?.node;
  for (; node !== undefined; node = node.parent) {
    const type = typeOf(node, spec);
    const extraction = type && extractionOf(node, type, spec);
    if (extraction !== undefined && !found.some((one) => one.title === extraction.title))
      found.push(extraction);
  }
  return found;
}

function typeOf(node: TreeNode, spec: Spec): NodeType | undefined {
  if (node.kind !== 'map' || node.children.length === 0) return undefined;
  const views = spec.ownViews.filter((view) => view.unit === node.unit);
  return sections.map(([type]) => type).find((type) => views.some((view) => view.nodes(type).includes(node)));
}

function extractionOf(node: TreeNode, type: NodeType, spec: Spec): Extraction | undefined {
  const section = sectionOf(type, spec);
  const isPlaced =
    node.path.length === section.path.length + 1 && section.path.every((key, at) => node.path[at] === key);
  if (isPlaced || node.has('$ref') || !isMovable(node, spec)) return undefined;
  const holder = holderOf(spec.home, section);
  if (holder === undefined || !fits(node, holder, spec)) return undefined;
  const name = freeName(nameFor(node, type), spec.home, section);
  return {
    title: `Extract ${section.word} to component ${name}`,
    name,
    edits: () => editsOf(node, { name, section, holder, spec }),
  };
}

function sectionOf(type: NodeType, { version }: Spec): Section {
  const name = sections.find(([one]) => one === type)?.[1] ?? type;
  const words = wordsOf(type).join(' ');
  if (version === '2.0') return { path: [oldSections[type] ?? name], word: words };
  return { path: ['components', name], word: words };
}

/** References, anchors and tags mean something where they stand; those into the same file can move within it. */
function isMovable(node: TreeNode, spec: Spec): boolean {
  const { start, end } = node;
  const text = spec.source.slice(start, end);
  const before = spec.source.slice(node.keySpan?.end ?? start, start);
  if (/[&!]/.test(before.replace(/#[^\n]*/g, '')) || /(?:^|[\s{[,])[&*]\w/.test(text)) return false;
  return spec.home === spec || !text.includes('$ref');
}

/** Block YAML can't stand between brackets, nor YAML in JSON. */
function fits(node: TreeNode, { behind }: Holder, spec: Spec): boolean {
  if (node.style === 'block') return behind.parent?.style !== 'flow';
  const isJson = (one: Spec): boolean => one.ownRoot.style === 'flow';
  return isJson(spec) || !isJson(spec.home);
}

/** What the new component is put behind, and what is still to be written around it. */
interface Holder {
  readonly behind: TreeNode;
  readonly missing: readonly string[];
}

function holderOf(home: Spec, { path }: Section): Holder | undefined {
  let map: TreeNode = home.ownRoot;
  for (const [at, key] of path.entries()) {
    const next = map.get(key);
    if (next === undefined) return behindLast(map, path.slice(at));
    if (next.kind !== 'map' || !home.owns(next)) return undefined;
    map = next;
  }
  return behindLast(map, []);
}

function behindLast(map: TreeNode, missing: readonly string[]): Holder | undefined {
  const behind = map.children.at(-1);
  return behind?.keySpan === undefined ? undefined : { behind, missing };
}

function freeName(wanted: string, home: Spec, { path }: Section): string {
  const holder = path.reduce<TreeNode | undefined>((at, key) => at?.get(key), home.ownRoot);
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}${number}`;
    if (holder?.has(name) !== true) return name;
  }
}

/** `items` and the like name nothing: what holds them does. */
const nameless =
  /^(?:schema|items|content|responses|requestBody|properties|allOf|anyOf|oneOf|parameters|headers|not|\d.*|default|.*\/.*)$/;

function nameFor(node: TreeNode, type: NodeType): string {
  const own = node.stringAt('title') ?? (type === 'parameter' ? node.stringAt('name') : undefined);
  const name = own ?? nameAbove(node, type);
  const pascal = wordsOf(name).map(capitalized).join('');
  return /^[A-Za-z_]/.test(pascal) ? pascal : `New${capitalized(type)}`;
}

function nameAbove(node: TreeNode, type: NodeType): string {
  const ways: string[] = [];
  for (let at: TreeNode | undefined = node; at !== undefined; at = at.parent) {
    const id = at.kind === 'map' ? at.stringAt('operationId') : undefined;
    if (id !== undefined)
      return `${id} ${ways.includes('requestBody') ? 'request' : type === 'header' ? 'header' : 'response'}`;
    const key = at.key ?? '';
    ways.push(key);
    if (key !== '' && !nameless.test(key)) return ways.includes('items') ? `${key} item` : key;
  }
  return type;
}

interface Moving {
  readonly name: string;
  readonly section: Section;
  readonly holder: Holder;
  readonly spec: Spec;
}

function editsOf(node: TreeNode, { name, section, holder, spec }: Moving): readonly FileEdits[] {
  const { home } = spec;
  const pointer = `#${formatPointer([...section.path, name])}`;
  const ref = home === spec ? pointer : `${fileOf(spec, home)}${pointer}`;
  const isJson = /^["]/.test(
    spec.source.slice(node.children[0]?.keySpan?.start ?? 0, node.children[0]?.keySpan?.end ?? 0),
  );
  const quoted = isJson ? `"$ref": ${JSON.stringify(ref)}` : `$ref: '${ref}'`;
  const text = node.style === 'flow' ? `{ ${quoted} }` : quoted;
  const replaced: Edit = { start: node.start, end: node.end, text };
  const added = writeAfter(home, holder.behind, (layout) =>
    entry([...holder.missing, name], bodyOf(node, spec), layout),
  );
  if (home === spec) return [{ spec, edits: [replaced, ...added] }];
  return [
    { spec, edits: [replaced] },
    { spec: home, edits: added },
  ];
}

const fileOf = (from: Spec, to: Spec): string =>
  from.others === undefined || to.others === undefined
    ? ''
    : relativeTo(from.others.address, to.others.address);

interface Body {
  /** The lines as they stand, with nothing before the first key. */
  readonly lines: readonly string[];
  /** The indent that the lines after the first have in common with it. */
  readonly indent: number;
  readonly isFlow: boolean;
}

function bodyOf(node: TreeNode, { source }: Spec): Body {
  const start = source.lines.startOf(source.lines.lineOf(node.start));
  const isFlow = node.style === 'flow';
  const before = source.slice(start, node.start);
  const indent = isFlow ? (/^[ \t]*/.exec(before)?.[0].length ?? 0) : before.length;
  return {
    lines: source
      .slice(node.start, node.end)
      .trimEnd()
      .split(/\r\n|\n/),
    indent,
    isFlow,
  };
}

/** `schemas:` `Name:` and what stands below, in the layout of its neighbours. */
function entry(keys: readonly string[], body: Body, layout: Layout): string {
  const [key = '', ...below] = keys;
  const inner: Layout = { ...layout, indent: layout.indent + layout.step };
  const gap = layout.eol + inner.indent;
  if (layout.kind === 'block') {
    if (below.length > 0) return `${key}:${gap}${entry(below, body, inner)}`;
    return body.isFlow ? `${key}: ${shifted(body, layout)}` : `${key}:${gap}${shifted(body, inner)}`;
  }
  const name = layout.kind === 'json' ? JSON.stringify(key) : key;
  if (below.length === 0) return `${name}: ${shifted(body, layout)}`;
  return layout.lines
    ? `${name}: {${gap}${entry(below, body, inner)}${layout.eol}${layout.indent}}`
    : `${name}: { ${entry(below, body, inner)} }`;
}

function shifted({ lines, indent }: Body, { indent: to, eol }: Layout): string {
  return lines
    .map((line, at) =>
      at === 0 || line.trim() === ''
        ? line
        : to + line.slice(Math.min(indent, /^[ \t]*/.exec(line)?.[0].length ?? 0)),
    )
    .join(eol);
}
