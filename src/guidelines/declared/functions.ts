/** What a declared rule asks of a value: the core functions that rule sets know. */
import { isObject, isString } from '../../base/json';
import { inAlphabet } from '../alphabet';
import type { CalledFor } from '../code/messages';
import type { Spec } from '../spec';
import type { PathSegment, TreeNode } from '../tree';
import { casingTest } from './casing';
import type { FunctionName } from './names';
import type { Pattern } from './pattern';
import { compilePattern } from './pattern';
import { placesUsed } from '../references';
import { schemaFaults } from './schema';

/** A value under test. */
export interface Subject {
  /** Undefined when there is nothing. Maps and lists are given as nodes, with `$ref`s followed. */
  readonly node: TreeNode | undefined;
  /** A scalar; undefined for maps and lists, and for what is not there. */
  readonly scalar: string | number | boolean | null | undefined;
  follow(node: TreeNode): TreeNode;
}

/** What is wrong: words that follow a colon, and where, when that is not the subject itself. */
export interface Fault {
  readonly why: string;
  readonly at?: TreeNode;
  /** Whether `why` stands for itself: words of a team's own function. */
  readonly isSentence?: boolean;
}

/** Where and for which rule something is asked. */
export interface Asking {
  readonly spec: Spec;
  readonly isResolved: boolean;
  /** The way on which the value was met, from the root. */
  readonly path: () => readonly PathSegment[];
  readonly rule: CalledFor;
}

export type Ask = ((subject: Subject, asking: Asking) => readonly Fault[]) & {
  /** Called with all that is asked of a document, before it is asked one by one. */
  readonly ahead?: (spec: Spec, all: readonly Question[]) => void;
};

/** One value, and where and for which rule it is asked. */
export interface Question {
  readonly subject: Subject;
  readonly asking: Asking;
}
/** One that looks at the value; without what is asked for when a function of a team calls it. */
type PlainAsk = (subject: Subject, asking?: Asking) => readonly Fault[];

const none: readonly Fault[] = [];
const say = (isWrong: boolean, why: string): readonly Fault[] => (isWrong ? [{ why }] : none);

/** A function with its options. Throws a SyntaxError that says what is wrong with them. */
export function askOf(name: FunctionName, options: unknown): PlainAsk {
  const said = isObject(options) ? options : {};
  return makers[name](said, options);
}

type Options = Readonly<Record<string, unknown>>;

const makers: Readonly<Record<FunctionName, (options: Options, raw: unknown) => PlainAsk>> = {
  truthy: () => (subject) => say(!isTruthy(subject), 'it must be there and not be empty'),
  falsy: () => (subject) => say(isTruthy(subject), 'it must not be there'),
  defined:
    () =>
    ({ node }) =>
      say(node === undefined, 'it must be there'),
  undefined:
    () =>
    ({ node }) =>
      say(node !== undefined, 'it must not be there'),
  pattern: patternAsk,
  casing: (options) => {
    const { test, name } = casingTest(options);
    return ({ scalar }) =>
      say(typeof scalar === 'string' && scalar !== '' && !test(scalar), `it must be in ${name}`);
  },
  enumeration: (options) => {
    const { values } = options;
    if (!Array.isArray(values) || values.length === 0) throw new SyntaxError('enumeration needs `values`');
    return ({ scalar }) =>
      say(
        scalar !== undefined && !values.includes(scalar),
        `${JSON.stringify(scalar)} is none of ${values.join(', ')}`,
      );
  },
  length: lengthAsk,
  alphabetical:
    ({ keyedBy }) =>
    (subject) =>
      alphabetical(subject, isString(keyedBy) ? keyedBy : undefined),
  xor: (options) => countAsk(options, (count) => count === 1, 'exactly one'),
  or: (options) => countAsk(options, (count) => count > 0, 'at least one'),
  typedEnum: () => typedEnum,
  unreferencedReusableObject: unreferencedAsk,
  schema: ({ schema, allErrors, dialect }) => {
    if (!isObject(schema)) throw new SyntaxError('schema needs a `schema`');
    const how = { isAll: allErrors === true, dialect: isString(dialect) ? dialect : undefined };
    return ({ node, follow }) =>
      node === undefined ? [{ why: 'it must be there' }] : schemaFaults(node, schema, follow, how);
  },
};

