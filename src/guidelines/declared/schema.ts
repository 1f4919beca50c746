/** A part of JSON Schema, interpreted: what rule sets use to describe how something must look. */
import type { JsonObject } from '../../base/json';
import { isObject, isString } from '../../base/json';
import type { TreeNode } from '../tree';
import type { Fault } from './functions';
import { compilePattern } from './pattern';

type Follow = (node: TreeNode) => TreeNode;

const deepest = 40;
const known = new Set(
  '$schema $id $comment title description default examples type enum const pattern format minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems uniqueItems items minProperties maxProperties required properties patternProperties additionalProperties propertyNames allOf anyOf oneOf not if then else contains'.split(
    ' ',
  ),
);

/** Keywords of a schema that are not understood, wherever they stand in it. */
export function unknownKeywords(schema: unknown): readonly string[] {
  if (!isObject(schema)) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    if (!known.has(key)) return [key];
    if (key === 'properties' || key === 'patternProperties')
      return isObject(value) ? Object.values(value).flatMap(unknownKeywords) : [];
    if (['allOf', 'anyOf', 'oneOf'].includes(key))
      return Array.isArray(value) ? value.flatMap(unknownKeywords) : [];
    return [
      'items',
      'not',
      'if',
      'then',
      'else',
      'contains',
      'additionalProperties',
      'propertyNames',
    ].includes(key)
      ? unknownKeywords(value)
      : [];
  });
}

/** What of a value is not as the schema says. */
export function schemaFaults(node: TreeNode, schema: unknown, follow: Follow, depth = 0): readonly Fault[] {
  if (schema === false) return [{ why: 'it must not be there', at: node }];
  if (!isObject(schema) || depth > deepest) return [];
  const value = follow(node);
  const check: Check = { node, value, schema, follow, depth };
  return [
    ...typeFaults(check),
    ...(value.kind === 'scalar' ? scalarFaults(check) : []),
    ...(value.kind === 'map' ? mapFaults(check) : []),
    ...(value.kind === 'list' ? listFaults(check) : []),
    ...combined(check),
  ];
}

interface Check {
  readonly node: TreeNode;
  readonly value: TreeNode;
  readonly schema: JsonObject;
  readonly follow: Follow;
  readonly depth: number;
}

const fault = (node: TreeNode, isWrong: boolean, why: string): readonly Fault[] =>
  isWrong ? [{ why, at: node }] : [];

function typeOf({ kind, value }: TreeNode): string {
  if (kind === 'map') return 'object';
  if (kind === 'list') return 'array';
  return value === null ? 'null' : typeof value;
}

function isOfType(value: TreeNode, type: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value.value);
  return typeOf(value) === type;
}

function typeFaults({ node, value, schema }: Check): readonly Fault[] {
  const { type } = schema;
  if (type === undefined) return [];
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  return fault(
    node,
    !types.some((one) => isOfType(value, one)),
    `it must be of the type ${types.join(' or ')}`,
  );
}

function scalarFaults({ node, value: { value }, schema }: Check): readonly Fault[] {
  const { enum: all, pattern } = schema;
  return [
    ...fault(
      node,
      Array.isArray(all) && !all.includes(value),
      `it must be one of ${Array.isArray(all) ? all.join(', ') : ''}`,
    ),
    ...fault(
      node,
      'const' in schema && !isObject(schema['const']) && schema['const'] !== value,
      `it must be ${JSON.stringify(schema['const'])}`,
    ),
    ...fault(
      node,
      isString(pattern) && isString(value) && !compilePattern(pattern).test(value),
      `it must match ${String(pattern)}`,
    ),
    ...(isString(value) ? bounds(node, Array.from(value).length, schema, ['minLength', 'maxLength']) : []),
    ...(typeof value === 'number' ? numberFaults(node, value, schema) : []),
  ];
}

