import { basename } from '../../base/paths';
import { diffLines } from '../merge/diff';
import { hashesOf, isFile, textIn } from './content';
import type { ServiceFolder } from './folder';

/** A managed file that is not where the template put it. */
export interface Missing {
  readonly path: string;
  /** The hash of what the template gave. */
  readonly hash: string | undefined;
  /** What the template gave, where it can be had. */
  readonly bytes: Uint8Array | undefined;
}

/** Files so small are alike by chance. */
const leastBytes = 40;
/** How much of the file must still be there, of its lines. */
const leastShared = 0.5;

/**
 * Where the person moved files to: where the recorded hash is found in the service, else the most similar file of the same name.
 * `known` are paths of the template, which are nobody's moves. Gives the new path by the old one.
 */
export async function findMoves(
  missing: readonly Missing[],
  known: ReadonlySet<string>,
  folder: ServiceFolder,
): Promise<ReadonlyMap<string, string>> {
  const moves = new Map<string, string>();
  if (missing.length === 0) return moves;
  const free = new Set((await folder.list()).filter((path) => !known.has(path)));
  const take = (one: Missing, found: string | undefined): void => {
    if (found === undefined) return;
    free.delete(found);
    moves.set(one.path, found);
  };
  const hashes = await hashesBelow(free, missing, folder);
  for (const one of missing)
    take(one, one.hash === undefined ? undefined : hashes.get(one.hash)?.find((path) => free.has(path)));
  for (const one of missing.filter(({ path }) => !moves.has(path)))
    take(one, await byName(one, free, folder));
  return moves;
}

const endOf = (path: string): string => /\.[^./]+$/.exec(path)?.[0] ?? basename(path);

/** The files of the same kinds by their hashes: who renames a file seldom changes what kind it is. */
async function hashesBelow(
  paths: ReadonlySet<string>,
  missing: readonly Missing[],
  folder: ServiceFolder,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const ends = new Set(missing.map(({ path }) => endOf(path)));
  const found = new Map<string, string[]>();
  for (const path of paths) {
    const file = ends.has(endOf(path)) ? await folder.read(path) : undefined;
    if (!isFile(file) || file.bytes.length < leastBytes) continue;
    for (const hash of await hashesOf(file.bytes)) found.set(hash, [...(found.get(hash) ?? []), path]);
  }
  return found;
}

async function byName(
  { path, bytes }: Missing,
  paths: ReadonlySet<string>,
  folder: ServiceFolder,
): Promise<string | undefined> {
  const text = bytes && textIn(bytes);
  if (text === undefined || text.length < leastBytes) return undefined;
  const alike: { readonly path: string; readonly shared: number }[] = [];
  for (const candidate of paths) {
    if (basename(candidate) !== basename(path)) continue;
    const file = await folder.read(candidate);
    const other = isFile(file) ? textIn(file.bytes) : undefined;
    if (other !== undefined) alike.push({ path: candidate, shared: sharedPart(text, other) });
  }
  const best = alike.toSorted((a, b) => b.shared - a.shared)[0];
  return best && best.shared >= leastShared ? best.path : undefined;
}

/** How many of the lines of both are in both, from 0 to 1. */
function sharedPart(one: string, other: string): number {
  const [a, b] = [one.split(/\r?\n/), other.split(/\r?\n/)];
  const removed = diffLines(a, b).reduce((sum, hunk) => sum + hunk.aEnd - hunk.aStart, 0);
  return (2 * (a.length - removed)) / (a.length + b.length);
}
