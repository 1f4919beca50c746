/** One file of a project: what it holds, and what its own text is told of the others. */
import { isSameList } from '../ends';
import type { Lead, Others } from '../others';
import type { Question } from '../question';
import type { Spec } from '../spec';
import { pathFrom, targetOf } from './address';
import type { Finder } from './reach';

type Announced = Question & { changed: number };

const quiet = (): Announced => ({ changed: 0, refresh: () => undefined });
const nowhere: ReadonlySet<string> = new Set();

/** The files of a description. */
interface Family {
  readonly home: ProjectFile | undefined;
  readonly members: readonly Spec[];
}

export class ProjectFile implements Others {
  readonly address: string;
  readonly #finder: Finder;
  /** What is in it; undefined when it was not read yet, or is not there. */
  spec: Spec | undefined;
  isMissing = false;
  /** Why it could not be had, though something is there. */
  fault: string | undefined;
  /** Whether somebody has it open: then what is saved does not count. */
  isOpen = false;
  isDescription = false;
  /** Counts the texts that were put here, so that a late one is known to be late. */
  texts = 0;
  /** The text that was asked whether it is a description, and found to be none. */
  looked: string | undefined;
  /** What it was taken for when it was looked at last. */
  expectation = '';
  /** What those ask who look into it from elsewhere. */
  readonly question = quiet();
  /** What is asked about who belongs together. */
  readonly #membership = quiet();
  readonly #usage = quiet();
  #home: ProjectFile | undefined;
  #members: readonly Spec[] = [];
  #used: ReadonlySet<string> = nowhere;

  constructor(address: string, finder: Finder) {
    this.address = address;
    this.#finder = finder;
  }

  get home(): Spec {
    this.#note(this.#membership);
    const home = this.#home?.spec ?? this.spec;
    if (home === undefined)
      throw new Error(`${this.address} was asked for its description before it was read.`);
    return home;
  }

  get members(): readonly Spec[] {
    this.#note(this.#membership);
    return this.#members;
  }

  get usedFromElsewhere(): ReadonlySet<string> {
    this.#note(this.#usage);
    return this.#used;
  }

  /** Whether its description is in several files. */
  get isShared(): boolean {
    return this.#members.length > 1;
  }

  leadOf(ref: string): Lead {
    const target = targetOf(this.address, ref);
    if (target.kind === 'url' || target.kind === 'file-url') return { kind: 'refused', why: target.kind };
    this.#note(this.#finder.folders);
    this.#note(this.#membership);
    const home = this.#home?.address ?? this.address;
    const why = this.#finder.refusalOf({ home, from: this.address, to: target.address });
    if (why !== undefined) return { kind: 'refused', why };
    const file = this.#finder.find(target.address);
    this.#note(file?.question ?? this.#membership);
    // Whatever leads on is known, unless there was too much of it.
    if (file === undefined) return { kind: 'refused', why: 'many' };
    const name = pathFrom(this.address, target.address);
    if (file.fault !== undefined) return { kind: 'faulty', name, fault: file.fault };
    if (file.isMissing) return { kind: 'missing', name };
    const { spec } = file;
    return spec === undefined ? { kind: 'unread' } : { kind: 'file', name, pointer: target.pointer, spec };
  }

  specAt(address: string): Spec | undefined {
    return this.#finder.find(address)?.spec;
  }

  /** Takes note of who belongs together and what others refer to; gives whether that is news, and for more than one file. */
  belongs(
    { home, members }: Family,
    used: ReadonlySet<string> = nowhere,
    round: number,
  ): { readonly isAny: boolean; readonly isShared: boolean } {
    const wasShared = this.isShared;
    const isMoved = this.#home !== home || !isSameList(members, this.#members);
    const isUsed = used.size !== this.#used.size || [...used].some((one) => !this.#used.has(one));
    this.#home = home;
    this.#members = members;
    this.#used = used;
    if (isMoved) this.#membership.changed = round;
    if (isUsed) this.#usage.changed = round;
    return {
      isAny: isMoved || isUsed,
      isShared: isUsed || (isMoved && (wasShared || this.isShared)),
    };
  }

  #note(question: Question): void {
    this.spec?.note(question);
  }
}
