/** What Redocly's assertions ask of a value or of the keys of a map. */
import { isObject, isString } from '../../base/json';
import { inAlphabet } from '../alphabet';
import { compilePattern } from '../declared/pattern';
import type { Scalar, TreeNode } from '../tree';

/** What is looked at: a property of a node, or, with `keys`, a map. */
export interface Looked {
  readonly at: TreeNode;
  readonly property: string;
  readonly value: Scalar | undefined;
  /** Undefined when the property is not there. */
  readonly node: TreeNode | undefined;
  /** The entries, for what is asked of keys. */
  readonly keys: readonly TreeNode[] | undefined;
}

export interface Wrong {
  readonly why: string;
  readonly at?: TreeNode;
}

export type Assertion = (looked: Looked) => readonly Wrong[];

const none: readonly Wrong[] = [];
const say = (isWrong: boolean, why: string): readonly Wrong[] => (isWrong ? [{ why }] : none);

/** An assertion with its value; undefined for one that is not known (functions of plugins). Throws a SyntaxError. */
export function assertionOf(name: string, value: unknown): Assertion | undefined {
  const make = Object.hasOwn(makers, name) ? makers[name] : undefined;
  return make?.(value);
}

const makers: Readonly<Record<string, (value: unknown) => Assertion>> = {
  defined:
    (value) =>
    ({ node }) =>
      say(
        (node !== undefined) === (value === false),
        value === false ? 'must not be there' : 'must be there',
      ),
  undefined:
    (value) =>
    ({ node }) =>
      say(
        (node === undefined) === (value === false),
        value === false ? 'must be there' : 'must not be there',
      ),
  nonEmpty:
    (value) =>
    ({ value: found, node }) => {
      const isEmpty = node === undefined || found === '' || found === null;
      return say(isEmpty === (value !== false), value === false ? 'must be empty' : 'must not be empty');
    },
  enum: (value) => {
    const all = listOf(value);
    return each((text) => all.includes(text), `must be one of ${all.join(', ')}`);
  },
  const:
    (value) =>
    ({ value: found }) =>
      say(found !== undefined && found !== value, `must be ${String(value)}`),
  pattern: (value) => {
    const pattern = compilePattern(textOf(value));
    return each((text) => pattern.test(text), `must match ${textOf(value)}`);
  },
  notPattern: (value) => {
    const pattern = compilePattern(textOf(value));
    return each((text) => !pattern.test(text), `must not match ${textOf(value)}`);
  },
  casing: (value) => {
    const name = textOf(value);
    const pattern = Object.hasOwn(casings, name) ? casings[name] : undefined;
    if (pattern === undefined) throw new SyntaxError(`casings are ${Object.keys(casings).join(', ')}`);
    return each((text) => pattern.test(text), `must be in ${name}`);
  },
  minLength: (value) => (looked) =>
    say((sizeOf(looked) ?? Infinity) < Number(value), `must not be shorter than ${String(value)}`),
  maxLength: (value) => (looked) =>
    say((sizeOf(looked) ?? 0) > Number(value), `must not be longer than ${String(value)}`),
  required:
    (value) =>
    ({ keys }) => {
      const missing = listOf(value).filter((name) => keys?.some((one) => one.key === name) === false);
      return missing.map((name) => ({ why: `must have \`${name}\`` }));
    },
  requireAny:
    (value) =>
    ({ keys }) =>
      say(
        keys !== undefined && !keys.some((one) => listOf(value).includes(one.key ?? '')),
        `must have one of ${listOf(value).join(', ')}`,
      ),
  disallowed:
    (value) =>
    ({ keys }) =>
      (keys ?? [])
        .filter((one) => listOf(value).includes(one.key ?? ''))
        .map((at) => ({ why: `must not have \`${at.key ?? ''}\``, at })),
  mutuallyExclusive:
    (value) =>
    ({ keys }) => {
      const there = (keys ?? []).filter((one) => listOf(value).includes(one.key ?? ''));
      return there.length < 2
        ? none
        : there
            .slice(1)
            .map((at) => ({ why: `must not have more than one of ${listOf(value).join(', ')}`, at }));
    },
  mutuallyRequired:
    (value) =>
    ({ keys }) => {
      const names = listOf(value);
      const count = names.filter((name) => keys?.some((one) => one.key === name) === true).length;
      return say(count > 0 && count < names.length, `must have all of ${names.join(', ')} or none`);
    },
  ref:
    (value) =>
    ({ at, node }) => {
      const ref = at.kind === 'map' ? at.stringAt('$ref') : undefined;
      if (isString(value))
        return say(
          ref === undefined || !compilePattern(value).test(ref),
          `must be a $ref that matches ${value}`,
        );
      return say(
        node !== undefined && (ref !== undefined) !== (value === true),
        value === true ? 'must be a $ref' : 'must not be a $ref',
      );
    },
  sortOrder: (value) => sorted(value),
};

const casings: Readonly<Record<string, RegExp>> = {
  camelCase: /^[a-z][A-Za-z0-9]*$/,
  PascalCase: /^[A-Z][A-Za-z0-9]*$/,
  'kebab-case': /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
  snake_case: /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/,
  MACRO_CASE: /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/,
  'COBOL-CASE': /^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*$/,
  flatcase: /^[a-z][a-z0-9]*$/,
};

/** Asks the value, each item of a list, or each key of a map. */
function each(isRight: (text: string) => boolean, why: string): Assertion {
  return ({ value, node, keys }) => {
    if (typeof value === 'string') return say(!isRight(value), why);
    if (keys !== undefined) return keys.filter((one) => !isRight(one.key ?? '')).map((at) => ({ why, at }));
    const items = node?.kind === 'list' ? node.children : [];
    return items
      .filter((one) => one.actual.string !== undefined && !isRight(one.actual.string))
      .map((at) => ({ why, at }));
  };
}

function sizeOf({ value, node }: Looked): number | undefined {
  if (typeof value === 'string') return value.length;
  return node === undefined || node.kind === 'scalar' ? undefined : node.children.length;
}

function sorted(value: unknown): Assertion {
  const direction = isObject(value) ? value['direction'] : value;
  const property = isObject(value) && isString(value['property']) ? value['property'] : undefined;
  const sign = direction === 'desc' ? -1 : 1;
  return ({ node }) => {
    if (node === undefined || node.kind === 'scalar') return none;
    const names = node.children.map((one) =>
      node.kind === 'map'
        ? (one.key ?? '')
        : ((property === undefined ? one.actual.string : one.actual.stringAt(property)) ?? ''),
    );
    const wrong = names.findIndex((name, at) => at > 0 && inAlphabet(names[at - 1] ?? '', name) * sign > 0);
    const at = node.children[wrong];
    return at === undefined ? none : [{ why: `must be sorted ${sign > 0 ? 'upwards' : 'downwards'}`, at }];
  };
}

const listOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter(isString) : isString(value) ? [value] : [];

function textOf(value: unknown): string {
  if (!isString(value)) throw new SyntaxError('a text is needed');
  return value;
}