function isTruthy({ node, scalar }: Subject): boolean {
  return node !== undefined && (node.actual.kind !== 'scalar' || Boolean(scalar));
}

function patternAsk({ match, notMatch }: Options, raw: unknown): PlainAsk {
  const wanted = isString(raw) ? raw : match;
  if (!isString(wanted) && !isString(notMatch)) throw new SyntaxError('pattern needs `match` or `notMatch`');
  const compiled = (source: unknown): Pattern | undefined =>
    isString(source) ? compilePattern(source) : undefined;
  const [good, bad] = [compiled(wanted), compiled(notMatch)];
  return ({ scalar }) => {
    if (typeof scalar !== 'string') return none;
    const text = JSON.stringify(scalar);
    return [
      ...say(good?.test(scalar) === false, `${text} must match ${String(wanted)}`),
      ...say(bad?.test(scalar) === true, `${text} must not match ${String(notMatch)}`),
    ];
  };
}

function lengthAsk({ min, max }: Options): PlainAsk {
  if (typeof min !== 'number' && typeof max !== 'number')
    throw new SyntaxError('length needs `min` or `max`');
  return (subject) => {
    const size = sizeOf(subject);
    if (size === undefined) return none;
    if (typeof min === 'number' && size < min) return [{ why: `it must not be shorter than ${min}` }];
    return say(typeof max === 'number' && size > max, `it must not be longer than ${String(max)}`);
  };
}

function sizeOf({ node, scalar, follow }: Subject): number | undefined {
  if (typeof scalar === 'string') return scalar.length;
  if (typeof scalar === 'number') return scalar;
  const found = node && follow(node);
  return found === undefined || found.kind === 'scalar' ? undefined : found.children.length;
}

function alphabetical({ node, follow }: Subject, keyedBy: string | undefined): readonly Fault[] {
  const list = node && follow(node);
  if (list === undefined || list.kind === 'scalar') return none;
  const nameOf = (child: TreeNode): string | number | undefined => {
    if (list.kind === 'map') return child.key;
    const { value } = keyedBy === undefined ? child.actual : (follow(child).get(keyedBy)?.actual ?? {});
    return typeof value === 'string' || typeof value === 'number' ? value : undefined;
  };
  const names = list.children.map(nameOf);
  const wrong = names.findIndex((name, at) => {
    const next = names[at + 1];
    return name !== undefined && next !== undefined && compare(name, next) > 0;
  });
  const at = list.children[wrong];
  if (at === undefined) return none;
  const why = `${JSON.stringify(names[wrong + 1])} must stand before ${JSON.stringify(names[wrong])}`;
  return [keyedBy === undefined ? { why, at } : { why }];
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return inAlphabet(String(a), String(b));
}

function countAsk({ properties }: Options, isRight: (count: number) => boolean, words: string): PlainAsk {
  if (!Array.isArray(properties) || !properties.every(isString))
    throw new SyntaxError('`properties` must be a list of names');
  return ({ node, follow }) => {
    const map = node && follow(node);
    // Of one name alone there is nothing to choose.
    if (map?.kind !== 'map' || properties.length < 2) return none;
    const count = properties.filter((name) => map.has(name)).length;
    return say(!isRight(count), `${words} of ${properties.join(', ')} must be there`);
  };
}

const typedEnum: PlainAsk = ({ node, follow }) => {
  const schema = node && follow(node);
  const type = schema?.stringAt('type');
  const values = schema?.get('enum')?.actual;
  if (type === undefined || values?.kind !== 'list') return none;
  return values.children
    .filter((value) => schemaFaults(value, { type }, follow).length > 0)
    .map((at) => ({ why: `an enum value is not of the type ${type}`, at }));
};

/** Which entries of a map of components nothing refers to. */
function unreferencedAsk({ reusableObjectsLocation: location }: Options): PlainAsk {
  if (!isString(location))
    throw new SyntaxError('unreferencedReusableObject needs `reusableObjectsLocation`');
  const holder = location.replace(/^#?\/?/, '').replace(/\/$/, '');
  return ({ node, follow }, asking) => {
    const map = node && follow(node);
    if (map?.kind !== 'map' || asking === undefined) return none;
    const used = placesUsed(asking.spec);
    return map.children
      .filter(({ key = '' }) => !used.has(`${holder}/${key}`))
      .map((at) => ({ why: 'nothing refers to it', at }));
  };
}
