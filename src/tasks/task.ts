import type { Range } from '../base/text';
import type { Makefile } from './sources/make/makefile';

/** The tools whose targets are tasks. */
export type SourceId = 'make' | 'just' | 'task';

export type TaskGroup = 'build' | 'test' | 'clean';

/** Something that a run may be given: a variable by name (`NAME=value`), or an argument by its place. */
export interface Parameter {
  readonly name: string;
  readonly kind: 'variable' | 'argument';
  /** The value without it, as written; undefined when the file names none. */
  readonly default: string | undefined;
}

/** One thing that a person can run: a target of a Makefile, a recipe of a justfile, a task of a Taskfile. */
export interface Task {
  readonly name: string;
  readonly source: SourceId;
  /** Absolute path of the file that holds the target. */
  readonly file: string;
  /** Where its name stands in `file`. */
  readonly range: Range;
  readonly description: string | undefined;
  /** The heading it stands under. */
  readonly section: string | undefined;
  /** Absolute path of the file that the tool is started with; it may include `file`. */
  readonly entry: string;
  /** An action (phony, or a plain word) rather than a file to be made. */
  readonly isAction: boolean;
  /** What the tool runs when no target is named. */
  readonly isDefault: boolean;
  /** What has to be done before it, as far as it can be known. */
  readonly prerequisites: readonly string[];
  readonly recipe: readonly string[];
}

/** What only the tool itself could name. */
export interface Unresolved {
  /** As written: `$(BINARIES)`. */
  readonly name: string;
  readonly file: string;
  readonly range: Range;
}

/** The tasks of one entry file. */
export interface TaskList {
  readonly source: SourceId;
  /** Absolute path. */
  readonly entry: string;
  readonly tasks: readonly Task[];
  readonly unresolved: readonly Unresolved[];
  /** Every file that the list depends on, also those that were looked for and are not there. */
  readonly dependsOn: readonly string[];
  /** A limit ended the reading early. */
  readonly truncated: boolean;
  /** The tool itself was asked, so that nothing is unresolved. */
  readonly isAsked: boolean;
  /** Patterns (`deploy-%`, `start:*`): each stands for many names. */
  readonly patterns: readonly Task[];
  /** Whether the tool may know `name` although it is not listed: a pattern matches it, or it is hidden from lists. */
  accepts(name: string): boolean;
  /** All that was read of a Makefile, for those who help to write it. */
  readonly makefile?: Makefile;
  /** The variables that a task reads and that are meant to be given from outside. */
  parametersOf(task: Task): readonly Parameter[];
}

const groups: Readonly<Record<TaskGroup, RegExp>> = {
  test: /^(test|tests|check)([-_.:/]|$)|[-_.:/]tests?$/,
  build: /^(build|compile|all)([-_.:/]|$)|[-_.:/]build$/,
  clean: /^(clean|distclean|mostlyclean)([-_.:/]|$)|[-_.:/]clean$/,
};

/** The group of *Run Task* that a name suggests. */
export function groupOf(name: string): TaskGroup | undefined {
  if (groups.test.test(name)) return 'test';
  if (groups.build.test(name)) return 'build';
  return groups.clean.test(name) ? 'clean' : undefined;
}
