/** Asking make itself for its targets. That reads the Makefile for real: `$(shell …)` runs, files may be made. */
import { dirname, join, relative } from '../../../base/paths';
import type { Task, TaskList } from '../../task';
import type { Asking } from '../source';
import type { DatabaseTarget } from './database';
import { parseDatabase } from './database';
import { isActionName } from './names';

/** What another make may have left in the environment, and what would translate the data base. */
export const cleanEnvironment: Readonly<Record<string, string | undefined>> = {
  LC_ALL: 'C',
  LANGUAGE: undefined,
  MAKEFLAGS: undefined,
  GNUMAKEFLAGS: undefined,
  MFLAGS: undefined,
  MAKELEVEL: undefined,
  MAKEFILES: undefined,
  MAKEOVERRIDES: undefined,
  MAKE_TERMOUT: undefined,
  MAKE_TERMERR: undefined,
};

export const makeAsking: Asking = {
  runsCode: true,
  commandLine(list, [file = 'make', ...first]) {
    const dir = dirname(list.entry);
    // Makefiles that are goals are not remade before they are read, and their rules do not run under `-q`.
    const goals = list.dependsOn.map((path) => relative(dir, path)).filter((name) => !/[=\s]/.test(name));
    const entry = relative(dir, list.entry);
    return {
      file,
      args: [...first, '-pRrq', '-f', entry, '--', ...goals],
      cwd: dir,
      env: cleanEnvironment,
    };
  },
  merge(list, { stdout }) {
    const database = parseDatabase(stdout);
    if (!database) return undefined;
    const known = new Map(list.tasks.map((task) => [task.name, task]));
    const goals = new Set(list.dependsOn.map((path) => relative(dirname(list.entry), path)));
    const targets = database.targets.filter(
      ({ name }) => known.has(name) || (!isSuffixRule(name) && !goals.has(name)),
    );
    const names = new Set(targets.map(({ name }) => name));
    return {
      ...list,
      tasks: [
        ...list.tasks.filter(({ name }) => names.has(name)),
        ...targets.filter(({ name }) => !known.has(name)).map((target) => taskOf(target, list)),
      ],
      unresolved: [],
      isAsked: true,
    };
  },
};

/** make was asked without its own suffixes, so it takes `.c.o` for a file. */
function isSuffixRule(name: string): boolean {
  return /^\.[^/.]+(\.[^/.]+)?$/.test(name);
}

/** A target whose name only make knew stands where the reader found a name that it could not know. */
function taskOf(target: DatabaseTarget, list: TaskList): Task {
  const at = target.recipeAt;
  const file = at ? placeOf(at.file, list) : list.entry;
  const line = at?.line ?? 0;
  const head = list.unresolved.findLast((one) => one.file === file && one.range.start.line <= line);
  const start = { line, character: 0 };
  return {
    name: target.name,
    source: 'make',
    file,
    range: head?.range ?? { start, end: start },
    description: undefined,
    section: undefined,
    entry: list.entry,
    isAction: target.phony || isActionName(target.name),
    isDefault: false,
    prerequisites: target.prerequisites,
    recipe: target.recipe,
  };
}

function placeOf(file: string, list: TaskList): string {
  return file.startsWith('/') ? join(file) : join(dirname(list.entry), file);
}
