import type { UserError } from '../base/errors';
import { isObject, isString } from '../base/json';
import { nearest } from '../base/text';
import type { Answer } from './answer';

/** A value of a template.yaml and where it stands, so that what is wrong with it is told with its line. */
export interface Spot {
  readonly value: unknown;
  at(key: string | number): Spot;
  /** The value as a text; `what` is for the message. Throws what `broken` makes where it is none. */
  text(what: string): string;
  /** The error that says what is wrong here. */
  broken(why: string): UserError;
}

export function mapping(spot: Spot): Readonly<Record<string, unknown>> {
  if (!isObject(spot.value)) throw spot.broken('a mapping is needed here, as in title: Orders');
  return spot.value;
}

export function checkKeys(spot: Spot, known: readonly string[]): void {
  for (const key of Object.keys(mapping(spot))) {
    if (known.includes(key)) continue;
    const near = nearest(key, known);
    const meant = near === undefined ? `known are ${known.join(', ')}` : `perhaps ${near} is meant`;
    throw spot.at(key).broken(`the key ${key} is not known; ${meant}`);
  }
}

export function textAt(spot: Spot, key: string): string {
  return spot.at(key).text(key);
}

/** `value` as a text that can be shown as it is: no control characters but line breaks and tabs, none that turn text around. */
export function requireText(value: unknown, what: string, broken: Spot['broken']): string {
  if (isString(value) && value !== '') {
    if (hidden.test(value)) throw broken(`${what} holds a control character or one that is not seen`);
    return value;
  }
  // YAML takes 1.0, true and null for something else than text.
  const plain = value === null || ['number', 'boolean'].includes(typeof value);
  const quoted = plain ? `; put it in quotes, as in '${JSON.stringify(value)}'` : '';
  throw broken(`${what} must be a text${quoted}`);
}

/** Terminal escapes and other control characters, and marks that turn the order of text around. */
const hidden = /[^\P{Cc}\n\t]|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

export function optional(spot: Spot, key: string): string | undefined {
  return spot.at(key).value === undefined ? undefined : textAt(spot, key);
}

export function matching(spot: Spot, key: string, pattern: RegExp, format: string): string {
  const text = textAt(spot, key);
  if (!pattern.test(text)) throw spot.at(key).broken(`${key} must be ${format}`);
  return text;
}

export function listAt(spot: Spot, key: string): readonly Spot[] {
  const list = spot.at(key);
  if (list.value === undefined) return [];
  if (!Array.isArray(list.value)) throw list.broken(`${key} must be a list`);
  return list.value.map((_, index) => list.at(index));
}

export function textsAt(spot: Spot, key: string): readonly string[] {
  return listAt(spot, key).map((one) => one.text(`each of ${key}`));
}

/** The one of `known` that stands at `key`. */
export function oneOf<T extends string>(spot: Spot, key: string, known: readonly T[]): T {
  const text = textAt(spot, key);
  const found = known.find((one) => one === text);
  if (found === undefined)
    throw spot.at(key).broken(`the ${key} ${text} is not known; write ${known.join(', ')}`);
  return found;
}

/** The whole number at `key`, from `min` to `max`; undefined where nothing stands. */
export function wholeAt(
  spot: Spot,
  key: string,
  { min, max }: { readonly min: number; readonly max: number },
): number | undefined {
  const at = spot.at(key);
  if (at.value === undefined) return undefined;
  if (typeof at.value !== 'number' || !Number.isInteger(at.value) || at.value < min || at.value > max)
    throw at.broken(`${key} must be a whole number from ${min} to ${max}`);
  return at.value;
}

/** An answer: a text, yes or no, or a list of texts; a number counts as its text. */
export function answerAtSpot(spot: Spot): Answer {
  const { value } = spot;
  if (typeof value === 'boolean' || isString(value)) return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map((_, index) => spot.at(index).text('each value'));
  throw spot.broken('an answer is a text, true, false, or a list of texts');
}
