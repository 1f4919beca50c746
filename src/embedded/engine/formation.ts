import { noSuchProcess } from '../errors';
import { closeTarget } from '../run/target';
import type { Supervisor } from '../run/supervisor';
import type { AppParts, Booted } from './boot';
import type { Quantities } from './quantities';
import type { ReleaseRecord } from './records';
import type { Slot } from './slot';
import { drainSlot, startSlot } from './slot';

/** The supervised processes of one release. */
export interface Formation {
  readonly release: ReleaseRecord;
  readonly processes: readonly Supervisor[];
  /** Starts what is missing, and ends what is too much once its requests have ended. Whoever waits knows that the latter is done. */
  scale(quantities: Quantities): Promise<void>;
  /** Starts the processes, those of one type or the one of that name, again: each `web` once its successor answers. Throws what booting throws. */
  restart(dyno: string | undefined): Promise<void>;
  /** From now on nothing is started again and the router is left alone. */
  retire(): void;
  /** Waits until the requests under way have ended; `false` when the time was over, or `signal` fired, first. */
  drain(signal: AbortSignal): Promise<boolean>;
  stop(): Promise<void>;
}

/** Supervises the processes of a release; `booted` are the `web` processes that were started for it, the others are started here. */
// oxlint-disable-next-line max-params
export function createFormation(
  parts: AppParts,
  release: ReleaseRecord,
  quantities: Quantities,
  booted: readonly Booted[] = [],
): Formation {
  const formation = new Slots(parts, release);
  for (const one of booted)
    formation.put(startSlot(parts, release, { type: 'web', n: numberOf(one), booted: one }));
  void formation.scale(quantities);
  return formation;
}

class Slots implements Formation {
  readonly release: ReleaseRecord;
  readonly #parts: AppParts;
  #slots: readonly Slot[] = [];
  /** What was taken out and is still ending. */
  readonly #ending = new Set<Promise<void>>();

  constructor(parts: AppParts, release: ReleaseRecord) {
    this.#parts = parts;
    this.release = release;
  }

  get processes(): readonly Supervisor[] {
    return this.#slots.map((one) => one.supervisor);
  }

  put(slot: Slot): void {
    this.#slots = [...this.#slots.filter((one) => one.dyno !== slot.dyno), slot].toSorted(byPlace);
  }

  async scale(quantities: Quantities): Promise<void> {
    const tooMany = this.#slots.filter((one) => one.n > (quantities[one.type] ?? 0));
    for (const [type, quantity] of Object.entries(quantities))
      for (let n = 1; n <= quantity; n++)
        if (!this.#slots.some((one) => one.type === type && one.n === n))
          this.put(startSlot(this.#parts, this.release, { type, n }));
    const ended = tooMany.map((slot) => this.#takeOut(slot));
    this.#parts.changed();
    await Promise.all(ended);
  }

  async restart(dyno: string | undefined): Promise<void> {
    const wanted = this.#slots.filter((one) => dyno === undefined || one.dyno === dyno || one.type === dyno);
    if (dyno !== undefined && wanted.length === 0)
      throw noSuchProcess(
        dyno,
        this.#slots.map((one) => one.dyno),
      );
    for (const slot of wanted) {
      this.put(await slot.successor());
      await this.#takeOut(slot);
      this.#parts.changed();
    }
  }

  retire(): void {
    for (const one of this.#slots) one.retire();
  }

  async drain(signal: AbortSignal): Promise<boolean> {
    const { drain } = this.#parts.context.timing;
    const all = await Promise.all(this.#slots.map((one) => drainSlot(this.#parts, one, drain, signal)));
    return all.every(Boolean);
  }

  async stop(): Promise<void> {
    const { grace } = this.#parts.context.timing;
    // Idle connections that we keep open would be waited for by servers that end gracefully (gunicorn: 2 s).
    for (const { target } of this.#slots) if (target) closeTarget(target);
    await Promise.all([...this.#slots.map((one) => one.stop(grace)), ...this.#ending]);
  }

  #takeOut(slot: Slot): Promise<void> {
    this.#slots = this.#slots.filter((one) => one !== slot);
    const { drain, grace } = this.#parts.context.timing;
    const over = drainSlot(this.#parts, slot, drain, new AbortController().signal)
      .then(() => slot.stop(grace))
      .finally(() => this.#ending.delete(over));
    this.#ending.add(over);
    return over;
  }
}

const numberOf = ({ instance }: Booted): number => Number(instance.dyno.split('.')[1] ?? 1);

/** `web` first, the others by name, each by number. */
function byPlace(a: Slot, b: Slot): number {
  const rank = (one: Slot): string => `${one.type === 'web' ? 0 : 1}${one.type}`;
  return rank(a) === rank(b) ? a.n - b.n : rank(a) < rank(b) ? -1 : 1;
}
