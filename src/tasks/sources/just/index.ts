// The just source: the recipes of a justfile, of what it imports and of its modules, read line by line.
// Pure: text comes in through the Files port. just itself may be asked (dump.ts); that runs nothing.
// To extend: a statement in reader.ts, a part of a recipe's first line in header.ts.
import { basename, dirname } from '../../../base/paths';
import type { Machine } from '../../machine';
import type { Parameter, Task, TaskList } from '../../task';
import type { TaskSource } from '../source';
import { justAsking } from './dump';
import type { Loaded, LoadedRecipe } from './load';
import { loadJustfile } from './load';

const files = ['justfile', 'Justfile', '.justfile', 'JUSTFILE'] as const;

export const justSource: TaskSource = {
  id: 'just',
  title: 'just',
  files,
  program: ['just'],
  setting: 'tasks.justCommand',
  asking: justAsking,
  async list(world, dir) {
    const names = new Set((await world.files.list(dir)).map(({ name }) => name));
    const name = files.find((one) => names.has(one));
    return name === undefined
      ? undefined
      : justSource.read(world, dir === '/' ? `/${name}` : `${dir}/${name}`);
  },
  async read(world, entry) {
    const loaded = await loadJustfile(world.files, entry);
    return loaded && listOf(entry, loaded, world.machine);
  },
  /** What follows the name are the recipe's own arguments. */
  commandLine({ entry, target, args, program: [file = 'just', ...first] }) {
    const name = basename(entry);
    const isUsual = files.some((one) => one === name);
    return {
      file,
      args: [...first, ...(isUsual ? [] : ['--justfile', name]), target, ...args],
      cwd: dirname(entry),
    };
  },
};

function listOf(entry: string, loaded: Loaded, machine: Machine | undefined): TaskList {
  const here = loaded.recipes.filter((recipe) => isFor(recipe, machine));
  const byPath = new Map<string, LoadedRecipe>();
  // In one file a later recipe takes the place of an earlier one; one that is imported never does.
  for (const recipe of here)
    if ((byPath.get(recipe.path)?.file ?? recipe.file) === recipe.file) byPath.set(recipe.path, recipe);
  const recipes = [...byPath.values()];
  const first = here.find((recipe) => !recipe.path.includes('::'));
  return {
    source: 'just',
    entry,
    tasks: recipes
      .filter((recipe) => !recipe.isPrivate)
      .map((recipe) => taskOf(recipe, entry, recipe.path === first?.path)),
    unresolved: loaded.unresolved,
    dependsOn: loaded.files,
    truncated: loaded.truncated,
    isAsked: false,
    patterns: [],
    accepts: (name) => byPath.has(name) || loaded.aliases.includes(name),
    parametersOf: (task) => byPath.get(task.name)?.parameters.map(parameterOf) ?? [],
  };
}

function parameterOf({ name, default: value }: LoadedRecipe['parameters'][number]): Parameter {
  const text = value === undefined ? undefined : (/^(['"])(.*)\1$/.exec(value)?.[2] ?? value);
  return { name, kind: 'argument', default: text };
}

function taskOf(recipe: LoadedRecipe, entry: string, isDefault: boolean): Task {
  const { path, file, range, description, group, dependencies, body } = recipe;
  return {
    name: path,
    source: 'just',
    file,
    range,
    description,
    section: group ?? (path.includes('::') ? path.slice(0, path.lastIndexOf('::')) : undefined),
    entry,
    isAction: true,
    isDefault,
    prerequisites: dependencies,
    recipe: body,
  };
}

const platforms: Readonly<Record<string, string>> = { darwin: 'macos', win32: 'windows' };

function isFor({ systems }: LoadedRecipe, machine: Machine | undefined): boolean {
  if (systems.length === 0 || !machine) return true;
  const name = platforms[machine.platform] ?? machine.platform;
  return systems.includes(name) || (name !== 'windows' && systems.includes('unix'));
}
