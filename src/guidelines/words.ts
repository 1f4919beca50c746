/** Names: how they are written, how near they are to each other. */
import { nearest } from '../base/text';
import { remembered } from './remembered';

export const casings = ['snake_case', 'camelCase', 'PascalCase', 'kebab-case'] as const;
export type Casing = (typeof casings)[number];

/** The words of a name, in lower case: `orderItems`, `order_items` and `OrderItems` all give `order`, `items`. */
export const wordsOf = remembered((name): readonly string[] => {
  const { rise, fall, gap } = wayOf(name);
  return name
    .replaceAll(rise, '$1 $2')
    .replaceAll(fall, '$1 ')
    .split(gap)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
});

const isAscii = /^[ -~]*$/;
/** Where words begin and end. Nearly all names are ASCII, and the tables of Unicode are slow to look through. */
const ascii = {
  rise: /([a-z0-9])([A-Z])/g,
  fall: /([A-Z])(?=[A-Z][a-z])/g,
  gap: /[^A-Za-z0-9]+/,
  many: /[a-z0-9][A-Z]|[A-Za-z0-9][_-][A-Za-z0-9]/,
};
const unicode = {
  rise: /([\p{Ll}\p{N}])(\p{Lu})/gu,
  fall: /(\p{Lu})(?=\p{Lu}\p{Ll})/gu,
  gap: /[^\p{L}\p{N}]+/u,
  many: /[\p{Ll}\p{N}]\p{Lu}|[\p{L}\p{N}][_-][\p{L}\p{N}]/u,
};

/** How the words of a name are told apart. */
const wayOf = (name: string): typeof ascii => (isAscii.test(name) ? ascii : unicode);

const shapes: Readonly<Record<Casing, RegExp>> = {
  snake_case: /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/,
  camelCase: /^[a-z][a-zA-Z0-9]*$/,
  PascalCase: /^[A-Z][a-zA-Z0-9]*$/,
  'kebab-case': /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
};

export function isIn(casing: Casing, name: string): boolean {
  return shapes[casing].test(name);
}

/** `name` written in another way. */
export function toCasing(casing: Casing, name: string): string {
  const words = wordsOf(name);
  if (casing === 'snake_case') return words.join('_');
  if (casing === 'kebab-case') return words.join('-');
  const joined = words.map(capitalized).join('');
  return casing === 'PascalCase' ? joined : joined.charAt(0).toLowerCase() + joined.slice(1);
}

export function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/**
 * The casing that most of the names with two words or more have; undefined when none has half of them. One word alone (`id`) says
 * nothing: it is the same in snake_case and camelCase.
 */
export function usualCasing(names: Iterable<string>, among: readonly Casing[]): Casing | undefined {
  const counts = new Map<Casing, number>();
  let all = 0;
  for (const name of names) {
    if (!wayOf(name).many.test(name)) continue;
    all += 1;
    const casing = among.find((one) => isIn(one, name));
    if (casing !== undefined) counts.set(casing, (counts.get(casing) ?? 0) + 1);
  }
  return among.find((casing) => (counts.get(casing) ?? 0) * 2 > all);
}

const mostSlips = 2;

/** What was found among lists of names, of which many ask for the same. */
const found = new WeakMap<readonly string[], Map<string, string | undefined>>();

/** The candidate that `name` most likely was meant to be: at most two slips away. A list is not to change once it was looked through. */
export function meantBy(name: string, candidates: Iterable<string>): string | undefined {
  if (!Array.isArray(candidates)) return meantAmong(name, [...candidates]);
  const known = found.get(candidates) ?? new Map<string, string | undefined>();
  found.set(candidates, known);
  if (!known.has(name)) known.set(name, meantAmong(name, candidates));
  return known.get(name);
}

function meantAmong(name: string, candidates: readonly string[]): string | undefined {
  const letters = lettersOf(name);
  // What has another length, or other letters, can't be two slips away: most candidates need no closer look.
  const near = candidates.filter((one) => {
    if (Math.abs(one.length - name.length) > mostSlips) return false;
    const own = lettersOf(one);
    return !isMany(letters & ~own) && !isMany(own & ~letters);
  });
  return nearest(name, near, mostSlips);
}

/** Which letters a name has, one bit for several of them. */
function lettersOf(name: string): number {
  const small = name.toLowerCase();
  let letters = 0;
  for (let at = 0; at < small.length; at += 1) letters |= 1 << (small.charCodeAt(at) & 31);
  return letters;
}

/** Whether more bits are set than there may be slips: each slip brings one letter, or takes one away, or both. */
function isMany(bits: number): boolean {
  let rest = bits;
  for (let slip = 0; slip < mostSlips; slip += 1) rest &= rest - 1;
  return rest !== 0;
}
