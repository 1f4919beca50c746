import { builtinVariables, usualEnvironment } from './builtins';
import type { Place } from './place';
import { unknown, wordsOf } from './text';

/** Where a value came from; a stronger origin is not overwritten by a weaker one (manual, 8.10). */
export type Origin = 'default' | 'environment' | 'file' | 'override' | 'automatic';

export interface Variable {
  /** Unexpanded when `recursive`. */
  readonly value: string;
  readonly recursive: boolean;
  readonly origin: Origin;
}

/** `NAME ?= value`: a variable that is meant to be given from outside. */
export interface Default {
  readonly name: string;
  readonly value: string;
  readonly place: Place;
}

/** What the variables became in one branch of a condition: undefined for one that was undefined. */
export type Changes = ReadonlyMap<string, Variable | undefined>;

export interface Variables {
  /** Changes whenever any value does: what was worked out under the same version is still true. */
  readonly version: number;
  get(name: string): Variable | undefined;
  /** Assigns unless the variable has a stronger origin; undefined removes it. */
  set(name: string, variable: Variable | undefined): void;
  /** Runs `work` while `values` hide the variables of the same names (`foreach`, `call`, `let`). */
  withLocals<T>(values: ReadonlyMap<string, string>, work: () => T): T;
  /** From here changes are collected, until `endBranch` takes them back and gives them. */
  beginBranch(): void;
  endBranch(): Changes;
  /** Joins branches of which any may be the true one; unless `exhaustive`, none may be. What differs becomes unknown. */
  merge(branches: readonly Changes[], exhaustive: boolean): void;
}

const strength: Readonly<Record<Origin, number>> = {
  default: 0,
  environment: 1,
  file: 2,
  override: 3,
  automatic: 4,
};

/** The variables of a make that starts in `directory`; without `environment` the usual ones are there, their values unknown. */
export function createVariables(
  directory: string,
  environment: Readonly<Record<string, string | undefined>> | undefined,
): Variables {
  const values = initialValues(directory, environment);
  const journals: Map<string, Variable | undefined>[] = [];
  let version = 0;

  const put = (name: string, variable: Variable | undefined): void => {
    const journal = journals.at(-1);
    if (journal && !journal.has(name)) journal.set(name, values.get(name));
    store(name, variable);
  };
  const store = (name: string, variable: Variable | undefined): void => {
    version++;
    if (variable === undefined) values.delete(name);
    else values.set(name, variable);
  };

  return {
    get version() {
      return version;
    },
    get: (name) => values.get(name),
    set(name, variable) {
      const old = values.get(name);
      if (old && variable && strength[old.origin] > strength[variable.origin]) return;
      put(name, variable);
    },
    withLocals(locals, work) {
      const hidden = [...locals.keys()].map((name) => [name, values.get(name)] as const);
      for (const [name, value] of locals) store(name, { value, recursive: false, origin: 'automatic' });
      const result = work();
      for (const [name, old] of hidden) store(name, old);
      return result;
    },
    beginBranch: () => void journals.push(new Map()),
    endBranch() {
      const journal = journals.pop() ?? new Map<string, Variable | undefined>();
      const changes = new Map([...journal.keys()].map((name) => [name, values.get(name)] as const));
      for (const [name, old] of journal) store(name, old);
      return changes;
    },
    merge(branches, exhaustive) {
      for (const name of new Set(branches.flatMap((branch) => [...branch.keys()]))) {
        const base = values.get(name);
        const ends = branches.map((branch) => (branch.has(name) ? branch.get(name) : base));
        put(name, mergeAll(exhaustive ? ends : [base, ...ends]));
      }
    },
  };
}

function initialValues(
  directory: string,
  environment: Readonly<Record<string, string | undefined>> | undefined,
): Map<string, Variable> {
  const values = new Map<string, Variable>();
  for (const [name, value] of Object.entries(builtinVariables(directory)))
    values.set(name, { value, recursive: value.includes('$'), origin: 'default' });
  if (!environment) {
    for (const name of usualEnvironment)
      values.set(name, { value: unknown, recursive: false, origin: 'environment' });
    return values;
  }
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined || ownNames.has(name)) continue;
    values.set(name, { value, recursive: true, origin: 'environment' });
  }
  return values;
}

/** Names that make sets itself, whatever the environment says; PWD is what a shell in the directory would say. */
const ownNames: ReadonlySet<string> = new Set([
  'CURDIR',
  'MAKE',
  'MAKECMDGOALS',
  'MAKEFILE_LIST',
  'MAKEFLAGS',
  'MAKELEVEL',
  'MAKE_COMMAND',
  'MFLAGS',
  'PWD',
  'SHELL',
]);

function mergeAll(ends: readonly (Variable | undefined)[]): Variable | undefined {
  return ends.reduce((a, b) => (a && b ? merged(a, b) : merged(b ?? a, undefined)));
}

/** Keeps the words that both begin with; the rest is unknown. A variable that one branch leaves undefined is empty there. */
function merged(one: Variable | undefined, other: Variable | undefined): Variable | undefined {
  if (!one) return undefined;
  if (!other) return { ...one, value: commonStart('', one.value) };
  if (one.value === other.value && one.recursive === other.recursive) return one;
  if (one.recursive !== other.recursive) return { ...one, value: unknown, recursive: false };
  return { ...one, value: commonStart(one.value, other.value) };
}

function commonStart(a: string, b: string): string {
  if (a.includes('$(') || a.includes('${'))
    return a !== '' && b.startsWith(`${a} `) ? `${a} ${unknown}` : unknown;
  const words = wordsOf(b);
  const same: string[] = [];
  for (const word of wordsOf(a)) {
    if (words[same.length] !== word) break;
    same.push(word);
  }
  return [...same, unknown].join(' ');
}
