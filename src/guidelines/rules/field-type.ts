import { looks } from '../children';
import type { SpecVersion } from '../detect';
import { replaceValue } from '../edit';
import type { ValueKind } from '../field-values';
import { valueKindOf } from '../field-values';
import { byKeys } from '../layout';
import type { Fix, Report, Rule } from '../rule';
import { defineRule } from '../rule';
import type { Content, NodeType } from '../shapes';
import { nodeTypes, shapesOf } from '../shapes';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

/** What a value must be, in words; and whether one is it. */
const spoken: Readonly<Record<ValueKind | 'object' | 'objects' | 'schema', string>> = {
  text: 'a text',
  flag: 'true or false',
  number: 'a number',
  count: 'a whole number, 0 or more',
  list: 'a list',
  texts: 'a list of texts',
  map: 'a map',
  textMap: 'a map of texts',
  textOrTexts: 'a text or a list of texts',
  numberOrFlag: 'a number, or true or false',
  object: 'a map',
  objects: 'a list',
  schema: 'a schema',
};

const isText = (node: TreeNode): boolean => node.isString;
const isNumber = (node: TreeNode): boolean => node.kind === 'scalar' && typeof node.value === 'number';
const isFlag = (node: TreeNode): boolean => node.kind === 'scalar' && typeof node.value === 'boolean';
const isList = (node: TreeNode, item: (one: TreeNode) => boolean): boolean =>
  node.kind === 'list' && node.children.every((one) => item(one.actual));

const tests: Readonly<Record<ValueKind, (node: TreeNode) => boolean>> = {
  text: isText,
  flag: isFlag,
  number: isNumber,
  count: (node) => isNumber(node) && Number.isInteger(node.value) && Number(node.value) >= 0,
  list: (node) => node.kind === 'list',
  texts: (node) => isList(node, isText),
  map: (node) => node.kind === 'map',
  textMap: (node) => node.kind === 'map' && node.children.every((one) => isText(one.actual)),
  textOrTexts: (node) => isText(node) || isList(node, isText),
  numberOrFlag: (node) => isNumber(node) || isFlag(node),
};

function nameOf(node: TreeNode): string {
  if (node.kind === 'map') return 'a map';
  if (node.kind === 'list') return 'a list';
  const { value } = node;
  if (value === null) return 'nothing';
  if (typeof value === 'boolean') return `\`${node.source}\`, without quotes`;
  return typeof value === 'number' ? 'a number' : 'a text';
}

function quote(node: TreeNode, spec: Spec): Fix | undefined {
  if (node.style !== 'plain' || node.value === null || node.kind !== 'scalar') return undefined;
  const text = node.source;
  const quotes = spec.ownRoot.style === 'flow' ? '"' : "'";
  return {
    title: 'Put the value in quotes',
    safe: true,
    edits: () => [{ start: node.start, end: node.end, text: quotes + text + quotes }],
  };
}

/** `'true'` and `'5'` that should have no quotes. */
function unquote(node: TreeNode, kind: ValueKind, spec: Spec): Fix | undefined {
  const text = node.string ?? '';
  const isMeant =
    kind === 'flag'
      ? /^(?:true|false)$/.test(text)
      : kind === 'number' || kind === 'count'
        ? /^\d{1,15}$/.test(text)
        : false;
  if (!isMeant || node.style === 'block') return undefined;
  return {
    title: 'Take the quotes away',
    safe: true,
    edits: () => replaceValue(spec, node, text).map((edit) => ({ ...edit, text })),
  };
}

class Checker {
  readonly #report: Report;
  readonly #spec: Spec;

  constructor(report: Report, spec: Spec) {
    this.#report = report;
    this.#spec = spec;
  }

  field(child: TreeNode, kind: ValueKind): void {
    const node = child.actual;
    if (tests[kind](node)) return;
    // In a list or a map the one that is wrong is named, not the whole.
    const isListed =
      kind === 'texts' || kind === 'textOrTexts'
        ? node.kind === 'list'
        : kind === 'textMap' && node.kind === 'map';
    if (!isListed) return this.#tell(child, spoken[kind], kind);
    for (const one of node.children) if (!isText(one.actual)) this.#tell(one, spoken.text, 'text');
  }

