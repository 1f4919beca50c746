import { constants } from 'node:fs';
import { access, chmod, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemCode } from '../../base/errors';
import type { FileEdit, Recovered, Trees } from '../../base/ports';
import { isAlive, statOf, syncFolder, writeAll } from './durable';
import { ownName } from './own-name';
import type { Journal, JournalStep } from './tree-journal';
import {
  digestOf,
  discard,
  findAt,
  finish,
  isInside,
  journalName,
  listName,
  markName,
  readList,
  writeList,
} from './tree-journal';

/** A journal that nobody touched for so long has no owner any more, whatever process has its number now. */
const longestChange = 10 * 60_000;
const never = new AbortController().signal;
/** The folders that this process changes at the moment. */
const busy = new Set<string>();

const refuse = (code: string, path: string): Error =>
  Object.assign(new Error(`${code}: ${path}`), { code, path });

/** See `Trees.change`. */
export const change: Trees['change'] = async (dir, edits, { signal }) => {
  signal.throwIfAborted();
  const outside = edits.find((edit) => !isInside(edit.path));
  if (outside) throw refuse('EINVAL', outside.path);
  return alone(dir, async () => {
    await endKilled(dir);
    return edits.length === 0 ? [] : changeAlone(dir, edits, signal);
  });
};

/** See `Trees.recover`. */
export const recover: Trees['recover'] = (dir) => alone(dir, () => endKilled(dir));

async function alone<T>(dir: string, work: () => Promise<T>): Promise<T> {
  if (busy.has(dir)) throw refuse('EBUSY', dir);
  busy.add(dir);
  try {
    return await work();
  } finally {
    busy.delete(dir);
  }
}

async function changeAlone(
  dir: string,
  edits: readonly FileEdit[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const journal = await openJournal(dir, edits);
  try {
    await stage(dir, journal, { edits, signal });
    await check(dir, edits);
    signal.throwIfAborted();
    await rename(join(dir, journalName, listName), join(dir, journalName, markName));
  } catch (error) {
    await discard(dir, journal);
    throw error;
  }
  await syncFolder(join(dir, journalName));
  return finish(dir, journal);
}

/** Makes the journal with its list in one step, so that nobody ever finds one without an owner. */
async function openJournal(dir: string, edits: readonly FileEdit[]): Promise<Journal> {
  const made = join(dir, `${journalName}-${ownName()}`);
  const steps = edits.map((edit, index): JournalStep => ({
    path: edit.path,
    seen: edit.seen && digestOf(edit.seen),
    staged: edit.next && String(index),
  }));
  try {
    await mkdir(made);
    const { ino: inode } = await stat(made);
    const journal: Journal = { pid: process.pid, inode, folders: await absentFolders(dir, edits), steps };
    await writeAll(made, [{ path: listName, bytes: writeList(journal), executable: false }], never);
    await rename(made, join(dir, journalName));
    return journal;
  } catch (error) {
    await rm(made, { recursive: true, force: true });
    throw ['ENOTEMPTY', 'EEXIST'].includes(systemCode(error) ?? '') ? refuse('EBUSY', dir) : error;
  }
}

/** The folders that the new files need and that are not there, the outermost first. */
async function absentFolders(dir: string, edits: readonly FileEdit[]): Promise<readonly string[]> {
  const absent = new Set<string>();
  for (const { path, next } of edits) {
    const parts = path.split('/').slice(0, -1);
    for (let depth = 1; next && depth <= parts.length; depth++) {
      const folder = parts.slice(0, depth).join('/');
      if (!(await statOf(join(dir, folder)))) absent.add(folder);
    }
  }
  return [...absent].toSorted((a, b) => a.length - b.length);
}

/** Writes everything that needs room on the disk: new contents, and the folders that they will stand in. */
async function stage(
  dir: string,
  journal: Journal,
  { edits, signal }: { readonly edits: readonly FileEdit[]; readonly signal: AbortSignal },
): Promise<void> {
  // What is handed in may have a path of its own; here it is called by its number.
  const staged = edits.flatMap(({ next }, index) => (next ? { ...next, path: String(index) } : []));
  await writeAll(join(dir, journalName), staged, signal);
  for (const { path, executable } of staged) {
    const before = await statOf(join(dir, edits[Number(path)]?.path ?? ''));
    if (before?.isFile() !== true) continue;
    const mode = executable ? before.mode | ((before.mode & 0o444) >> 2) : before.mode & ~0o111;
    await chmod(join(dir, journalName, path), mode & 0o777);
  }
  await syncFolder(join(dir, journalName));
  for (const folder of journal.folders) {
    if (!('digest' in (await findAt(dir, `${folder}/-`)))) continue;
    // A file that goes may stand where the folder will.
    if (await statOf(dirname(join(dir, folder)))) await makeFolder(join(dir, folder));
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (!['EEXIST', 'ENOTDIR'].includes(systemCode(error) ?? '')) throw error;
  }
}

/** Throws when a file is not as it was seen, or when renaming would fail. */
async function check(dir: string, edits: readonly FileEdit[]): Promise<void> {
  const { dev } = await stat(dir);
  const going = new Set(edits.flatMap(({ path, next }) => (next ? [] : [path])));
  for (const { path, seen, next } of edits) {
    if (next && (await isBlocked(dir, path, going))) throw refuse('ENOTDIR', path);
    const found = await findAt(dir, path);
    if (!('digest' in found)) throw refuse(found.refused, path);
    if (found.digest !== (seen && digestOf(seen))) throw refuse('ECHANGED', path);
    const parent = dirname(join(dir, path));
    const stats = await statOf(parent);
    if (stats?.isDirectory() !== true) continue;
    if (stats.dev !== dev) throw refuse('EXDEV', path);
    await access(parent, constants.W_OK | constants.X_OK);
  }
}

/** Whether a file that stays stands where a folder is needed. */
async function isBlocked(dir: string, path: string, going: ReadonlySet<string>): Promise<boolean> {
  const parts = path.split('/');
  for (let depth = 1; depth < parts.length; depth++) {
    const parent = parts.slice(0, depth).join('/');
    const stats = await statOf(join(dir, parent));
    if (stats?.isFile() === true) return !going.has(parent);
  }
  return false;
}

async function endKilled(dir: string): Promise<Recovered | undefined> {
  await sweep(dir);
  const folder = join(dir, journalName);
  const stats = await statOf(folder);
  if (!stats) return undefined;
  const marked = await readList(folder, markName);
  const journal = marked ?? (await readList(folder, listName));
  if (journal && (await isOwned(folder, journal.pid))) throw refuse('EBUSY', dir);
  if (marked) return { outcome: 'finished', kept: await finish(dir, marked) };
  await discard(dir, journal);
  return { outcome: 'discarded', kept: [] };
}

async function isOwned(folder: string, pid: number): Promise<boolean> {
  const touched = (await statOf(folder))?.mtimeMs ?? 0;
  return pid !== process.pid && isAlive(pid) && Date.now() - touched < longestChange;
}

/** Takes away what was made for a journal by processes that were killed before it was one. */
async function sweep(dir: string): Promise<void> {
  if (!(await statOf(dir))) return;
  for (const name of await readdir(dir)) {
    if (!name.startsWith(`${journalName}-`)) continue;
    const pid = Number(/-(\d+)-[0-9a-f]{8}$/.exec(name)?.[1] ?? Number.NaN);
    const isLeft = pid === process.pid || !isAlive(pid);
    if (isLeft && !Number.isNaN(pid)) await rm(join(dir, name), { recursive: true, force: true });
  }
}
