import { dirname, join } from '../../../base/paths';
import type { Files } from '../../../base/ports';
import type { Unresolved } from '../../task';
import type { IncludeEntry, TaskEntry, Taskfile } from './document';

/** Names of entry files, in the order in which task looks for them. */
export const entryNames = [
  'Taskfile.yml',
  'taskfile.yml',
  'Taskfile.yaml',
  'taskfile.yaml',
  'Taskfile.dist.yml',
  'taskfile.dist.yml',
  'Taskfile.dist.yaml',
  'taskfile.dist.yaml',
] as const;

export interface LoadedTask extends TaskEntry {
  readonly file: string;
  /** With its namespaces: `docs:serve`. */
  readonly path: string;
}

export interface Loaded {
  readonly tasks: readonly LoadedTask[];
  readonly files: readonly string[];
  /** Includes whose file only task can name: templates, remote ones. */
  readonly unresolved: readonly Unresolved[];
  readonly truncated: boolean;
}

const mostFiles = 200;

interface State {
  readonly files: Files;
  readonly parse: (text: string) => Taskfile;
  readonly tasks: LoadedTask[];
  readonly seen: Set<string>;
  readonly unresolved: Unresolved[];
  opened: number;
}

/** Reads a Taskfile and what it includes; undefined when it is not there. Throws the system's error when the entry can't be read. */
export async function loadTaskfile(files: Files, entry: string): Promise<Loaded | undefined> {
  const text = await files.readText(entry);
  if (text === undefined) return undefined;
  const { readTaskfile } = await import('./document');
  const state: State = { files, parse: readTaskfile, tasks: [], seen: new Set(), unresolved: [], opened: 0 };
  await readInto(state, { path: entry, text }, { prefix: '', isInternal: false, excludes: [], open: [] });
  const { tasks, seen, unresolved } = state;
  return { tasks, files: [...seen], unresolved, truncated: state.opened > mostFiles };
}

interface Place {
  readonly prefix: string;
  readonly isInternal: boolean;
  readonly excludes: readonly string[];
  /** The files around, so that one that includes itself ends. */
  readonly open: readonly string[];
}

interface Found {
  readonly path: string;
  readonly text: string;
}

async function readInto(state: State, { path, text }: Found, place: Place): Promise<void> {
  state.seen.add(path);
  state.opened++;
  if (place.open.includes(path) || state.opened > mostFiles) return;
  const { tasks, includes } = state.parse(text);
  for (const task of tasks) {
    if (place.excludes.includes(task.name)) continue;
    const isInternal = task.isInternal || place.isInternal;
    state.tasks.push({ ...task, isInternal, file: path, path: place.prefix + task.name });
  }
  for (const one of includes) {
    const found = await find(state, path, one);
    if (found)
      await readInto(state, found, {
        prefix: one.isFlat ? place.prefix : `${place.prefix}${one.name}:`,
        isInternal: place.isInternal || one.isInternal,
        excludes: one.excludes,
        open: [...place.open, path],
      });
  }
}

async function find(state: State, from: string, one: IncludeEntry): Promise<Found | undefined> {
  if (one.path.includes('{{') || /^(https?|git|ssh):|\.git(\/\/|$)/.test(one.path)) {
    state.unresolved.push({ name: `${one.name}: ${one.path}`, file: from, range: one.range });
    return undefined;
  }
  const path = one.path.startsWith('/') ? join(one.path) : join(dirname(from), one.path);
  const inFolder = /\.ya?ml$/.test(path) ? [] : entryNames.map((name) => `${path}/${name}`);
  for (const candidate of [path, ...inFolder]) {
    const text = await state.files.readText(candidate).catch(() => undefined);
    if (text !== undefined) return { path: candidate, text };
  }
  state.seen.add(inFolder[0] ?? path);
  return undefined;
}
