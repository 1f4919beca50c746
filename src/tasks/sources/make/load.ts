import { dirname } from '../../../base/paths';
import type { Entry, Files } from '../../../base/ports';
import { knownAnswers } from './answers';
import type { Machine } from '../../machine';
import type { Makefile } from './makefile';
import { readMakefile } from './reader';

export interface LoadOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly machine?: Machine;
}

/** More rounds than this are an include chain that no project has. */
const mostRounds = 32;
const atOnce = 16;

/**
 * Reads a Makefile and everything it includes; undefined when `entry` is not there.
 * The reader is synchronous, files are not: it reads with what is loaded, says what it missed, and reads again when that is here.
 * Each round goes one include deeper. Throws the system's error when `entry` itself can't be read.
 */
export async function loadMakefile(
  files: Files,
  entry: string,
  options: LoadOptions,
): Promise<Makefile | undefined> {
  const directory = dirname(entry);
  const text = await files.readText(entry);
  if (text === undefined) return undefined;
  const disk = createDisk(files, new Map([[entry, text]]));
  for (let round = 1; ; round++) {
    const makefile = readMakefile({
      entry,
      directory,
      read: disk.read,
      list: disk.list,
      shell: knownAnswers(directory, options.machine, disk.list),
      ...(options.environment ? { environment: options.environment } : {}),
    });
    const missed = disk.takeMissed();
    if (missed.texts.length === 0 && missed.folders.length === 0) return makefile;
    if (round === mostRounds) return { ...makefile, truncated: true };
    await disk.load(missed.texts, missed.folders);
  }
}

interface Disk {
  readonly read: (path: string) => string | undefined;
  readonly list: (directory: string) => readonly string[] | undefined;
  load(texts: readonly string[], folders: readonly string[]): Promise<void>;
  /** What was asked for and is not loaded, once. */
  takeMissed(): { readonly texts: readonly string[]; readonly folders: readonly string[] };
}

function createDisk(files: Files, texts: Map<string, string | undefined>): Disk {
  const folders = new Map<string, readonly string[] | undefined>();
  const missedTexts = new Set<string>();
  const missedFolders = new Set<string>();
  return {
    read(path) {
      if (!texts.has(path)) missedTexts.add(path);
      return texts.get(path);
    },
    list(directory) {
      if (!folders.has(directory)) missedFolders.add(directory);
      return folders.get(directory);
    },
    async load(paths, dirs) {
      await inParts(paths, async (path) => texts.set(path, await orNothing(files.readText(path))));
      await inParts(dirs, async (dir) => folders.set(dir, (await orNothing(files.list(dir)))?.map(nameOf)));
    },
    takeMissed() {
      const missed = { texts: [...missedTexts], folders: [...missedFolders] };
      missedTexts.clear();
      missedFolders.clear();
      return missed;
    },
  };
}

function nameOf(entry: Entry): string {
  return entry.kind === 'directory' ? `${entry.name}/` : entry.name;
}

async function inParts<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < items.length; from += atOnce)
    await Promise.all(items.slice(from, from + atOnce).map(work));
}

/** An included file that can't be read (a folder, no permission) is one that make could not read either. */
async function orNothing<T>(work: Promise<T>): Promise<T | undefined> {
  return work.catch(() => undefined);
}
