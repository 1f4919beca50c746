import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isObject, isString } from '../../base/json';
import { removeEmpty, statOf, syncFolder } from './durable';

/** Where a change is prepared, in the folder that it changes. */
export const journalName = '.servicewright-update';
/** What will be done; it is there before anything else is. */
export const listName = 'list.json';
/** The same list, renamed: from here on the change is complete, at the latest when somebody recovers it. */
export const markName = 'committed.json';

/** One file to change. Hashes are SHA-256 in hex; `staged` is the name of the new content in the journal. */
export interface JournalStep {
  readonly path: string;
  readonly seen: string | undefined;
  readonly staged: string | undefined;
}

export interface Journal {
  readonly pid: number;
  /** The journal's own inode: a list that came with somebody's repository is not one of this machine's. */
  readonly inode: number;
  /** Folders that were absent before, the outermost first. */
  readonly folders: readonly string[];
  readonly steps: readonly JournalStep[];
}

export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What stands at a path of a folder: a file's hash, nothing, or what can't be written to. */
export type Found = { readonly digest: string | undefined } | { readonly refused: 'ELOOP' | 'EISDIR' };

/** Looks at `path` below `dir` without following any link below `dir`. */
export async function findAt(dir: string, path: string): Promise<Found> {
  const segments = path.split('/');
  for (let depth = 1; depth <= segments.length; depth++) {
    const stats = await statOf(join(dir, ...segments.slice(0, depth)));
    if (!stats) return { digest: undefined };
    if (stats.isSymbolicLink()) return { refused: 'ELOOP' };
    if (depth === segments.length) {
      if (!stats.isFile()) return { refused: 'EISDIR' };
      return { digest: digestOf(await readFile(join(dir, path))) };
    }
    if (!stats.isDirectory()) return { digest: undefined };
  }
  return { digest: undefined };
}

/** Whether a path stays in the folder and out of its `.git` and its journal. */
export function isInside(path: string): boolean {
  if (path.includes('\\') || path.includes(':') || path.includes('\0')) return false;
  return path
    .split('/')
    .every(
      (part) => !['', '.', '..'].includes(part) && !/^(\.git|git~\d+|\.servicewright-update.*)$/i.test(part),
    );
}

export function writeList(journal: Journal): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(journal)}\n`);
}

/** Reads the list of a journal; undefined when there is none, or when it is not one that this machine wrote there. */
export async function readList(folder: string, name: string): Promise<Journal | undefined> {
  const [stats, list] = await Promise.all([statOf(folder), statOf(join(folder, name))]);
  if (!stats?.isDirectory() || !list?.isFile()) return undefined;
  const journal = parseList(await readFile(join(folder, name), 'utf8'));
  return journal?.inode === stats.ino ? journal : undefined;
}

function parseList(text: string): Journal | undefined {
  const value = parseJson(text);
  if (!isObject(value)) return undefined;
  const { pid, inode, folders, steps } = value;
  if (typeof pid !== 'number' || typeof inode !== 'number') return undefined;
  if (!Array.isArray(folders) || !Array.isArray(steps)) return undefined;
  const paths = folders.filter(isString).filter(isInside);
  const read = steps.map(parseStep).filter((step) => step !== undefined);
  return read.length === steps.length ? { pid, inode, folders: paths, steps: read } : undefined;
}

/** A list that was cut off in the middle is no list. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function parseStep(value: unknown): JournalStep | undefined {
  if (!isObject(value) || !isString(value['path']) || !isInside(value['path'])) return undefined;
  const { path, seen, staged } = value;
  if (isString(staged) && !/^\d+$/.test(staged)) return undefined;
  return { path, seen: isString(seen) ? seen : undefined, staged: isString(staged) ? staged : undefined };
}

/** Does what the marked journal of `dir` says, as far as it is not done yet, and takes it away. Gives the paths that were left alone. */
export async function finish(dir: string, journal: Journal): Promise<readonly string[]> {
  const kept: string[] = [];
  // Those that go are first: a file may take the place of a folder, or a folder that of a file.
  const goes = journal.steps.filter((step) => step.staged === undefined);
  const comes = journal.steps.filter((step) => step.staged !== undefined);
  for (const step of goes) if (!(await remove(dir, step))) kept.push(step.path);
  for (const { path } of goes) await removeEmptyAround(dir, path);
  const touched = new Set<string>();
  for (const step of comes) {
    if (!(await place(dir, step))) kept.push(step.path);
    touched.add(dirname(join(dir, step.path)));
  }
  for (const folder of touched) if (await statOf(folder)) await syncFolder(folder);
  await rm(join(dir, journalName), { recursive: true, force: true });
  return kept;
}

async function remove(dir: string, { path, seen }: JournalStep): Promise<boolean> {
  const found = await findAt(dir, path);
  if (!('digest' in found)) return false;
  if (found.digest === undefined) return true;
  if (found.digest !== seen) return false;
  await unlink(join(dir, path));
  return true;
}

/** Puts a new content into its place, unless that was done before. */
async function place(dir: string, { path, seen, staged = '' }: JournalStep): Promise<boolean> {
  const from = join(dir, journalName, staged);
  if (!(await statOf(from))) return true;
  const found = await findAt(dir, path);
  if (!('digest' in found) || found.digest !== seen) return false;
  const to = join(dir, path);
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to);
  return true;
}

async function removeEmptyAround(dir: string, path: string): Promise<void> {
  const parents = path.split('/').slice(0, -1);
  if (parents.length > 0) await removeEmpty(join(dir, ...parents), join(dir, parents[0] ?? ''));
}

/** Takes away a journal without a mark, and the folders that it made. */
export async function discard(dir: string, journal: Journal | undefined): Promise<void> {
  for (const folder of journal?.folders.toReversed() ?? []) {
    const at = join(dir, folder);
    if ('digest' in (await findAt(dir, `${folder}/-`)) && (await statOf(at))?.isDirectory() === true)
      await removeEmpty(at, at);
  }
  await rm(join(dir, journalName), { recursive: true, force: true });
}
