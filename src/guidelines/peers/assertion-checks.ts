/** What Redocly's assertions ask of a property of an object, or of the keys of the object itself. */
import { isString } from '../../base/json';
import { compilePattern } from '../declared/pattern';
import { schemaFaults } from '../declared/schema';
import type { Scalar, TreeNode } from '../tree';
import { sorted } from './assertion-order';
import type { Looked } from './assertion-values';
import { countOf, isEmpty, isUnsaid, namesOf, piecesOf, sizeOf, written } from './assertion-values';

export interface Wrong {
  readonly why: string;
  readonly at?: TreeNode;
}

export type Assertion = (looked: Looked) => readonly Wrong[];

/** What an assertion can be asked of. */
export type AskedOf = 'keys' | 'values' | 'both';

interface Maker {
  readonly of: AskedOf;
  make(value: unknown): Assertion;
}

const none: readonly Wrong[] = [];
const say = (isWrong: boolean, why: string): readonly Wrong[] => (isWrong ? [{ why }] : none);

/** An assertion with its value; undefined for one that is not known. Throws a SyntaxError that says what is wrong with the value. */
export function assertionOf(
  name: string,
  value: unknown,
): { readonly of: AskedOf; readonly check: Assertion } | undefined {
  const maker = Object.hasOwn(makers, name) ? makers[name] : undefined;
  return maker === undefined ? undefined : { of: maker.of, check: maker.make(value) };
}

function each(isRight: (value: Scalar | undefined) => boolean, why: (value: string) => string): Assertion {
  return (looked) =>
    piecesOf(looked)
      .filter(({ value }) => !isRight(value))
      .map(({ value, at }) => ({
        why: why(value === undefined ? 'an object' : JSON.stringify(value)),
        ...(at === undefined ? {} : { at }),
      }));
}

/** As `each`, but what is wrong with the items of a list is told of at the list. */
function eachOfAll(...asking: Parameters<typeof each>): Assertion {
  const check = each(...asking);
  return (looked) =>
    looked.value?.kind === 'list' ? check(looked).map(({ why }) => ({ why })) : check(looked);
}

const casings: Readonly<Record<string, RegExp>> = {
  camelCase: /^[a-z][A-Za-z0-9]*$/,
  PascalCase: /^[A-Z][A-Za-z0-9]+$/,
  'kebab-case': /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
  snake_case: /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/,
  MACRO_CASE: /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/,
  'COBOL-CASE': /^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*$/,
  flatcase: /^[a-z][a-z0-9]+$/,
};

