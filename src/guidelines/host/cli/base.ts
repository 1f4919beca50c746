/** What breaks callers since an older version, of all descriptions that are checked together. */
import type { CliInput, CliOption, CliContext } from '../../../base/cli';
import type { Base } from '../../breaking/base';
import { baseSteps, readBase } from '../../breaking/base';
import type { Broken } from '../../breaking/compare';
import { breakingSteps } from '../../breaking/compare';
import { BaseReader } from '../../breaking/git';
import type { Check } from '../../engine';
import type { Spec } from '../../spec';
import { finish } from '../../steps';
import type { Told } from '../../told';
import { distinct } from '../../told';
import type { Opened } from './files';

export const baseFlag: Readonly<Record<string, CliOption>> = {
  base: {
    type: 'string',
    value: '<ref>',
    description: 'Also report what breaks callers since the merge base with a branch, a tag or a commit.',
  },
};

/** Undefined when nothing is to be compared. */
export function baseReaderOf(input: CliInput, { processes }: CliContext): BaseReader | undefined {
  const ref = input.text('base');
  return ref === undefined ? undefined : new BaseReader(processes, ref);
}

interface Compared {
  readonly spec: Spec;
  readonly base: Base;
  /** What was found, and in which round of the texts. */
  found: { readonly round: number; readonly broken: Broken } | undefined;
}

export class Comparisons {
  readonly #reader: BaseReader | undefined;
  readonly #signal: AbortSignal;
  readonly #compared: Compared[] = [];
  /** The checks of all files, which say how grave things are. */
  readonly #checks = new Map<Spec, Check>();

  constructor(reader: BaseReader | undefined, signal: AbortSignal) {
    this.#reader = reader;
    this.#signal = signal;
  }

  /** Reads the older version of a description; parts have none of their own. Throws what `BaseReader.read` throws. */
  async add({ spec, file, isStdin, project }: Opened, check: Check): Promise<void> {
    this.#checks.set(spec, check);
    if (isStdin || spec.isPart) return;
    const reader = this.#reader;
    const text = await reader?.read(file, this.#signal);
    if (reader === undefined || text === undefined) return;
    const base =
      spec.others === undefined
        ? finish(baseSteps(text, spec))
        : await readBase(text, spec, {
            project,
            address: text.path,
            texts: (paths) => reader.readAll(file, paths, this.#signal),
            run: (steps) => Promise.resolve(finish(steps)),
          });
    if (base !== undefined) this.#compared.push({ spec, base, found: undefined });
  }

  /** What is to be told of in a file, as the files are now; what two descriptions lead to is told once. */
  in(file: Spec): readonly Told[] {
    return distinct(this.#compared.flatMap((one) => this.#brokenIn(one).get(file) ?? []));
  }

  #brokenIn(one: Compared): Broken {
    const { spec, base } = one;
    const { round } = spec.notebook;
    if (one.found?.round === round) return one.found.broken;
    const severityOf = (
      rule: Parameters<Check['severityOf']>[0],
      file: Spec,
    ): ReturnType<Check['severityOf']> => this.#checks.get(file)?.severityOf(rule);
    const broken = spec.isSoundAround
      ? finish(breakingSteps({ before: base.spec, after: spec, from: base.from, severityOf }))
      : new Map<Spec, readonly Told[]>();
    // Comparing may read what was edited.
    one.found = { round: spec.notebook.round, broken };
    return broken;
  }
}
