/** What a description keeps from one round to the next. */
import type { Derived, Notebook, Question } from './question';
import { SpineNode } from './spine';
import type { TreeNode } from './tree';
import type { View } from './walk';

/** Views that are there already, mostly asked for in their order. */
export class KnownViews {
  readonly #views: readonly View[];
  #next = 0;
  #byUnit: ReadonlyMap<View['unit'], View> | undefined;

  constructor(views: readonly View[]) {
    this.#views = views;
  }

  get(unit: View['unit']): View | undefined {
    const view = this.#views[this.#next];
    this.#next += 1;
    if (view?.unit === unit) return view;
    // What stood here was edited, so this is what came in its place.
    if (view !== undefined && !(view.unit instanceof SpineNode) && view.unit.isGone) return undefined;
    this.#byUnit ??= new Map(this.#views.map((one) => [one.unit, one]));
    return this.#byUnit.get(unit);
  }
}

/** The entry of a spine under a key. It is another when its chunk is, or, once chunks came or went, when another stands first. */
export class Looked implements Question {
  readonly #ask: () => TreeNode | undefined;
  readonly #notebook: Notebook;
  readonly #cutRound: () => number;
  #value: TreeNode | undefined;
  #seen = 0;
  changed = 0;

  constructor(ask: () => TreeNode | undefined, notebook: Notebook, cutRound: () => number) {
    this.#ask = ask;
    this.#notebook = notebook;
    this.#cutRound = cutRound;
  }

  refresh(round: number): void {
    if (this.#seen === round) return;
    const stays = this.#value !== undefined && !this.#value.unit.isGone && this.#cutRound() <= this.#seen;
    this.#seen = round;
    if (stays) return;
    const value = this.#ask();
    if (value !== this.#value) this.changed = round;
    this.#value = value;
  }

  answer(): TreeNode | undefined {
    this.refresh(this.#notebook.round);
    this.#notebook.note(this);
    return this.#value;
  }
}

/** For so many rounds, of which an edit is one or two, an answer is kept that nobody asks for. */
const roundsKept = 64;

/** Answers that are forgotten when nobody asked for them in many rounds: they would keep in memory what was in the document by then. */
export class Unasked {
  readonly #answers: (readonly [answer: Pick<Derived<unknown>, 'forget'>, forgotten: () => void])[] = [];

  add(answer: Pick<Derived<unknown>, 'forget'>, forgotten: () => void): void {
    this.#answers.push([answer, forgotten]);
  }

  forget(round: number): void {
    for (const [answer, forgotten] of this.#answers) if (answer.forget(round - roundsKept)) forgotten();
  }
}
