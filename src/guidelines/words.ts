/** Names: how they are written, how near they are to each other. */

export type Casing = 'snake_case' | 'camelCase' | 'PascalCase' | 'kebab-case';

/** The words of a name, in lower case: `orderItems`, `order_items` and `OrderItems` all give `order`, `items`. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

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
    if (!/[\p{Ll}\p{N}]\p{Lu}|[\p{L}\p{N}][_-][\p{L}\p{N}]/u.test(name)) continue;
    all += 1;
    const casing = among.find((one) => isIn(one, name));
    if (casing !== undefined) counts.set(casing, (counts.get(casing) ?? 0) + 1);
  }
  return among.find((casing) => (counts.get(casing) ?? 0) * 2 > all);
}

/** The candidate that `name` most likely was meant to be: at most two slips away, and only if a third of it is right. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const limit = name.length < 4 ? 1 : 2;
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = slips(name.toLowerCase(), candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Letters to insert, delete, replace or swap with their neighbour to get from `a` to `b` (optimal string alignment), at most `cap`. */
function slips(a: string, b: string, cap: number): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) next.push(cell([a, b], [i, j], { before, row, next }));
    if (Math.min(...next) > cap) return cap;
    [before, row] = [row, next];
  }
  return Math.min(row[b.length] ?? cap, cap);
}

interface Rows {
  readonly before: readonly number[];
  readonly row: readonly number[];
  readonly next: readonly number[];
}

function cell([a, b]: readonly [string, string], [i, j]: readonly [number, number], rows: Rows): number {
  const same = a[i - 1] === b[j - 1];
  const best = Math.min(
    (rows.row[j] ?? 0) + 1,
    (rows.next[j - 1] ?? 0) + 1,
    (rows.row[j - 1] ?? 0) + (same ? 0 : 1),
  );
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
  return swapped ? Math.min(best, (rows.before[j - 2] ?? 0) + 1) : best;
}
