// The task source: the tasks of a Taskfile and of what it includes, with their places in the YAML.
// Pure: text comes in through the Files port. document.ts is the one file that knows YAML, and is loaded when a Taskfile is read.
// To extend: a field of a task in document.ts, a kind of include in load.ts.
import { basename, dirname } from '../../../base/paths';
import type { Parameter, Task, TaskList } from '../../task';
import type { TaskSource } from '../source';
import { sectionOf, taskAsking } from './ask';
import type { Loaded, LoadedTask } from './load';
import { entryNames, loadTaskfile } from './load';

export const taskSource: TaskSource = {
  id: 'task',
  title: 'task',
  files: entryNames,
  program: ['task'],
  setting: 'tasks.taskCommand',
  asking: taskAsking,
  async list(world, dir) {
    const names = new Set((await world.files.list(dir)).map(({ name }) => name));
    const name = entryNames.find((one) => names.has(one));
    return name === undefined
      ? undefined
      : taskSource.read(world, dir === '/' ? `/${name}` : `${dir}/${name}`);
  },
  async read({ files }, entry) {
    const loaded = await loadTaskfile(files, entry);
    return loaded && listOf(entry, loaded);
  },
  commandLine({ entry, target, args, program: [file = 'task', ...first] }) {
    const name = basename(entry);
    const isUsual = entryNames.some((one) => one === name);
    return {
      file,
      args: [...first, ...(isUsual ? [] : ['--taskfile', name]), target, ...args],
      cwd: dirname(entry),
    };
  },
};

function listOf(entry: string, loaded: Loaded): TaskList {
  const byPath = new Map<string, LoadedTask>();
  for (const task of loaded.tasks) if (!byPath.has(task.path)) byPath.set(task.path, task);
  const open = [...byPath.values()].filter(({ isInternal }) => !isInternal);
  const isPattern = ({ path }: LoadedTask): boolean => path.includes('*');
  const aliases = new Set(
    open.flatMap(({ path, name, aliases }) => aliases.map((alias) => path.slice(0, -name.length) + alias)),
  );
  return {
    source: 'task',
    entry,
    tasks: open.filter((task) => !isPattern(task)).map((task) => taskOf(task, entry)),
    unresolved: loaded.unresolved,
    dependsOn: loaded.files,
    truncated: loaded.truncated,
    isAsked: false,
    patterns: open.filter(isPattern).map((task) => taskOf(task, entry)),
    accepts: (name) =>
      aliases.has(name) ||
      byPath.has(`${name}:default`) ||
      open.some((task) => isPattern(task) && matchesStars(task.path, name)),
    parametersOf: (task) => parametersOf(byPath.get(task.name)),
  };
}

function matchesStars(pattern: string, name: string): boolean {
  const source = pattern.split('*').map((part) => part.replaceAll(/[\\^$.|+()[\]{}?]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`).test(name);
}

/** What has to be given, then what the commands read of the command line. */
function parametersOf(task: LoadedTask | undefined): readonly Parameter[] {
  return (task?.requires ?? []).map((name) => ({ name, kind: 'variable', default: undefined }));
}

function taskOf({ path, file, range, description, dependencies, commands }: LoadedTask, entry: string): Task {
  return {
    name: path,
    source: 'task',
    file,
    range,
    description,
    section: sectionOf(path),
    entry,
    isAction: true,
    isDefault: path === 'default',
    prerequisites: dependencies,
    recipe: commands,
  };
}
