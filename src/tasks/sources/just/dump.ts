/** What `just --dump --dump-format json` says: every recipe as just itself reads it. It evaluates nothing and runs no recipe. */
import { isObject } from '../../../base/json';
import { basename, dirname } from '../../../base/paths';
import type { Task, TaskList } from '../../task';
import type { Asking } from '../source';

export const justAsking: Asking = {
  runsCode: false,
  commandLine: ({ entry }, [file = 'just', ...first]) => ({
    file,
    args: [...first, '--justfile', basename(entry), '--dump', '--dump-format', 'json'],
    cwd: dirname(entry),
  }),
  merge(list, { exitCode, stdout }) {
    const recipes = exitCode === 0 ? readDump(stdout) : undefined;
    if (!recipes) return undefined;
    const known = new Map(list.tasks.map((task) => [task.name, task]));
    const listed = recipes.filter(({ isPrivate }) => !isPrivate);
    const names = new Set(listed.map(({ path }) => path));
    const added = listed.filter(({ path }) => !known.has(path)).map((one) => taskOf(one, list));
    return {
      ...list,
      tasks: [...list.tasks.filter(({ name }) => names.has(name)), ...added],
      unresolved: [],
      isAsked: true,
    };
  },
};

interface DumpedRecipe {
  readonly path: string;
  readonly doc: string | undefined;
  readonly isPrivate: boolean;
}

/** undefined when it is not what just prints. */
function readDump(text: string): readonly DumpedRecipe[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && isObject(value['recipes']) ? recipesIn(value, '') : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function recipesIn(module: unknown, prefix: string): readonly DumpedRecipe[] {
  if (!isObject(module)) return [];
  const { recipes, modules } = module;
  const own = entriesOf(recipes).map(([name, recipe]): DumpedRecipe => {
    const doc = isObject(recipe) ? recipe['doc'] : undefined;
    return {
      path: prefix + name,
      doc: typeof doc === 'string' ? doc : undefined,
      isPrivate: isObject(recipe) && recipe['private'] === true,
    };
  });
  return [...own, ...entriesOf(modules).flatMap(([name, inner]) => recipesIn(inner, `${prefix}${name}::`))];
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isObject(value) ? Object.entries(value) : [];
}

/** A recipe that the reader did not see stands at the top of the file: just tells no lines. */
function taskOf({ path, doc }: DumpedRecipe, { entry }: TaskList): Task {
  const start = { line: 0, character: 0 };
  return {
    name: path,
    source: 'just',
    file: entry,
    range: { start, end: start },
    description: doc,
    section: undefined,
    entry,
    isAction: true,
    isDefault: false,
    prerequisites: [],
    recipe: [],
  };
}
