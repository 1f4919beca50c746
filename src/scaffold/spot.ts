import type { UserError } from '../base/errors';
import { isObject, isString } from '../base/json';
import { nearest } from '../base/text';

/** A value of a template.yaml and where it stands, so that what is wrong with it is told with its line. */
export interface Spot {
  readonly value: unknown;
  at(key: string | number): Spot;
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
  return requireText(spot.at(key), key);
}

function requireText(spot: Spot, what: string): string {
  if (isString(spot.value) && spot.value !== '') return spot.value;
  // YAML takes 1.0, true and null for something else than text.
  const plain = spot.value === null || ['number', 'boolean'].includes(typeof spot.value);
  const quoted = plain ? `; put it in quotes, as in '${JSON.stringify(spot.value)}'` : '';
  throw spot.broken(`${what} must be a text${quoted}`);
}

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
  return listAt(spot, key).map((one) => requireText(one, `each of ${key}`));
}
