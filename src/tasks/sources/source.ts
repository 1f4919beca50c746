import type { CommandLine, Files, Finished } from '../../base/ports';
import type { SettingName } from '../../base/settings';
import type { Machine } from '../machine';
import type { SourceId, TaskList } from '../task';

/** What a source may know of the world; a `World` is one. */
export interface SourceWorld {
  readonly files: Files;
  /** The environment that the tool would run in. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where the tool would run, for answers that are the same on every such machine (`uname`). */
  readonly machine?: Machine;
}

/** What to run. */
export interface TaskRun {
  /** Absolute path of the entry file. */
  readonly entry: string;
  readonly target: string;
  readonly args: readonly string[];
  /** The program and its first arguments. */
  readonly program: readonly string[];
}

/** How the tool itself is asked for its list. */
export interface Asking {
  /** Whether that runs code that the files hold: then only a person in a trusted workspace may ask. */
  readonly runsCode: boolean;
  commandLine(list: TaskList, program: readonly string[]): CommandLine;
  /** The list with what the tool said; undefined when that is no list. */
  merge(list: TaskList, said: Finished): TaskList | undefined;
}

/** A tool whose tasks can be listed without running anything. One file (or folder) per source; `test/contract` runs on each. */
export interface TaskSource {
  readonly id: SourceId;
  /** For people: `make`. */
  readonly title: string;
  /** Names of entry files, the preferred one first. */
  readonly files: readonly string[];
  /** The setting that names the program. */
  readonly setting: SettingName & `tasks.${string}Command`;
  readonly asking: Asking;
  /** The command that runs a task when the settings name no other. */
  readonly program: readonly string[];
  /** The tasks of the entry file in `dir`; undefined when it holds none. Throws the system's error when it can't be read. */
  list(world: SourceWorld, dir: string): Promise<TaskList | undefined>;
  /** The tasks of one entry file, whatever its name. */
  read(world: SourceWorld, entry: string): Promise<TaskList | undefined>;
  commandLine(run: TaskRun): CommandLine;
}
