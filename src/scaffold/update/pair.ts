import type { Rename } from '../template';
import { compareVersions } from '../version';
import type { Rendered, RenderedFile } from './rendered';

/** What becomes of one managed file between two versions: where it was, where it is; one of the two may be missing. */
export interface Pair {
  readonly before: string | undefined;
  readonly after: RenderedFile | undefined;
  /** The template gives it still, but as a sample: it is the service's own now. */
  readonly isReleased: boolean;
}

export interface Versions {
  /** The recorded version; undefined where it can't be had. */
  readonly base: Rendered | undefined;
  readonly theirs: Rendered;
  /** The managed files that the service recorded. */
  readonly recorded: ReadonlySet<string>;
  readonly renames: readonly Rename[];
  readonly from: string;
}

/**
 * Pairs the managed files of two versions, and lists samples that only the new one has. A file is the same by its path, by a
 * declared rename, or by its place in the template when only an answer in its path changed.
 */
export function pairFiles(versions: Versions): readonly Pair[] {
  const { base, theirs } = versions;
  const befores = new Set([...versions.recorded, ...(base?.files.keys() ?? [])]);
  const wasManaged = (path: string): boolean =>
    versions.recorded.has(path) || base?.files.get(path)?.class === 'managed';
  const all = [...theirs.files.values()].map((after) => ({
    before: beforeOf(after, befores, versions),
    after,
  }));
  const taken = new Set(all.map(({ before }) => before));
  const gone = [...befores].filter((before) => !taken.has(before) && wasManaged(before));
  const pairs = [
    ...all.flatMap(({ before, after }): readonly Pair[] => {
      const isNewSample = before === undefined && base !== undefined;
      if (after.class === 'managed' || isNewSample) return [{ before, after, isReleased: false }];
      const isReleased = before !== undefined && wasManaged(before);
      return isReleased ? [{ before, after: undefined, isReleased }] : [];
    }),
    ...gone.map((before): Pair => ({ before, after: undefined, isReleased: false })),
  ];
  return pairs.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

const placeOf = ({ before, after }: Pair): string => after?.path ?? before ?? '';

function beforeOf(after: RenderedFile, befores: ReadonlySet<string>, versions: Versions): string | undefined {
  if (befores.has(after.path)) return after.path;
  const isFree = (path: string): boolean => befores.has(path) && !versions.theirs.files.has(path);
  const renamed = [...befores].find((path) => isFree(path) && renamedTo(path, versions) === after.path);
  if (renamed !== undefined) return renamed;
  const sources = [...(versions.base?.files.values() ?? [])];
  return sources.find((file) => file.source === after.source && isFree(file.path))?.path;
}

/** Where the renames of the versions in between lead; backwards when the version is an older one. */
function renamedTo(path: string, { renames, from, theirs }: Versions): string {
  const isUp = compareVersions(theirs.version, from) >= 0;
  const [low, high] = isUp ? [from, theirs.version] : [theirs.version, from];
  const passed = renames
    .filter((one) => compareVersions(one.since, low) > 0 && compareVersions(one.since, high) <= 0)
    .toSorted((a, b) => compareVersions(a.since, b.since));
  if (isUp) return passed.reduce((at, one) => (one.from === at ? one.to : at), path);
  return passed.reduceRight((at, one) => (one.to === at ? one.from : at), path);
}
