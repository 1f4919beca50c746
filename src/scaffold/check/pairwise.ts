/**
 * Covering sets: few combinations of answers in which every two answers that can stand together do so at least once. Most faults of a
 * template hang on one answer or on two (Kuhn, Wallace, Gallo: "Software Fault Interactions and Implications for Software Testing", 2004),
 * and the pairs of twelve questions need some dozen combinations where all of them would be thousands.
 */

export type Value = string | boolean | readonly string[];
export type Combination = Readonly<Record<string, Value>>;

/** One question, as far as its answers decide what is made. */
export interface Factor {
  readonly key: string;
  /** What can be answered after the answers before it, the likeliest first; nothing when the question is not asked then. */
  readonly options: (before: Combination) => readonly Value[];
  /** The keys of the questions before it that `options` looks at. */
  readonly needs: readonly string[];
  /** What stands for the answer where the question is not asked. */
  readonly off: Value;
  /** What an answer says, so that two answers can be compared in part: `ci has circleci` is one of the facts of a list. */
  readonly facts: (value: Value) => readonly string[];
}

/** A fact of one factor, by the factor's place. */
interface Fact {
  readonly at: number;
  readonly text: string;
}

type Pair = readonly [Fact, Fact];

const unasked = 'is not asked';

/**
 * Combinations that hold every pair of facts which can stand together, after `seeds`, which are kept and count. The same factors give
 * the same combinations, always.
 */
export function coveringSet(
  factors: readonly Factor[],
  seeds: readonly Combination[] = [],
): readonly Combination[] {
  const space = new Space(factors);
  const open = new Map(space.pairs().map((pair) => [nameOf(pair), pair]));
  const chosen = [...seeds];
  for (const seed of seeds) strike(open, space.pairsIn(seed));
  for (const first of openPairs(open)) {
    const combination = space.fill(first, open);
    strike(open, space.pairsIn(combination));
    chosen.push(combination);
  }
  return withoutNeedless(chosen, seeds.length, space);
}

/** Every pair of facts, by name, that a combination of these factors can hold; for tests and for counting. */
export function possiblePairs(factors: readonly Factor[]): readonly string[] {
  return new Space(factors).pairs().map(nameOf);
}

/** The pairs, by name, that one combination holds. */
export function pairsOf(factors: readonly Factor[], combination: Combination): readonly string[] {
  return new Space(factors).pairsIn(combination);
}

function nameOf([a, b]: Pair): string {
  const turned = a.at === b.at ? a.text > b.text : a.at > b.at;
  const [one, other] = turned ? [b, a] : [a, b];
  return `${one.at} ${one.text} + ${other.at} ${other.text}`;
}

/** Those that are still open when their turn comes. */
function* openPairs(open: ReadonlyMap<string, Pair>): Generator<Pair> {
  for (;;) {
    const [next] = open.values();
    if (next === undefined) return;
    yield next;
  }
}

function strike(open: Map<string, Pair>, names: readonly string[]): void {
  for (const name of names) open.delete(name);
}

/** Later combinations often hold all that an earlier one was made for. */
function withoutNeedless(all: readonly Combination[], kept: number, space: Space): readonly Combination[] {
  const names = all.map((one) => space.pairsIn(one));
  const times = new Map<string, number>();
  for (const name of names.flat()) times.set(name, (times.get(name) ?? 0) + 1);
  return all.filter((_, index) => {
    const own = names[index] ?? [];
    if (index < kept || own.some((name) => times.get(name) === 1)) return true;
    for (const name of own) times.set(name, (times.get(name) ?? 0) - 1);
    return false;
  });
}

/** All combinations that the factors allow, never listed. */
class Space {
  readonly #factors: readonly Factor[];
  /** For each factor, the places of those before it that it hangs on, directly or not. */
  readonly #roots: readonly ReadonlySet<number>[];

  constructor(factors: readonly Factor[]) {
    this.#factors = factors;
    const roots: ReadonlySet<number>[] = [];
    for (const { needs } of factors) {
      const direct = factors.flatMap(({ key }, at) => (at < roots.length && needs.includes(key) ? [at] : []));
      roots.push(new Set(direct.flatMap((at) => [at, ...(roots[at] ?? [])])));
    }
    this.#roots = roots;
  }

