/** Which parts asked what beyond themselves: after an edit most answers are as they were, and only who asked for the others is looked at. */
import { commonEnds, isSameList } from './ends';
import type { Known, Linked } from './known';
import type { Cell, Question } from './question';

export class Askers {
  readonly #byQuestion = new Map<Question, Set<Known>>();
  /** What each part is noted under. */
  readonly #noted = new Map<Known, readonly Question[]>();
  /** Those that came in since `settle`. */
  #fresh: Known[] = [];
  #settled: readonly Known[] = [];
  /** The round up to which everybody who asked was told. */
  #round = 0;

  /** Takes note of what a part asked, instead of what it asked before. */
  note(known: Known): void {
    const { asked = [] } = known.asked;
    const before = this.#noted.get(known) ?? [];
    if (isSameList(before, asked)) return;
    if (before.length === 0) this.#fresh.push(known);
    this.#drop(known);
    this.#noted.set(known, asked);
    for (const question of asked) {
      const askers = this.#byQuestion.get(question);
      if (askers === undefined) this.#byQuestion.set(question, new Set([known]));
      else askers.add(known);
    }
  }

  /** Asks everything again; gives the parts that asked something of which the answer has changed since `settle`. */
  stale(round: number): ReadonlySet<Known> {
    const found = new Set<Known>();
    for (const [question, askers] of this.#byQuestion) {
      question.refresh(round);
      if (question.changed > this.#round) for (const one of askers) found.add(one);
    }
    return found;
  }

  /** Takes note that all these parts, and no others, were told what had changed up to a round. */
  settle(list: readonly Known[], round: number): void {
    const { front, back } = commonEnds(this.#settled, list);
    const between = new Set(list.slice(front, list.length - back));
    const gone = this.#settled.slice(front, this.#settled.length - back);
    for (const known of gone) if (!between.has(known)) this.#drop(known);
    for (const known of this.#fresh) if (!between.has(known) && !list.includes(known)) this.#drop(known);
    this.#fresh = [];
    this.#settled = list;
    this.#round = round;
  }

  #drop(known: Known): void {
    for (const question of this.#noted.get(known) ?? []) {
      const askers = this.#byQuestion.get(question);
      askers?.delete(known);
      if (askers?.size === 0) this.#byQuestion.delete(question);
    }
    this.#noted.delete(known);
  }
}

/** All that was asked for what is known of a part, together. */
export function askedFor(linked: readonly Linked[], round: number): Cell<undefined> {
  const asked = new Set<Question>();
  for (const { cell } of linked) for (const one of cell.asked ?? []) asked.add(one);
  return { value: undefined, asked: [...asked], round };
}
