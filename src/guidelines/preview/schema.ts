import { SchemaShape } from '../breaking/shape';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import { pointerOf, textAt } from './outline';
import type { SchemaRow } from './protocol';

/** How one schema is shown. */
export interface RowName {
  readonly name: string;
  readonly required: boolean;
}

const mostRows = 500;
const mostText = 2000;

/** One line for a schema; what is in it is asked for when somebody opens it, so that circles never end and cost nothing. */
export function rowOf(written: TreeNode, spec: Spec, { name, required }: RowName): SchemaRow {
  const shape = new SchemaShape(written, spec);
  const description = [written.actual, shape.node]
    .map((node) => textAt(node, 'description'))
    .find((text) => text !== '');
  return {
    pointer: pointerOf(written, spec),
    name,
    type: typeText(shape),
    required,
    deprecated: shape.isTrue('deprecated'),
    description: (description ?? textAt(shape.node, 'title')).slice(0, mostText),
    facts: factsOf(shape),
    opens: isOpenable(shape),
  };
}

function isOpenable(shape: SchemaShape, depth = 3): boolean {
  const items = shape.find('items');
  return (
    shape.properties.size > 0 ||
    shape.variants.length > 0 ||
    (items !== undefined && depth > 0 && isOpenable(new SchemaShape(items, shape.spec), depth - 1)) ||
    shape.find('additionalProperties')?.actual.kind === 'map'
  );
}

/** What is in a schema: its properties, its alternatives, its items. */
export function rowsIn(written: TreeNode, spec: Spec, depth = 3): readonly SchemaRow[] {
  const shape = new SchemaShape(written, spec);
  const items = shape.find('items');
  if (shape.properties.size === 0 && items !== undefined && shape.variants.length === 0)
    return rowsOfItems(items, spec, depth);
  const rows = [...shape.properties].map(([name, { node }]) =>
    rowOf(node, spec, { name, required: shape.required(name) !== undefined }),
  );
  const alternatives = shape.variants.map((node, at) =>
    rowOf(node, spec, {
      name: `${at === 0 ? 'either' : 'or'} ${refName(node) ?? ''}`.trim(),
      required: false,
    }),
  );
  const more = shape.find('additionalProperties');
  const others =
    more?.actual.kind === 'map' ? [rowOf(more, spec, { name: 'any other name', required: false })] : [];
  return [...rows, ...alternatives, ...others].slice(0, mostRows);
}

/** An item that is itself only one line is that line. */
function rowsOfItems(items: TreeNode, spec: Spec, depth: number): readonly SchemaRow[] {
  const inner = depth > 0 ? rowsIn(items, spec, depth - 1) : [];
  return inner.length > 0 ? inner : [rowOf(items, spec, { name: 'each item', required: false })];
}

function refName(node: TreeNode): string | undefined {
  return node.actual.stringAt('$ref')?.split('/').at(-1);
}

/** `array of Order`, `string or null`; lists of lists of … are told of a few deep. */
function typeText(shape: SchemaShape, depth = 3): string {
  const items = shape.find('items');
  const orNull = shape.types.has('null') ? ' or null' : '';
  if (shape.types.has('array') && items?.actual.kind === 'map')
    return `array of ${depth > 0 ? typeText(new SchemaShape(items, shape.spec), depth - 1) : '…'}${orNull}`;
  const named = refName(shape.written);
  const own = ownText(shape);
  if (named === undefined) return own;
  return shape.types.has('object') || shape.variants.length > 0 ? named : `${named}: ${own}`;
}

function ownText(shape: SchemaShape): string {
  const names = shape.variants.map(
    (one) => refName(one) ?? [...new SchemaShape(one, shape.spec).types].join(' or '),
  );
  if (names.length > 0) return `one of ${names.slice(0, 4).join(', ')}${names.length > 4 ? ', …' : ''}`;
  const format = shape.format === undefined ? '' : ` (${shape.format})`;
  return `${[...shape.types].join(' or ') || 'anything'}${format}`;
}

const bounds: readonly (readonly [string, string])[] = [
  ['minimum', 'at least'],
  ['maximum', 'at most'],
  ['exclusiveMinimum', 'more than'],
  ['exclusiveMaximum', 'less than'],
  ['minLength', 'length at least'],
  ['maxLength', 'length at most'],
  ['minItems', 'items at least'],
  ['maxItems', 'items at most'],
  ['multipleOf', 'a multiple of'],
  ['pattern', 'matches'],
  ['default', 'default'],
  ['const', 'always'],
  ['example', 'for example'],
];

function factsOf(shape: SchemaShape): readonly string[] {
  const said = bounds.flatMap(([keyword, words]) => {
    const node = shape.find(keyword)?.actual;
    return node?.kind !== 'scalar' || typeof node.value === 'boolean'
      ? []
      : [`${words} ${String(node.value)}`];
  });
  const values = shape.find('enum')?.actual.children.map((one) => String(one.actual.value)) ?? [];
  const listed =
    values.length === 0 ? [] : [`one of ${values.slice(0, 20).join(', ')}${values.length > 20 ? ', …' : ''}`];
  const access = ['readOnly', 'writeOnly'].flatMap((mark) =>
    shape.isTrue(mark) ? [mark === 'readOnly' ? 'read only' : 'write only'] : [],
  );
  return [...listed, ...said, ...access].map((fact) => fact.slice(0, mostText));
}
