import { UserError } from '../../base/errors';

/**
 * Pages of a list, as Heroku cuts them: `Range: version 3..; max=10, order=desc` asks for one, and what is left is asked for with the
 * `Next-Range` of the answer.
 */

/** One entry of a list: what it can be sorted by, and how it is told, which is asked for where it is on the page. */
export interface Entry {
  readonly keys: Readonly<Record<string, string | number>>;
  shape(): Readonly<Record<string, unknown>>;
}

export interface Page {
  readonly entries: readonly Entry[];
  /** `version 12..3`; undefined for an empty page. */
  readonly contentRange?: string;
  /** How to ask for what comes next; undefined where nothing does. */
  readonly nextRange?: string;
}

const usualMax = 200;
const largestMax = 1000;

interface Wanted {
  readonly by: string;
  /** `]` before it: without it, since the page before ended there. */
  readonly from: string;
  readonly isAfter: boolean;
  readonly to: string;
  readonly max: number;
  readonly isDescending: boolean;
}

const badRange = (range: string): UserError =>
  new UserError(
    'embedded/bad-range',
    `The range ${JSON.stringify(range)} can't be read; write it as in "version ..; max=10, order=desc".`,
  );

/** Throws UserError `embedded/bad-range`. `usual` is what is sorted by where nothing is said. */
export function pageOf(entries: readonly Entry[], range: string | undefined, usual: string): Page {
  const wanted = readRange(range, usual);
  const { by, max, isDescending } = wanted;
  if (entries.some(({ keys }) => keys[by] === undefined)) throw badRange(range ?? '');
  const sorted = entries.toSorted((a, b) => compare(keyOf(a, by), keyOf(b, by)) * (isDescending ? -1 : 1));
  const inside = sorted.filter((one) => isInside(keyOf(one, by), wanted));
  const page = inside.slice(0, max);
  const [first, last] = [page[0], page.at(-1)];
  if (!first || !last) return { entries: page };
  const order = isDescending ? ', order=desc' : '';
  return {
    entries: page,
    contentRange: `${by} ${keyOf(first, by)}..${keyOf(last, by)}`,
    ...(inside.length > page.length
      ? { nextRange: `${by} ]${keyOf(last, by)}..${wanted.to}; max=${max}${order}` }
      : {}),
  };
}

function readRange(range: string | undefined, usual: string): Wanted {
  if (range === undefined || range === '')
    return { by: usual, from: '', isAfter: false, to: '', max: usualMax, isDescending: false };
  const groups = /^(?<by>[a-z_]+) (?<after>\]?)(?<from>[^;]*?)\.\.(?<to>[^;]*?)(?:;(?<rest>.*))?$/.exec(
    range.trim(),
  );
  if (!groups) throw badRange(range);
  const part = (name: string): string => groups.groups?.[name] ?? '';
  const said = wordsIn(part('rest'));
  const max = Number(said.get('max') ?? usualMax);
  const order = said.get('order') ?? 'asc';
  if (!isMax(max) || !/^(asc|desc)$/.test(order)) throw badRange(range);
  const isDescending = order === 'desc';
  return {
    by: part('by'),
    from: part('from'),
    isAfter: part('after') === ']',
    to: part('to'),
    max,
    isDescending,
  };
}

const isMax = (max: number): boolean => Number.isInteger(max) && max >= 1 && max <= largestMax;

/** `max=10, order=desc` */
function wordsIn(text: string): ReadonlyMap<string, string> {
  const pairs = text.split(/[,;]/).map((one) => one.trim().split('=', 2));
  return new Map(pairs.map(([name = '', value = '']) => [name, value]));
}

function isInside(key: string, { from, isAfter, to, isDescending }: Wanted): boolean {
  const way = isDescending ? -1 : 1;
  if (from !== '') {
    const place = compare(key, from) * way;
    if (place < 0 || (isAfter && place === 0)) return false;
  }
  return to === '' || compare(key, to) * way <= 0;
}

const keyOf = ({ keys }: Entry, by: string): string => String(keys[by] ?? '');

/** Numbers by their size, all else by its letters. */
function compare(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (a !== '' && b !== '' && Number.isFinite(x) && Number.isFinite(y)) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
}
