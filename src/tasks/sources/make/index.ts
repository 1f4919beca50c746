// The make source: lists the targets of a Makefile as GNU make would see them, and runs nothing to do so.
// Pure: text comes in through the Files port. reader.ts is the way in; load.ts feeds it.
// To extend: a function of make in functions/, a directive in reader.ts, a piece of knowledge about commands in answers.ts.
import { basename, dirname } from '../../../base/paths';
import type { Parameter, Task, TaskList } from '../../task';
import type { TaskSource } from '../source';
import { makeAsking } from './ask';
import { entryNames } from './builtins';
import { loadMakefile } from './load';
import type { Makefile, Target } from './makefile';
import { isActionName } from './names';
import { parametersOf } from './parameters';
import { parsePattern, stemOf } from './patterns';

export const makeSource: TaskSource = {
  id: 'make',
  title: 'make',
  files: entryNames,
  program: ['make'],
  setting: 'tasks.makeCommand',
  asking: makeAsking,
  async list(world, dir) {
    const entries = await world.files.list(dir);
    const names = new Set(entries.filter((one) => one.kind !== 'directory').map((one) => one.name));
    const name = entryNames.find((one) => names.has(one));
    return name === undefined
      ? undefined
      : makeSource.read(world, dir === '/' ? `/${name}` : `${dir}/${name}`);
  },
  async read({ files, env, machine }, entry) {
    const makefile = await loadMakefile(files, entry, {
      ...(env ? { environment: env } : {}),
      ...(machine ? { machine } : {}),
    });
    return makefile && listOf(makefile);
  },
  commandLine({ entry, target, args, program: [file = 'make', ...first] }) {
    const name = basename(entry);
    return {
      file,
      args: [
        ...first,
        ...(entryNames.some((one) => one === name) ? [] : ['-f', name]),
        ...args,
        ...(target.startsWith('-') ? ['--'] : []),
        target,
      ],
      cwd: dirname(entry),
    };
  },
};

function listOf(makefile: Makefile): TaskList {
  const targets = new Map(makefile.targets.map((target) => [target.name, target]));
  return {
    source: 'make',
    entry: makefile.entry,
    tasks: makefile.targets.map((target) => taskOf(target, makefile)),
    unresolved: makefile.unresolved.map(({ name, place }) => ({ name, ...place })),
    dependsOn: [...makefile.files, ...makefile.missing.map(({ path }) => path)],
    truncated: makefile.truncated,
    isAsked: false,
    makefile,
    patterns: makefile.patterns.map((target) => taskOf(target, makefile)),
    accepts: (name) => makefile.patterns.some((one) => stemOf(parsePattern(one.name), name) !== undefined),
    parametersOf(task): readonly Parameter[] {
      const target = targets.get(task.name);
      return target ? parametersOf(target, makefile) : [];
    },
  };
}

function taskOf(target: Target, { entry, defaultGoal }: Makefile): Task {
  return {
    name: target.name,
    source: 'make',
    file: target.place.file,
    range: target.place.range,
    description: target.description,
    section: target.section,
    entry,
    isAction: target.pattern ? isActionPattern(target) : target.phony || isActionName(target.name),
    isDefault: target.name === defaultGoal,
    get prerequisites() {
      return target.prerequisites;
    },
    get recipe() {
      return target.recipe;
    },
  };
}

/** `deploy-%` is something to do; `%.o` and `build/%` make files. */
function isActionPattern({ name, hasRecipe }: Target): boolean {
  return hasRecipe && /[A-Za-z]/.test(name) && /^[\w%@+-]+$/.test(name);
}
