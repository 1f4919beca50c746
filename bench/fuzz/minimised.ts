/** Makes what failed small, so that it can be told in a line and made a test. */
import type { Change } from '../../src/guidelines/document';
import type { EditRun } from '../../test/unit/guidelines/edits';
import { replay } from '../../test/unit/guidelines/edits';

const attempts = 1500;

class Shrink {
  #left = attempts;
  text: string;
  changes: readonly Change[];
  failure: string;

  constructor({ original, changes, failure }: EditRun) {
    this.text = original;
    this.changes = changes;
    this.failure = failure ?? '';
  }

  /** Takes the smaller case when it fails as well. */
  #takes(text: string, changes: readonly Change[]): boolean {
    if (changes.length === 0 || this.#left <= 0) return false;
    this.#left -= 1;
    const run = replay(text, changes);
    if (run.failure === undefined) return false;
    this.text = text;
    this.changes = run.changes;
    this.failure = run.failure;
    return true;
  }

  /** Begins with the text as it was after as many of the changes as possible. */
  startLate(): void {
    for (let kept = 1; kept < this.changes.length; kept += 1) {
      let { text } = this;
      for (const { start, end, text: added } of this.changes.slice(0, -kept))
        text = text.slice(0, start) + added + text.slice(end);
      if (this.#takes(text, this.changes.slice(-kept))) return;
    }
  }

  dropChanges(): void {
    for (let at = this.changes.length - 2; at >= 0; at -= 1)
      this.#takes(
        this.text,
        this.changes.filter((_, other) => other !== at),
      );
  }

  /** Takes out half of the text, a quarter, and so on, where no change is made. */
  cutText(): void {
    for (let size = Math.ceil(this.text.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
      for (let at = this.text.length - size; at > -size; at -= size) {
        const [start, end] = [Math.max(0, at), Math.max(0, at) + size];
        const moved = this.changes.map((one) => without(one, start, end));
        this.#takes(this.text.slice(0, start) + this.text.slice(end), moved);
      }
  }
}

/** A change as it stands once the text between `start` and `end` is gone. */
function without(change: Change, start: number, end: number): Change {
  const moved = (at: number): number => (at <= start ? at : Math.max(start, at - (end - start)));
  return { ...change, start: moved(change.start), end: moved(change.end) };
}

/** The smallest text and changes found that fail, as one line of JSON, and how. */
export function minimised(run: EditRun): string {
  const shrink = new Shrink(run);
  shrink.startLate();
  shrink.dropChanges();
  shrink.cutText();
  shrink.dropChanges();
  return `${JSON.stringify([shrink.text, ...shrink.changes])}\n  ${shrink.failure.slice(0, 600)}`;
}

/** The shortest text found with which something is still so. */
export function shortest(text: string, isSo: (text: string) => boolean): string {
  let least = text;
  let left = attempts;
  for (let size = Math.ceil(text.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = least.length - size; at >= 0 && left > 0; at -= size, left -= 1) {
      const shorter = least.slice(0, at) + least.slice(at + size);
      if (isSo(shorter)) least = shorter;
    }
  return least;
}