  /** The pairs that some combination holds. Pairs within one list (`has a`, `has b`) are pairs as well. */
  pairs(): readonly Pair[] {
    const facts = this.#factors.map((factor, at) => this.#factsAt(factor, at));
    const flat = facts.flat();
    const pairs = flat.flatMap((one, index) => flat.slice(index + 1).map((other): Pair => [one, other]));
    return pairs.filter((pair) => this.#find(pair) !== undefined);
  }

  pairsIn(combination: Combination): readonly string[] {
    const before: Record<string, Value> = {};
    const facts = this.#factors.flatMap((factor, at) => {
      const options = factor.options(before);
      const value = combination[factor.key] ?? factor.off;
      before[factor.key] = options.length === 0 ? factor.off : value;
      return factsOf(factor, options.length === 0 ? undefined : value).map((text): Fact => ({ at, text }));
    });
    return facts.flatMap((one, index) => facts.slice(index + 1).map((other) => nameOf([one, other])));
  }

  /** A whole combination that holds `pair` and, as far as one look at each question sees, most of the open pairs. */
  fill(pair: Pair, open: ReadonlyMap<string, Pair>): Combination {
    let done: Combination = {};
    const held: Fact[] = [...pair];
    for (const [at, factor] of this.#factors.entries()) {
      const options = factor.options(done);
      const gains = new Map(options.map((one) => [one, this.#gain(held, { at, factor, value: one }, open)]));
      const ranked = options.toSorted((a, b) => (gains.get(b) ?? 0) - (gains.get(a) ?? 0));
      const wanted = wantedAt(pair, at);
      const fits = (one: Value): boolean =>
        holds(factor, one, wanted) && this.#find(pair, { ...done, [factor.key]: one }, at + 1) !== undefined;
      const value = ranked.find(fits);
      held.push(...factsOf(factor, options.length === 0 ? undefined : value).map((text) => ({ at, text })));
      done = { ...done, [factor.key]: value ?? factor.off };
    }
    return done;
  }

  #gain(
    held: readonly Fact[],
    { at, factor, value }: { readonly at: number; readonly factor: Factor; readonly value: Value },
    open: ReadonlyMap<string, Pair>,
  ): number {
    const facts = factsOf(factor, value).map((text): Fact => ({ at, text }));
    const others = [...held, ...facts];
    return facts.flatMap((one) => others.filter((other) => open.has(nameOf([other, one])))).length;
  }

  /** Every fact that the factor has under some answers before it. */
  #factsAt(factor: Factor, at: number): readonly Fact[] {
    const found = new Set<string>();
    for (const before of this.#walk({ places: this.#roots[at] ?? new Set() }, {}, 0)) {
      const options = factor.options(before);
      if (options.length === 0) found.add(unasked);
      for (const value of options) for (const text of factor.facts(value)) found.add(text);
    }
    return [...found].map((text) => ({ at, text }));
  }

  /** Answers to the questions that decide whether `pair` can be, going on from `done` at the place `from`; undefined when it can't. */
  #find(pair: Pair, done: Combination = {}, from = 0): Combination | undefined {
    const places = new Set(pair.flatMap(({ at }) => [at, ...(this.#roots[at] ?? [])]));
    const [found] = this.#walk({ places, pair }, done, from);
    return found;
  }

  /** The ways to answer the questions at `places` such that the facts of `pair` hold. */
  *#walk(
    search: { readonly places: ReadonlySet<number>; readonly pair?: Pair },
    done: Combination,
    from: number,
  ): Generator<Combination> {
    const factor = this.#factors[from];
    if (!factor) {
      yield done;
      return;
    }
    if (!search.places.has(from)) {
      yield* this.#walk(search, done, from + 1);
      return;
    }
    const wanted = wantedAt(search.pair ?? [], from);
    const options = factor.options(done);
    for (const value of options.length === 0 ? [undefined] : options) {
      if (!holds(factor, value, wanted)) continue;
      yield* this.#walk(search, { ...done, [factor.key]: value ?? factor.off }, from + 1);
    }
  }
}

const factsOf = (factor: Factor, value: Value | undefined): readonly string[] =>
  value === undefined ? [unasked] : factor.facts(value);

const wantedAt = (pair: readonly Fact[], place: number): readonly string[] =>
  pair.filter(({ at }) => at === place).map(({ text }) => text);

function holds(factor: Factor, value: Value | undefined, wanted: readonly string[]): boolean {
  const facts = factsOf(factor, value);
  return wanted.every((text) => facts.includes(text));
}
