import { sha256 } from '../../base/hash';
import type { TemplateRecord } from '../record';
import type { Ours } from './content';
import type { ServiceFolder } from './folder';
import { findMoves } from './moves';
import type { Pair } from './pair';
import type { Rendered } from './rendered';

/** A pair, and where it stands in the service. */
export interface Placed extends Pair {
  readonly at: string;
  /** It stays at this path, whatever the template calls it. */
  readonly isMoved: boolean;
  /** Where the template put it, when the person moved it. */
  readonly movedFrom?: string;
  readonly ours: Ours;
}

export interface Placing {
  readonly record: TemplateRecord;
  readonly base: Rendered | undefined;
  readonly theirs: Rendered;
  readonly folder: ServiceFolder;
}

/** Finds where each file stands: in its old place, in the new one, or where the person moved it. */
export async function place(pairs: readonly Pair[], input: Placing): Promise<readonly Placed[]> {
  const { folder, record, base, theirs } = input;
  const standing = await Promise.all(pairs.map(async (pair) => placeOne(pair, folder)));
  const known = new Set([
    ...theirs.files.keys(),
    ...(base?.files.keys() ?? []),
    ...Object.keys(record.files),
  ]);
  const all = standing.flat();
  const missing = all.flatMap(({ before, after, ours }) => {
    // What the template gave up is not looked for: wherever the person put it, it stays.
    if (before === undefined || after === undefined || ours !== undefined) return [];
    return [{ path: before, hash: record.files[before], bytes: base?.files.get(before)?.bytes }];
  });
  const hashed = missing.map(async (one) => ({
    ...one,
    hash: one.hash ?? (one.bytes && (await sha256(one.bytes))),
  }));
  const moves = await findMoves(await Promise.all(hashed), known, folder);
  return Promise.all(
    all.map(async (one) => {
      const to = one.before === undefined ? undefined : moves.get(one.before);
      return to === undefined
        ? one
        : { ...one, at: to, isMoved: true, movedFrom: one.before ?? to, ours: await folder.read(to) };
    }),
  );
}

async function placeOne(pair: Pair, folder: ServiceFolder): Promise<readonly Placed[]> {
  const { before, after } = pair;
  const placed = async (one: Pair, at: string): Promise<Placed> => ({
    ...one,
    at,
    isMoved: false,
    ours: await folder.read(at),
  });
  if (before === undefined || after === undefined || before === after.path)
    return [await placed(pair, before ?? after?.path ?? '')];
  const [old, now] = await Promise.all([placed(pair, before), placed(pair, after.path)]);
  // A name that only changes its case is one file on many systems; it keeps its name.
  if (before.toLowerCase() === after.path.toLowerCase()) return [{ ...old, isMoved: true }];
  if (now.ours === undefined) return [old];
  if (old.ours === undefined) return [now];
  // Both are there: the old one goes as one that the template no longer has, the new one came by itself.
  return [
    { ...old, after: undefined },
    { ...now, before: undefined },
  ];
}