  content(child: TreeNode, content: Content): void {
    if (content.kind === 'any') return;
    const node = child.actual;
    if (content.kind === 'one') return this.#object(child, content.type);
    // A list of item schemas is of JSON Schema draft 4, which only Swagger 2.0 builds on.
    if (content.kind === 'oneOrList' && (node.kind !== 'list' || this.#spec.version !== '2.0'))
      return this.#object(child, content.type);
    const wanted = content.kind === 'map' ? 'map' : 'list';
    if (node.kind !== wanted) return this.#tell(child, spoken[wanted]);
    for (const one of node.children)
      if (wanted === 'list' || one.key?.startsWith('x-') !== true) this.#object(one, content.type);
  }

  #object(child: TreeNode, type: NodeType): void {
    const node = child.actual;
    if (node.kind === 'map' || child.key === '<<') return;
    if (type === 'schema') {
      const { version } = this.#spec;
      if (isFlag(node) && (!(version === '2.0' || version === '3.0') || child.key === 'additionalProperties'))
        return;
      return this.#tell(child, spoken.schema);
    }
    this.#tell(child, spoken.object);
  }

  #tell(at: TreeNode, wanted: string, kind?: ValueKind): void {
    const node = at.actual;
    const subject = at.key === undefined ? 'This' : `\`${at.key}\``;
    const found = nameOf(node);
    this.#report({
      at,
      message:
        found === 'nothing'
          ? `${subject} is empty; it must be ${wanted}.`
          : `${subject} must be ${wanted}, and this is ${found}.`,
      fix:
        node !== at || kind === undefined
          ? undefined
          : kind === 'text'
            ? quote(node, this.#spec)
            : unquote(node, kind, this.#spec),
    });
  }
}

/** What a field must hold; undefined when it may be anything. */
type Wanted = { readonly content: Content } | { readonly kind: ValueKind };

function wantedIn(type: NodeType, key: string, version: SpecVersion): Wanted | undefined {
  const shape = shapesOf(version)[type];
  if (shape.extensible && key.startsWith('x-')) return undefined;
  const isField = Object.hasOwn(shape.fields, key);
  // Under a name of its own choice, `$ref` is the reference that stands for the whole.
  if (!isField && key === '$ref') return undefined;
  const content = isField ? shape.fields[key] : shape.rest;
  if (content === undefined) return undefined;
  if (content.kind !== 'any') return { content };
  const kind = valueKindOf(type, key, version);
  return kind && { kind };
}

/** What the fields of an object must hold, in their order, and how a value looks of which it is seen at once that it is that. */
interface Fields {
  readonly wanted: readonly (Wanted | undefined)[];
  readonly settled: readonly number[];
}

function fieldsOf(type: NodeType, version: SpecVersion): (node: TreeNode) => Fields {
  return byKeys(({ keys }) => {
    const wanted = keys.map((key) => wantedIn(type, key, version));
    return { wanted, settled: wanted.map((one) => settling(one)) };
  });
}

/** What is in a list or a map has to be looked at. */
function settling(wanted: Wanted | undefined): number {
  if (wanted === undefined) return looks.map | looks.list | looks.text | looks.unsure;
  if ('content' in wanted) {
    const { kind } = wanted.content;
    return kind === 'one' || kind === 'oneOrList' ? looks.map : 0;
  }
  const { kind } = wanted;
  if (kind === 'map' || kind === 'list') return looks[kind];
  return kind === 'text' || kind === 'textOrTexts' ? looks.text : 0;
}

function checkFields(node: TreeNode, { wanted, settled }: Fields, report: Report, spec: Spec): void {
  const unsettled = node.childrenBut(settled);
  if (unsettled.length === 0) return;
  const checker = new Checker(report, spec);
  const { layout } = node;
  for (const child of unsettled) {
    const one = wanted[layout.placeOf(child.key ?? '')];
    if (one === undefined) continue;
    if ('kind' in one) checker.field(child, one.kind);
    else checker.content(child, one.content);
  }
}

function visitOf(type: NodeType): NonNullable<Rule['visit'][NodeType]> {
  if (type === 'securityRequirement')
    return (node, report, spec) => {
      const checker = new Checker(report, spec);
      for (const child of node.children) checker.field(child, 'texts');
    };
  const byVersion = new Map<SpecVersion, (node: TreeNode) => Fields>();
  return (node, report, spec) => {
    const { version } = spec;
    const fields = byVersion.get(version) ?? fieldsOf(type, version);
    byVersion.set(version, fields);
    checkFields(node, fields(node), report, spec);
  };
}

export const fieldType = defineRule({
  id: 'field-type',
  summary: 'Each field holds the kind of value that the specification wants there.',
  why: 'A list where a map is wanted, or a number where a text is, is not read at all by most tools, or stops them with a message that names neither the field nor the reason.',
  severity: 'error',
  source: {
    guideline: 'OpenAPI Specification',
    ref: 'Schema',
    url: 'https://spec.openapis.org/oas/v3.1.1.html#schema',
  },
  fixable: true,
  presets: ['recommended', 'strict', 'spectral-oas', 'redocly-recommended'],
  bad: `info:
  title: Orders
  version: 1.0 # want
paths:
  /orders:
    get:
      operationId: listOrders
      parameters: # want
        limit: { in: query }
`,
  good: `info:
  title: Orders
  description: Orders of the shop.
  contact: { name: Shop team }
  version: '1.0'
paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
      responses:
        '200': { description: The orders }
        '400': { description: The query is wrong }
`,
  visit: Object.fromEntries(nodeTypes.map((type) => [type, visitOf(type)])),
});
