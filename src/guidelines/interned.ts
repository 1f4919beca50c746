/**
 * Keys and short values, one string for all places in which the same stands: a description says `type` and `string` thousands of times.
 * A slice for each would cost memory, and its hash has to be worked out anew before it can be looked up anywhere.
 */
import type { Scalar } from './tree';
import { plainValue } from './yaml-scalar';

/** What is longer is rarely there twice. */
export const longestInterned = 32;

const size = 1 << 15;
/** Fuller than that, looking takes long: all is forgotten, and strings that are in use just stay. */
const most = size / 2;

// oxlint-disable-next-line unicorn/no-new-array -- `Array.from` takes milliseconds for so many
const empty = (): undefined[] => new Array<undefined>(size).fill(undefined);
let texts: (string | undefined)[] = empty();
let values: (Scalar | undefined)[] = empty();
let count = 0;

/** The text between two offsets, as the string that was given for it before. */
export function interned(text: string, start: number, end: number): string {
  if (end - start > longestInterned) return text.slice(start, end);
  // Only then: looking may put new lists in the place of these.
  const slot = slotOf(text, start, end);
  return texts[slot] ?? '';
}

/** What a plain scalar of at most `longestInterned` code units means, which stands in one line between two offsets. */
export function internedValue(text: string, start: number, end: number): Scalar {
  const slot = slotOf(text, start, end);
  const value = values[slot];
  return value === undefined ? null : value;
}

function slotOf(text: string, start: number, end: number): number {
  // FNV-1a, 32 bits.
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  let slot = (hash ^ (hash >>> 15)) & (size - 1);
  for (;;) {
    const known = texts[slot];
    if (known === undefined) break;
    if (known.length === end - start && text.startsWith(known, start)) return slot;
    slot = (slot + 1) & (size - 1);
  }
  if (count >= most) {
    [texts, values, count] = [empty(), empty(), 0];
    slot = (hash ^ (hash >>> 15)) & (size - 1);
  }
  const own = text.slice(start, end);
  texts[slot] = own;
  values[slot] = plainValue(own);
  count += 1;
  return slot;
}
