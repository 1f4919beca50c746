/** What is said between a check and the worker that runs functions of rule sets. */
import { isObject, isString } from '../../base/json';
import type { PathSegment } from '../tree';

/** What a function is called with. */
export interface Call {
  /** The module that holds the function. */
  readonly file: string;
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

export type Question =
  | { readonly do: 'load'; readonly file: string }
  /** From now on calls are about this document. */
  | { readonly do: 'document'; readonly data: unknown }
  | ({ readonly do: 'call' } & Call);

export interface CodeResult {
  readonly message: string;
  readonly path?: readonly PathSegment[];
}

export type Answer =
  | { readonly kind: 'done'; readonly results: readonly CodeResult[]; readonly left: number }
  /** Words that go on: `it threw: …`. */
  | { readonly kind: 'fault'; readonly why: string };

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

/** Reads what a worker said; whatever is no answer is a fault. */
export function answerOf(value: unknown): Answer {
  if (isObject(value)) {
    const { kind, why, results, left } = value;
    if (kind === 'fault' && isString(why)) return { kind, why };
    if (kind === 'done' && Array.isArray(results) && results.length <= mostResults && results.every(isResult))
      return { kind, results, left: Number(left) };
  }
  return { kind: 'fault', why: 'it gave an answer that is not understood' };
}
