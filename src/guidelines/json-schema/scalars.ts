import { typeOfValue } from '../schemas';
import type { TreeNode } from '../tree';
import { isEqual } from './equal';
import type { Facets } from './facets';
import type { Misfit } from './misfit';
import { choice, fits, inWords } from './misfit';
import { hasFormat, hasPattern } from './strings';

const one = (at: TreeNode, message: string): readonly Misfit[] => [{ at, message }];

/** What `type`, `nullable`, `enum` and `const` say of a value. */
export function checkType(value: TreeNode, schema: Facets): readonly Misfit[] {
  const type = typeOfValue(value);
  if (type === 'null' && schema.isNullable) return fits;
  if (!schema.allows(type))
    return [{ at: value, message: wrongType(value, type, schema.types), isType: true }];
  if (!schema.restricts) return fits;
  const values = schema.get('enum');
  const constant = schema.get('const');
  const allowed = values?.kind === 'list' ? values.children : constant === undefined ? [] : [constant];
  if (allowed.length === 0 || allowed.some((item) => isEqual(item, value))) return fits;
  return one(value, `must be ${choice(allowed.map(({ actual }) => actual.string ?? actual.source))}`);
}

function wrongType(value: TreeNode, type: string, types: readonly string[]): string {
  const isBare = value.kind === 'scalar' && value.style === 'plain' && type !== 'null';
  const found = isBare && types.includes('string') ? `${inWords(type)} without quotes` : inWords(type);
  return `must be ${choice(types.map(inWords))}, and is ${found}`;
}

function numberAt(schema: Facets, key: string): number | undefined {
  const value = schema.get(key)?.value;
  return typeof value === 'number' ? value : undefined;
}

/** The keywords that count items, properties or characters, and what these are called. */
const counts = {
  Items: ['minItems', 'maxItems', 'items'],
  Properties: ['minProperties', 'maxProperties', 'properties'],
  Length: ['minLength', 'maxLength', 'characters'],
} as const;

/** What is wrong with a count, which is taken only where there is a limit to it. */
function countMisfit(countNow: () => number, schema: Facets, what: keyof typeof counts): string | undefined {
  const [min, max, spoken] = counts[what];
  const least = numberAt(schema, min);
  const most = numberAt(schema, max);
  if (least === undefined && most === undefined) return undefined;
  const count = countNow();
  const rest = `${spoken}, and has ${count}`;
  if (least !== undefined && count < least) return `must have at least ${least} ${rest}`;
  return most !== undefined && count > most ? `must have at most ${most} ${rest}` : undefined;
}

/** How many items or properties there may be. */
export function checkCount(value: TreeNode, schema: Facets, what: 'Items' | 'Properties'): readonly Misfit[] {
  if (!schema.restricts) return fits;
  const wrong = countMisfit(() => value.children.length, schema, what);
  return wrong === undefined ? fits : one(value, wrong);
}

/** What the keywords for texts say of one. */
export function checkText(value: TreeNode, text: string, schema: Facets): readonly Misfit[] {
  const wrong = countMisfit(() => countOf(text), schema, 'Length');
  if (wrong !== undefined) return one(value, wrong);
  const pattern = schema.get('pattern')?.string;
  if (pattern !== undefined && !hasPattern(text, pattern))
    return one(value, `must match the pattern \`${pattern}\``);
  const format = schema.get('format')?.string;
  if (format === undefined || hasFormat(text, format)) return fits;
  return one(value, `must have the format \`${format}\``);
}

/** JSON Schema counts characters as RFC 8259 does: a surrogate pair is one. */
function countOf(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

const int32 = 2 ** 31;

/** What the keywords for numbers say of one. */
export function checkNumber(value: TreeNode, number: number, schema: Facets): readonly Misfit[] {
  const wrong = belowLimit(number, schema) ?? aboveLimit(number, schema);
  if (wrong !== undefined) return one(value, wrong);
  const step = numberAt(schema, 'multipleOf');
  if (step !== undefined && step > 0 && !isMultiple(number, step))
    return one(value, `must be a multiple of ${step}`);
  const isLong = schema.get('format')?.string === 'int32' && (number < -int32 || number >= int32);
  return isLong ? one(value, 'must fit into 32 bits') : fits;
}

/** Before OpenAPI 3.1 an exclusive limit is a flag beside the limit, since then a limit itself. */
function belowLimit(number: number, schema: Facets): string | undefined {
  const least = numberAt(schema, 'minimum');
  const above = schema.get('exclusiveMinimum')?.value;
  const limit = typeof above === 'number' ? above : above === true ? least : undefined;
  if (limit !== undefined && number <= limit) return `must be more than ${limit}`;
  return least !== undefined && number < least ? `must be at least ${least}` : undefined;
}

function aboveLimit(number: number, schema: Facets): string | undefined {
  const most = numberAt(schema, 'maximum');
  const below = schema.get('exclusiveMaximum')?.value;
  const limit = typeof below === 'number' ? below : below === true ? most : undefined;
  if (limit !== undefined && number >= limit) return `must be less than ${limit}`;
  return most !== undefined && number > most ? `must be at most ${most}` : undefined;
}

/** Decimal fractions are not exact in binary, so what is nearly a whole number of steps is one. */
function isMultiple(number: number, step: number): boolean {
  const steps = number / step;
  return Math.abs(steps - Math.round(steps)) < 1e-9 * Math.max(1, Math.abs(steps));
}
