import * as vscode from 'vscode';
import { messageOf } from '../../../base/errors';
import { filesOf } from '../../../platform/vscode/files';
import type { TasksHost } from '../vscode';
import { askQuietly } from './asking';
import type { Entry } from './entries';
import type { FoundList } from './targets';

export type Read = (entry: Entry) => Promise<FoundList | undefined>;

/** The lists that were wanted last, each read once. */
export interface ListCache {
  readonly read: Read;
  put(found: FoundList): void;
  /** Drops what depends on one of the files. */
  forget(paths: ReadonlySet<string>): Promise<void>;
  /**
   * Drops the lists whose files were written since they were read, and says whether there were any. The editor's watcher does not tell of
   * every change: it misses folders that were just made, and those that `files.watcherExclude` names.
   */
  compareWithDisk(): Promise<boolean>;
  clear(): void;
}

interface Kept {
  readonly found: FoundList | undefined;
  /** When the files were last written, as they were read; nobody who wants the list waits for it. */
  readonly written: Promise<string>;
}

const mostKept = 600;

export function createListCache(host: TasksHost): ListCache {
  const lists = new Map<string, Promise<Kept>>();
  const dropWhere = async (isStale: (kept: Kept) => boolean | Promise<boolean>): Promise<boolean> => {
    const drops = [...lists].map(async ([key, reading]) => {
      const drop = (await isStale(await reading)) && lists.get(key) === reading;
      if (drop) lists.delete(key);
      return drop;
    });
    return (await Promise.all(drops)).includes(true);
  };
  return {
    async read(entry) {
      const key = entry.uri.toString();
      const reading = lists.get(key) ?? keep(host, entry);
      lists.delete(key);
      lists.set(key, reading);
      const [oldest] = lists.keys();
      if (lists.size > mostKept && oldest !== undefined) lists.delete(oldest);
      return (await reading).found;
    },
    put(found) {
      lists.set(found.entry.uri.toString(), Promise.resolve({ found, written: writtenOf(found) }));
    },
    async forget(paths) {
      await dropWhere(({ found }) => !found || found.list.dependsOn.some((path) => paths.has(path)));
    },
    compareWithDisk: () =>
      dropWhere(
        async ({ found, written }) => found !== undefined && (await writtenOf(found)) !== (await written),
      ),
    clear: () => lists.clear(),
  };
}

async function keep(host: TasksHost, entry: Entry): Promise<Kept> {
  const found = await readList(host, entry);
  return { found, written: found ? writtenOf(found) : Promise.resolve('') };
}

/** Time and size of each file that a list depends on, in one text to compare with. */
async function writtenOf({ entry, list }: FoundList): Promise<string> {
  const stats = list.dependsOn.map(async (path) => {
    try {
      const { mtime, size } = await vscode.workspace.fs.stat(entry.uri.with({ path }));
      return `${mtime} ${size}`;
    } catch {
      // Gone, or not to be asked: reading it says why.
      return '';
    }
  });
  return (await Promise.all(stats)).join('\n');
}

async function readList(host: TasksHost, entry: Entry): Promise<FoundList | undefined> {
  const { source, uri } = entry;
  try {
    const { env, machine } = host;
    const list = await source.read({ files: filesOf(uri), env, machine }, uri.path);
    return list && { entry, list: await askQuietly(host, entry, list) };
  } catch (error) {
    host.world.log.warn(`${uri.path} can’t be read: ${messageOf(error)}`);
    return undefined;
  }
}
