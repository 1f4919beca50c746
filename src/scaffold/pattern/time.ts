import type { Expression } from './parse';
import { PatternFault, parsePattern } from './parse';

/** The longest pattern, and how many steps a match may take: a second or so. */
const mostCharacters = 500;
const mostSteps = 1e8;

/**
 * Why matching a pattern against texts of `maxLength` characters can take too long; undefined when it can't.
 *
 * A repetition is safe when in it each next character can be matched by one place of the pattern only (the deterministic expressions of
 * Brüggemann-Klein and Wood, told by Glushkov's construction): nothing is tried twice. Else repetitions in repetitions take a time that is
 * exponential in the length, and are refused; those side by side take its power, and are refused when that is too much.
 */
export function slowPattern(pattern: string, maxLength: number): string | undefined {
  if (pattern.length > mostCharacters) return `the pattern is longer than ${mostCharacters} characters`;
  try {
    const tree = parsePattern(pattern);
    const all = [tree, ...looksIn(tree)];
    const nested = all.flatMap(loopsIn).some((loop) => loop.of.kind !== 'set' && isSlow(loop));
    if (nested)
      return 'the pattern repeats something that can match the same text in several ways, as in (a+)+ or (a|ab)*, which can take forever; begin what is repeated with a character that nothing else in it matches';
    const power = Math.max(...all.map((one) => powerOf(one)));
    if (maxLength ** power <= mostSteps) return undefined;
    return `${power} repetitions of the pattern can match the same characters, which takes too long on ${maxLength} of them; lower maxLength, or part them by a character that they do not match`;
  } catch (error) {
    if (error instanceof PatternFault) return error.message;
    throw error;
  }
}

/** What may match nothing and is counted can be left out at any of its turns. */
const isSlow = (loop: Loop): boolean => isAmbiguous(loop) || (loop.isCounted && canBeEmpty(loop.of));

const canBeEmpty = (tree: Expression): boolean => endsOf(tree, { sets: [], next: [] }).isEmpty;

type Loop = Extract<Expression, { readonly kind: 'repeat' }>;

function loopsIn(tree: Expression): readonly Loop[] {
  switch (tree.kind) {
    case 'sequence':
    case 'choice':
      return tree.parts.flatMap(loopsIn);
    case 'repeat':
      return tree.max > 1 ? [tree, ...loopsIn(tree.of)] : loopsIn(tree.of);
    default:
      return [];
  }
}

function looksIn(tree: Expression): readonly Expression[] {
  switch (tree.kind) {
    case 'sequence':
    case 'choice':
      return tree.parts.flatMap(looksIn);
    case 'repeat':
      return looksIn(tree.of);
    case 'look':
      return [tree.of, ...looksIn(tree.of)];
    default:
      return [];
  }
}

const powerOf = (tree: Expression): number => (isAmbiguous(tree) ? Math.max(1, loopsIn(tree).length) : 1);

/** The places of a tree at which a match of it can begin and end, and whether it can match nothing. */
interface Ends {
  readonly isEmpty: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

interface Places {
  readonly sets: ReadonlySet<string>[];
  /** What can follow each place; a place that can follow in two ways is there twice. */
  readonly next: number[][];
}

/** Whether some text leaves a choice between two places. */
function isAmbiguous(tree: Expression): boolean {
  const places: Places = { sets: [], next: [] };
  const { first } = endsOf(tree, places);
  return [first, ...places.next].some((choices) => overlap(choices, places.sets));
}

function overlap(choices: readonly number[], sets: readonly ReadonlySet<string>[]): boolean {
  const seen = new Set<string>();
  for (const place of choices)
    for (const character of sets[place] ?? []) {
      if (seen.has(character)) return true;
      seen.add(character);
    }
  return false;
}

function endsOf(tree: Expression, places: Places): Ends {
  switch (tree.kind) {
    case 'set': {
      const place = places.sets.push(charactersOf(tree.source)) - 1;
      places.next.push([]);
      return { isEmpty: false, first: [place], last: [place] };
    }
    case 'sequence':
      return tree.parts.reduce<Ends>((before, part) => joined(before, endsOf(part, places), places), empty);
    case 'choice': {
      const parts = tree.parts.map((part) => endsOf(part, places));
      return {
        isEmpty: parts.some((one) => one.isEmpty),
        first: parts.flatMap((one) => one.first),
        last: parts.flatMap((one) => one.last),
      };
    }
    case 'repeat': {
      const inner = endsOf(tree.of, places);
      if (tree.max > 1) connect(inner.last, inner.first, places);
      // A count from 1 may be more; taking it for one from 0 only refuses more.
      return { ...inner, isEmpty: true };
    }
    default:
      return empty;
  }
}

const empty: Ends = { isEmpty: true, first: [], last: [] };

function joined(before: Ends, after: Ends, places: Places): Ends {
  connect(before.last, after.first, places);
  return {
    isEmpty: before.isEmpty && after.isEmpty,
    first: before.isEmpty ? [...before.first, ...after.first] : before.first,
    last: after.isEmpty ? [...before.last, ...after.last] : after.last,
  };
}

function connect(from: readonly number[], to: readonly number[], { next }: Places): void {
  for (const place of from) next[place]?.push(...to);
}

/** ASCII, and some of what sets are often said to hold or not to hold. */
const alphabet = [
  ...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)),
  ...Array.from('\u0085\u00A0éßſЖ中\u2028\uD83D\uFEFF\uFFFF'),
];

function charactersOf(source: string): ReadonlySet<string> {
  const pattern = new RegExp(`^${source}$`);
  return new Set(alphabet.filter((character) => pattern.test(character)));
}
