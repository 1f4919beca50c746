import { sha256 } from '../../base/hash';
import type { FileEdit } from '../../base/ports';
import type { Labels } from '../merge/text';
import type { TemplateRecord } from '../record';
import type { Rename } from '../template';
import type { Ours } from './content';
import { hasHash, hashesOf, isFile, sameBytes, sameContent } from './content';
import type { Situation } from './decide';
import { isUnsettled } from './decide';
import type { ServiceFolder } from './folder';
import type { UpdateItem } from './item';
import { editsOf, isSilent, itemOf } from './item';
import { pairFiles } from './pair';
import type { Placed } from './place';
import { place } from './place';
import type { Rendered } from './rendered';

export interface FilesPlan {
  /** Every file that the template manages or brings, by path. */
  readonly items: readonly UpdateItem[];
  readonly edits: readonly FileEdit[];
  /** The hashes to record. */
  readonly files: Readonly<Record<string, string>>;
  /** Files that still hold conflicts of an earlier update, which must be settled first. */
  readonly unsettled: readonly string[];
}

export interface FilesInput {
  readonly record: TemplateRecord;
  /** The recorded version, rendered with the recorded answers; undefined where it can't be had. */
  readonly base: Rendered | undefined;
  readonly theirs: Rendered;
  readonly renames: readonly Rename[];
  readonly folder: ServiceFolder;
}

/** Plans an update in memory: reads the service, and writes nothing. */
export async function planFiles(input: FilesInput): Promise<FilesPlan> {
  const { record, base, theirs, folder, renames } = input;
  const recorded = new Set(Object.keys(record.files));
  const pairs = pairFiles({ base, theirs, recorded, renames, from: record.version });
  const placed = await place(pairs, input);
  const labels = labelsOf(record.version, theirs.version);
  const items: UpdateItem[] = [];
  const unsettled: string[] = [];
  const going = new Set<string>();
  // Those that go are decided first: what comes may take the place of one.
  for (const one of placed.toSorted(
    (a, b) => Number(a.after !== undefined) - Number(b.after !== undefined),
  )) {
    const situation = await situationOf(one, input);
    const freed = freedBy(one, situation, going);
    const item = await itemOf(one, freed, { labels, folder });
    if (['merge', 'conflict'].includes(item.kind) && isUnsettled(freed)) unsettled.push(one.at);
    if (item.kind === 'delete') going.add(item.path);
    if (!isSilent(item, one)) items.push(item);
  }
  const sorted = items.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const managed = [...theirs.files.values()].filter((file) => file.class === 'managed');
  const files = managed.map(async ({ path, bytes }) => [path, await sha256(bytes)] as const);
  return {
    items: sorted,
    edits: sorted.flatMap(editsOf),
    files: Object.fromEntries(await Promise.all(files)),
    unsettled,
  };
}

function labelsOf(from: string, to: string): Labels {
  const other = from === to ? ', new answers' : '';
  return { ours: 'yours', base: `template ${from}`, theirs: `template ${to}${other}` };
}

async function situationOf(one: Placed, { record, base }: FilesInput): Promise<Situation> {
  const { before, after, ours } = one;
  const [given, hash] =
    before === undefined ? [undefined, undefined] : [base?.files.get(before), record.files[before]];
  // A template that gives something else now than it gave then is no base.
  const isTrue = given !== undefined && (hash === undefined || (await hasHash(given.bytes, hash)));
  return {
    base: isTrue ? given : undefined,
    isBaseLost: before !== undefined && !isTrue,
    ours,
    ...(await likeness(ours, isTrue ? given.bytes : undefined, hash)),
    theirs: after,
    class: after?.class ?? 'managed',
    isReleased: one.isReleased,
  };
}

/** How near ours is to what the recorded version gave, told by that or by its hash. */
async function likeness(
  ours: Ours,
  given: Uint8Array | undefined,
  hash: string | undefined,
): Promise<Pick<Situation, 'isExact' | 'isUntouched'>> {
  if (!isFile(ours)) return { isExact: false, isUntouched: false };
  const { bytes } = ours;
  if (given) return { isExact: sameBytes(bytes, given), isUntouched: sameContent(bytes, given) };
  if (hash === undefined) return { isExact: false, isUntouched: false };
  const [own, asText] = await hashesOf(bytes);
  return { isExact: own === hash, isUntouched: own === hash || asText === hash };
}

/** A file in the way that goes in the same update is not in the way. */
function freedBy(one: Placed, situation: Situation, going: ReadonlySet<string>): Situation {
  const isBlocked = situation.ours === 'other' && [...going].some((path) => one.at.startsWith(`${path}/`));
  return isBlocked ? { ...situation, ours: undefined } : situation;
}
