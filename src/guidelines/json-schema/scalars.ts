import { typeOfValue, typesOf } from '../schemas';
import type { SpecVersion } from '../detect';
import type { TreeNode } from '../tree';
import { isEqual } from './equal';
import type { Misfit } from './misfit';
import { choice, fits, inWords } from './misfit';
import { hasFormat, hasPattern } from './strings';

const one = (at: TreeNode, message: string): readonly Misfit[] => [{ at, message }];

/** What `type`, `nullable`, `enum` and `const` say of a value. */
export function checkType(value: TreeNode, schema: TreeNode, version: SpecVersion): readonly Misfit[] {
  const types = typesOf(schema);
  const type = typeOfValue(value);
  if (type === 'null' && isNullable(schema, version)) return fits;
  const fitsType =
    types.size === 0 || types.has(type) || (type === 'integer' && types.has('number')) || types.has('file');
  if (!fitsType) {
    const found =
      value.kind === 'scalar' && value.style === 'plain' && type !== 'null' && types.has('string')
        ? `${inWords(type)} without quotes`
        : inWords(type);
    return [
      { at: value, message: `must be ${choice([...types].map(inWords))}, and is ${found}`, isType: true },
    ];
  }
  const values = schema.get('enum')?.actual;
  if (
    values?.kind === 'list' &&
    values.children.length > 0 &&
    !values.children.some((item) => isEqual(item, value))
  )
    return one(value, `must be ${choice(values.children.map((item) => item.actual.source))}`);
  const constant = schema.get('const');
  if (constant !== undefined && !isEqual(constant, value))
    return one(value, `must be ${constant.actual.source}`);
  return fits;
}

function isNullable(schema: TreeNode, version: SpecVersion): boolean {
  const key = version === '2.0' ? 'x-nullable' : 'nullable';
  return schema.get(key)?.value === true;
}

export function numberAt(schema: TreeNode, key: string): number | undefined {
  const value = schema.get(key)?.actual.value;
  return typeof value === 'number' ? value : undefined;
}

/** What the keywords for texts say of one. */
export function checkText(value: TreeNode, text: string, schema: TreeNode): readonly Misfit[] {
  const [least, most] = [numberAt(schema, 'minLength'), numberAt(schema, 'maxLength')];
  const length = least === undefined && most === undefined ? 0 : [...text].length;
  if (least !== undefined && length < least)
    return one(value, `must have at least ${least} characters, and has ${length}`);
  if (most !== undefined && length > most)
    return one(value, `must have at most ${most} characters, and has ${length}`);
  const pattern = schema.stringAt('pattern');
  if (pattern !== undefined && !hasPattern(text, pattern))
    return one(value, `must match the pattern \`${pattern}\``);
  const format = schema.stringAt('format');
  if (format !== undefined && !hasFormat(text, format))
    return one(value, `must have the format \`${format}\``);
  return fits;
}

const int32 = 2 ** 31;

/** What the keywords for numbers say of one. */
export function checkNumber(value: TreeNode, number: number, schema: TreeNode): readonly Misfit[] {
  const [least, most] = [numberAt(schema, 'minimum'), numberAt(schema, 'maximum')];
  const [above, below] = ['exclusiveMinimum', 'exclusiveMaximum'].map((key) => schema.get(key)?.actual.value);
  if (least !== undefined && (number < least || (above === true && number === least)))
    return one(value, `must be ${above === true ? 'more than' : 'at least'} ${least}`);
  if (most !== undefined && (number > most || (below === true && number === most)))
    return one(value, `must be ${below === true ? 'less than' : 'at most'} ${most}`);
  if (typeof above === 'number' && number <= above) return one(value, `must be more than ${above}`);
  if (typeof below === 'number' && number >= below) return one(value, `must be less than ${below}`);
  const step = numberAt(schema, 'multipleOf');
  if (step !== undefined && step > 0 && !isMultiple(number, step))
    return one(value, `must be a multiple of ${step}`);
  const isTooLong = schema.stringAt('format') === 'int32' && (number < -int32 || number >= int32);
  return isTooLong ? one(value, 'must fit into 32 bits') : fits;
}

/** Decimal fractions are not exact in binary, so what is nearly a whole number of steps is one. */
function isMultiple(number: number, step: number): boolean {
  const steps = number / step;
  return Math.abs(steps - Math.round(steps)) < 1e-9 * Math.max(1, Math.abs(steps));
}
