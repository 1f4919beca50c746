/** What is said between a check and the worker that runs functions of rule sets. */
import { isObject, isString } from '../../base/json';
import type { PlainDocument } from './plain';
import type { PathSegment } from '../tree';

/** What a function is called with. */
export interface Call {
  /** The module that holds the function. */
  readonly file: string;
  /** Which one, in a rule set that is code; else the one that the module exports. */
  readonly name?: string | undefined;
  /** A scalar, or undefined where there is nothing; else the value of the document at `path`. */
  readonly target: { readonly value: unknown } | undefined;
  readonly path: readonly PathSegment[];
  readonly options: unknown;
  /** Whether `$ref`s are followed. */
  readonly isResolved: boolean;
  readonly rule: CalledFor;
}

/** The rule that calls, as functions see it. */
export interface CalledFor {
  readonly name: string;
  readonly description: string;
  readonly message: string | null;
  /** 0 is the gravest. */
  readonly severity: number;
  readonly resolved: boolean;
}

/** What a module is: one function, or a rule set. */
export type Loading = 'function' | 'ruleset';

/** A rule set that is code, with names in the place of its functions. */
export interface RulesetAnswer {
  readonly kind: 'ruleset';
  /** JSON; the first is the rule set, the others are what it extends as `ruleset:1` and so on. */
  readonly texts: readonly string[];
  readonly functions: readonly string[];
}

export type Question =
  | { readonly do: 'load'; readonly file: string; readonly as: Loading }
  /** From now on calls are about this document, which has formats of these names. */
  | ({ readonly do: 'document'; readonly formats: readonly string[] } & PlainDocument)
  /** Each is a step of the work. */
  | { readonly do: 'calls'; readonly calls: readonly Call[] };

export interface CodeResult {
  readonly message: string;
  readonly path?: readonly PathSegment[];
}

export type Answer =
  | RulesetAnswer
  | { readonly kind: 'done'; readonly results: readonly CodeResult[]; readonly left: number }
  /** Words that go on: `it threw: …`. */
  | { readonly kind: 'fault'; readonly why: string };

/** The answers to calls, in their order. */
export interface Answers {
  readonly kind: 'answers';
  readonly answers: readonly Answer[];
}

/** More findings of one call, and longer ones, are nobody's wish. */
export const mostResults = 1000;
export const mostCharacters = 2000;

export const isSegment = (value: unknown): value is PathSegment =>
  isString(value) || (typeof value === 'number' && Number.isSafeInteger(value));

const isResult = (value: unknown): value is CodeResult =>
  isObject(value) &&
  isString(value['message']) &&
  value['message'].length <= mostCharacters &&
  (value['path'] === undefined || (Array.isArray(value['path']) && value['path'].every(isSegment)));

const areTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length <= 10_000 && value.every((one) => isString(one));

/** Reads what a worker said of so many calls. */
export function answersOf(value: unknown, count: number): readonly Answer[] {
  const all: unknown = isObject(value) ? value['answers'] : undefined;
  return Array.from({ length: count }, (_, at) => answerOf(Array.isArray(all) ? all[at] : value));
}

/** Reads what a worker said; whatever is no answer is a fault. */
export function answerOf(value: unknown): Answer {
  if (isObject(value)) {
    const { kind, why, results, left, texts, functions } = value;
    if (kind === 'fault' && isString(why)) return { kind, why };
    if (kind === 'done' && Array.isArray(results) && results.length <= mostResults && results.every(isResult))
      return { kind, results, left: Number(left) };
    if (kind === 'ruleset' && areTexts(texts) && areTexts(functions)) return { kind, texts, functions };
  }
  return { kind: 'fault', why: 'it gave an answer that is not understood' };
}
