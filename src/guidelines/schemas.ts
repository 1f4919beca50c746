/** What rules ask of a schema. */
import { remembered } from './remembered';
import type { TreeNode } from './tree';

/** The types under `type`, one or several; empty when it is not said. */
export function typesOf(schema: TreeNode): ReadonlySet<string> {
  const type = schema.get('type')?.actual;
  if (type?.kind === 'list') return new Set(type.children.flatMap((one) => one.string ?? []));
  const name = type?.string;
  return name === undefined ? noTypes : single(name);
}

const noTypes: ReadonlySet<string> = new Set();
const single = remembered((name): ReadonlySet<string> => new Set([name]));

/** The JSON type of a value, with whole numbers as `integer` (JSON Schema Core 2020-12, section 4.2.1). */
export function typeOfValue(node: TreeNode): string {
  if (node.kind === 'map') return 'object';
  if (node.kind === 'list') return 'array';
  if (node.isString) return 'string';
  const { value } = node;
  if (value === null) return 'null';
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
}

/** Whether `type` is, or lists, this one. */
export function isOfType(schema: TreeNode, type: string): boolean {
  const said = schema.get('type')?.actual;
  if (said?.kind === 'list') return said.children.some((one) => one.says(type));
  return said?.says(type) === true;
}

/** Whether `null` is a value of the schema, as its version of OpenAPI says it. */
export function isNullable(schema: TreeNode): boolean {
  return schema.get('nullable')?.actual.value === true || isOfType(schema, 'null');
}

const combining = new Set(['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas']);

/** Whether a schema is one part of a larger one, which may define what it only mentions. */
export function isPartOfSchema(schema: TreeNode): boolean {
  return combining.has(schema.key ?? '') || combining.has(schema.parent?.key ?? '');
}
