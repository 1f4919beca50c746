/** Guards for messages that cross a border: what a guard lets through has its type, so that no message is cast. */
import { isObject } from './json';

export type Guard<T> = (value: unknown) => value is T;
/** The type of what a guard lets through. */
export type Guarded<G> = G extends Guard<infer T> ? T : never;

/** No message needs more; a page that sends more is broken or hostile. */
const mostCharacters = 1_000_000;
const mostItems = 20_000;

export const text: Guard<string> = (value): value is string =>
  typeof value === 'string' && value.length <= mostCharacters;

export const flag: Guard<boolean> = (value): value is boolean => typeof value === 'boolean';

/** A number that counts: whole, from 0. */
export const number: Guard<number> = (value): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

export const literal =
  <T extends string>(...known: readonly T[]): Guard<T> =>
  (value): value is T =>
    known.some((one) => one === value);

export const listOf =
  <T>(item: Guard<T>): Guard<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.length <= mostItems && value.every((one) => item(one));

/** Messages are JSON on their way: what is undefined is then not there. */
export const optional =
  <T>(inner: Guard<T>): Guard<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || inner(value);

export const either =
  <A, B>(one: Guard<A>, other: Guard<B>): Guard<A | B> =>
  (value): value is A | B =>
    one(value) || other(value);

/** An object of texts and the like by key. */
export const mapOf =
  <T>(item: Guard<T>): Guard<Readonly<Record<string, T>>> =>
  (value): value is Readonly<Record<string, T>> =>
    isObject(value) && Object.values(value).every((one) => item(one));

type Parts = Readonly<Record<string, Guard<unknown>>>;

/** An object with these parts and no others. */
export const record =
  <P extends Parts>(parts: P): Guard<{ readonly [K in keyof P]: Guarded<P[K]> }> =>
  (value): value is { readonly [K in keyof P]: Guarded<P[K]> } =>
    isObject(value) &&
    Object.entries(parts).every(([key, guard]) =>
      guard(Object.hasOwn(value, key) ? value[key] : undefined),
    ) &&
    Object.keys(value).every((key) => Object.hasOwn(parts, key));
