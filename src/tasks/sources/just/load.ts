import { dirname, join } from '../../../base/paths';
import type { Files } from '../../../base/ports';
import type { Unresolved } from '../../task';
import type { Inclusion, Recipe } from './reader';
import { readJustfile } from './reader';

export interface LoadedRecipe extends Recipe {
  readonly file: string;
  /** With the names of its modules: `docs::serve`. */
  readonly path: string;
}

export interface Loaded {
  readonly recipes: readonly LoadedRecipe[];
  readonly aliases: readonly string[];
  readonly files: readonly string[];
  readonly unresolved: readonly Unresolved[];
  readonly truncated: boolean;
}

const mostFiles = 200;

/** Reads a justfile and what it imports; undefined when it is not there. Throws the system's error when the entry can't be read. */
export async function loadJustfile(files: Files, entry: string): Promise<Loaded | undefined> {
  const text = await files.readText(entry);
  if (text === undefined) return undefined;
  const state = { files, recipes: [], aliases: [], seen: new Set<string>(), unresolved: [] } satisfies State;
  await readInto(state, { path: entry, text, prefix: '' });
  const { recipes, aliases, seen, unresolved } = state;
  return { recipes, aliases, files: [...seen], unresolved, truncated: seen.size >= mostFiles };
}

interface State {
  readonly files: Files;
  readonly recipes: LoadedRecipe[];
  readonly aliases: string[];
  readonly seen: Set<string>;
  readonly unresolved: Unresolved[];
}

interface Source {
  readonly path: string;
  readonly text: string;
  readonly prefix: string;
}

async function readInto(state: State, { path, text, prefix }: Source): Promise<void> {
  if (state.seen.has(path) || state.seen.size >= mostFiles) return;
  state.seen.add(path);
  const justfile = readJustfile(text);
  state.aliases.push(...justfile.aliases.map((name) => prefix + name));
  for (const recipe of justfile.recipes)
    state.recipes.push({ ...recipe, file: path, path: prefix + recipe.name });
  for (const one of justfile.inclusions) {
    const inner = one.kind === 'module' ? `${prefix}${one.name}::` : prefix;
    const found = await find(state, dirname(path), one);
    if (found) await readInto(state, { ...found, prefix: inner });
  }
}

async function find(
  { files, seen }: State,
  dir: string,
  one: Inclusion,
): Promise<{ readonly path: string; readonly text: string } | undefined> {
  for (const name of candidates(one)) {
    const path = name.startsWith('/') ? join(name) : join(dir, name);
    const text = await files.readText(path).catch(() => undefined);
    if (text !== undefined) return { path, text };
    // Looked for and not there: the list is another one when it comes.
    if (one.path !== undefined) seen.add(path);
  }
  return undefined;
}

function candidates({ kind, name, path }: Inclusion): readonly string[] {
  if (kind === 'import') return path === undefined ? [] : [path];
  if (path !== undefined) return [path, `${path}/mod.just`, `${path}/justfile`];
  return [`${name}.just`, `${name}/mod.just`, `${name}/justfile`, `${name}/.justfile`];
}
