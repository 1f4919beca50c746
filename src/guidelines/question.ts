/**
 * What a rule asked beyond the node it looks at. Answers are kept, and asked again when the document has changed: only what an answer
 * that changed has gone into is worked out anew.
 */

/** Something that was asked, and may be answered otherwise one day. */
export interface Question {
  /** The round in which its answer changed last. */
  readonly changed: number;
  /** Asks again, once a round. */
  refresh(round: number): void;
}

/** Something worked out, with what was asked for it. */
export interface Cell<T> {
  readonly value: T;
  readonly asked: readonly Question[] | undefined;
  readonly round: number;
}

/** Whether an answer that went into a cell has changed since. */
export function isStale({ asked, round }: Cell<unknown>, now: number): boolean {
  if (asked === undefined) return false;
  for (let at = 0; at < asked.length; at += 1) {
    const question = asked[at];
    if (question === undefined) continue;
    question.refresh(now);
    if (question.changed > round) return true;
  }
  return false;
}

/** Notes what is asked while something is worked out. */
export class Notebook {
  round = 1;
  /** Set for a document that nobody edits: its answers stay, so nothing has to be noted. */
  isFinal = false;
  #asked: Set<Question> | undefined;
  /** What had been asked for what is being worked out around this. */
  readonly #outer: (Set<Question> | undefined)[] = [];

  note(question: Question): void {
    if (this.#outer.length > 0 && !this.isFinal) (this.#asked ??= new Set()).add(question);
  }

  /** From here on it is noted what is asked, until `end`. */
  begin(): void {
    this.#outer.push(this.#asked);
    this.#asked = undefined;
  }

  /** What was asked since `begin`; undefined when nothing was. */
  end(): readonly Question[] | undefined {
    const asked = this.#asked;
    this.#asked = this.#outer.pop();
    return asked && [...asked];
  }

  /** Works something out and gives it with what was asked for it. */
  record<T>(work: () => T): Cell<T> {
    this.begin();
    let asked: readonly Question[] | undefined;
    let value: T;
    try {
      value = work();
    } finally {
      asked = this.end();
    }
    return { value, asked, round: this.round };
  }
}

/** An answer that is worked out from others, and counts as changed only when it is another. */
export class Derived<T> implements Question {
  readonly #notebook: Notebook;
  readonly #work: () => T;
  readonly #isSame: (a: T, b: T) => boolean;
  #cell: Cell<T> | undefined;
  #seen = 0;
  changed = 0;

  constructor(notebook: Notebook, work: () => T, isSame: (a: T, b: T) => boolean) {
    this.#notebook = notebook;
    this.#work = work;
    this.#isSame = isSame;
  }

  refresh(round: number): void {
    if (this.#seen === round) return;
    this.#seen = round;
    if (this.#cell !== undefined && !isStale(this.#cell, round)) return;
    const cell = this.#notebook.record(this.#work);
    const isNews = this.#cell === undefined || !this.#isSame(this.#cell.value, cell.value);
    // The older of two equal values stays: who holds it can go on comparing by identity.
    this.#cell = isNews || this.#cell === undefined ? cell : { ...cell, value: this.#cell.value };
    if (isNews) this.changed = round;
  }

  /** Forgets an answer that nobody asked for since a round, and gives whether it did: such a one holds what is long out of the document. */
  forget(since: number): boolean {
    if (this.#cell === undefined || this.#seen >= since) return false;
    this.#cell = undefined;
    return true;
  }

  answer(): T {
    this.refresh(this.#notebook.round);
    this.#notebook.note(this);
    const cell = this.#cell;
    if (cell === undefined) throw new Error('An answer was asked for while it was being worked out.');
    return cell.value;
  }
}