const makers: Readonly<Record<string, Maker>> = {
  defined: {
    of: 'both',
    make: (wanted) => (looked) =>
      say(
        (looked.value === undefined) === (wanted !== false),
        wanted === false ? 'must not be there' : 'must be there',
      ),
  },
  nonEmpty: {
    of: 'values',
    make: (wanted) => (looked) =>
      say(isEmpty(looked) === (wanted !== false), wanted === false ? 'must be empty' : 'must not be empty'),
  },
  enum: {
    of: 'both',
    make: (value) => {
      const all = scalarsOf(value);
      return each(
        (one) => one !== undefined && all.includes(one),
        (one) => `must be one of ${all.join(', ')}, not ${one}`,
      );
    },
  },
  const: {
    of: 'both',
    make: (value) =>
      each(
        (one) => one !== undefined && one === value,
        (one) => `must be ${JSON.stringify(value)}, not ${one}`,
      ),
  },
  pattern: {
    of: 'both',
    make: (value) => {
      const pattern = compilePattern(textOf(value));
      return eachOfAll(
        (one) => pattern.test(written(one)),
        (one) => `must match ${textOf(value)}, which ${one} does not`,
      );
    },
  },
  notPattern: {
    of: 'both',
    make: (value) => {
      const pattern = compilePattern(textOf(value));
      return eachOfAll(
        (one) => !pattern.test(written(one)),
        (one) => `must not match ${textOf(value)}, which ${one} does`,
      );
    },
  },
  casing: {
    of: 'both',
    make: (value) => {
      const name = textOf(value);
      const pattern = Object.hasOwn(casings, name) ? casings[name] : undefined;
      if (pattern === undefined) throw new SyntaxError(`casings are ${Object.keys(casings).join(', ')}`);
      return each(
        (one) => !isString(one) || pattern.test(one),
        (one) => `must be in ${name}, which ${one} is not`,
      );
    },
  },
  minLength: {
    of: 'both',
    make: (value) => {
      const least = numberOf(value);
      return (looked) =>
        say(!isUnsaid(looked) && !((sizeOf(looked) ?? NaN) >= least), `must not be shorter than ${least}`);
    },
  },
  maxLength: {
    of: 'both',
    make: (value) => {
      const most = numberOf(value);
      return (looked) =>
        say(!isUnsaid(looked) && !((sizeOf(looked) ?? NaN) <= most), `must not be longer than ${most}`);
    },
  },
  required: {
    of: 'keys',
    make: (value) => {
      const names = textsOf(value);
      return (looked) => {
        const there = new Set(namesOf(looked));
        return names.filter((name) => !there.has(name)).map((name) => ({ why: `must have \`${name}\`` }));
      };
    },
  },
  requireAny: {
    of: 'keys',
    make: (value) => {
      const names = textsOf(value);
      return (looked) => say(countOf(looked, names) === 0, `must have one of ${names.join(', ')}`);
    },
  },
  disallowed: {
    of: 'keys',
    make: (value) => {
      const names = textsOf(value);
      return each(
        (one) => !isString(one) || !names.includes(one),
        (one) => `must not have ${one}`,
      );
    },
  },
  contains: {
    of: 'values',
    make: (value) => {
      const wanted = scalarsOf(value);
      return (looked) => {
        const pieces = piecesOf(looked);
        const isAsked = looked.value !== undefined && looked.value.kind !== 'map';
        const missing = isAsked ? wanted.filter((one) => !pieces.some((piece) => piece.value === one)) : [];
        return missing.map((one) => ({ why: `must contain ${String(one)}` }));
      };
    },
  },
  mutuallyExclusive: {
    of: 'keys',
    make: (value) => {
      const names = textsOf(value);
      return (looked) =>
        say(countOf(looked, names) > 1, `must not have more than one of ${names.join(', ')}`);
    },
  },
  mutuallyRequired: {
    of: 'keys',
    make: (value) => {
      const names = textsOf(value);
      return (looked) => {
        const count = countOf(looked, names);
        return say(count > 0 && count < names.length, `must have all of ${names.join(', ')}, or none`);
      };
    },
  },
  ref: {
    of: 'both',
    make: (value) => {
      const pattern = isString(value) ? compilePattern(value) : undefined;
      return ({ raw }) => {
        if (raw === undefined) return none;
        const ref = raw.actual.stringAt('$ref');
        if (pattern !== undefined)
          return say(ref === undefined || !pattern.test(ref), `must be a $ref that matches ${String(value)}`);
        return say(
          (ref !== undefined) !== (value === true),
          value === true ? 'must be a $ref' : 'must not be a $ref',
        );
      };
    },
  },
  schema: {
    of: 'values',
    make: (schema) => (looked) => {
      if (looked.value === undefined) return none;
      return schemaFaults(looked.value, schema, looked.follow);
    },
  },
  sortOrder: { of: 'both', make: (value) => sorted(value) },
};

function scalarsOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new SyntaxError('a list is needed');
  return value;
}

function textsOf(value: unknown): readonly string[] {
  return scalarsOf(value).map(String);
}

function textOf(value: unknown): string {
  if (!isString(value)) throw new SyntaxError('a text is needed');
  return value;
}

function numberOf(value: unknown): number {
  if (typeof value !== 'number') throw new SyntaxError('a number is needed');
  return value;
}