function numberFaults(node: TreeNode, value: number, schema: JsonObject): readonly Fault[] {
  const { exclusiveMinimum: above, exclusiveMaximum: below, multipleOf } = schema;
  return [
    ...bounds(node, value, schema, ['minimum', 'maximum']),
    ...fault(node, typeof above === 'number' && value <= above, `it must be more than ${String(above)}`),
    ...fault(node, typeof below === 'number' && value >= below, `it must be less than ${String(below)}`),
    ...fault(
      node,
      typeof multipleOf === 'number' && value % multipleOf !== 0,
      `it must be a multiple of ${String(multipleOf)}`,
    ),
  ];
}

function bounds(
  node: TreeNode,
  size: number,
  schema: JsonObject,
  [least, most]: readonly [string, string],
): readonly Fault[] {
  const [min, max] = [schema[least], schema[most]];
  return [
    ...fault(node, typeof min === 'number' && size < min, `${least} is ${String(min)}`),
    ...fault(node, typeof max === 'number' && size > max, `${most} is ${String(max)}`),
  ];
}

function mapFaults({ node, value, schema, follow, depth }: Check): readonly Fault[] {
  const { required, properties, patternProperties, additionalProperties, propertyNames } = schema;
  const missing = Array.isArray(required)
    ? required.filter((name) => isString(name) && !value.has(name))
    : [];
  const patterns = isObject(patternProperties) ? Object.entries(patternProperties) : [];
  const compiled = patterns.map(([pattern, inner]) => ({ pattern: compilePattern(pattern), inner }));
  const inside = value.children.flatMap((child) => {
    const key = child.key ?? '';
    const own: unknown[] = isObject(properties) && Object.hasOwn(properties, key) ? [properties[key]] : [];
    const fitting = compiled.filter(({ pattern }) => pattern.test(key)).map(({ inner }) => inner);
    const rest = own.length + fitting.length === 0 ? [additionalProperties] : [];
    const names =
      isObject(propertyNames) &&
      isString(propertyNames['pattern']) &&
      !compilePattern(propertyNames['pattern']).test(key)
        ? [{ why: `the name \`${key}\` must match ${propertyNames['pattern']}`, at: child }]
        : [];
    const faults = [...own, ...fitting, ...rest].flatMap((one) =>
      one === false
        ? [{ why: `\`${key}\` is not expected here`, at: child }]
        : schemaFaults(child, one, follow, depth + 1),
    );
    return [...faults, ...names];
  });
  return [
    ...missing.map((name) => ({ why: `\`${String(name)}\` is missing`, at: node })),
    ...bounds(node, value.children.length, schema, ['minProperties', 'maxProperties']),
    ...inside,
  ];
}

function listFaults({ node, value, schema, follow, depth }: Check): readonly Fault[] {
  const { items, uniqueItems, contains } = schema;
  const { children } = value;
  const sources = children.map((child) => child.source);
  return [
    ...bounds(node, children.length, schema, ['minItems', 'maxItems']),
    ...fault(node, uniqueItems === true && new Set(sources).size < sources.length, 'its items must differ'),
    ...(items === undefined
      ? []
      : children.flatMap((child) => schemaFaults(child, items, follow, depth + 1))),
    ...fault(
      node,
      contains !== undefined &&
        !children.some((child) => schemaFaults(child, contains, follow, depth + 1).length === 0),
      'no item is as it must be',
    ),
  ];
}

function combined({ node, schema, follow, depth }: Check): readonly Fault[] {
  const { allOf, anyOf, oneOf, not } = schema;
  const faults = (inner: unknown): readonly Fault[] => schemaFaults(node, inner, follow, depth + 1);
  const fitting = (all: unknown): number | undefined =>
    Array.isArray(all) ? all.filter((inner) => faults(inner).length === 0).length : undefined;
  const branch = 'if' in schema ? schema[faults(schema['if']).length === 0 ? 'then' : 'else'] : undefined;
  const one = fitting(oneOf);
  return [
    ...(Array.isArray(allOf) ? allOf.flatMap(faults) : []),
    ...fault(node, fitting(anyOf) === 0, 'it fits none of the forms that it may have'),
    ...fault(node, one !== undefined && one !== 1, 'it must fit exactly one of the forms that it may have'),
    ...fault(node, not !== undefined && faults(not).length === 0, 'it must not look as it does'),
    ...(branch === undefined ? [] : faults(branch)),
  ];
}
