import { sha256 } from '../../base/hash';
import type { FileEdit } from '../../base/ports';
import type { Labels } from '../merge/text';
import type { TemplateRecord } from '../record';
import type { FileClass, Rename } from '../template';
import type { Content, Ours } from './content';
import { hasHash, isFile, sameContent } from './content';
import type { Decision, Situation, UpdateKind } from './decide';
import { decide, isUnsettled } from './decide';
import type { ServiceFolder } from './folder';
import { findMoves } from './moves';
import type { Pair } from './pair';
import { pairFiles } from './pair';
import type { Rendered } from './rendered';

/** What an update does to one file, with the three sides for whoever wants to look. */
export interface UpdateItem {
  readonly kind: UpdateKind;
  /** Where the file stands afterwards. */
  readonly path: string;
  /** Where it stood, if it moves. */
  readonly from?: string;
  readonly class: FileClass;
  readonly reason: string;
  /** Places to settle by hand. */
  readonly conflicts: number;
  readonly base?: Content;
  readonly ours?: Content;
  readonly theirs?: Content;
  /** What it will hold. */
  readonly next?: Content;
}

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

/** A pair, and where it stands in the service. */
interface Placed extends Pair {
  readonly at: string;
  /** The person moved it there. */
  readonly isMoved: boolean;
  readonly ours: Ours;
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

/** Finds where each file stands: in its old place, in the new one, or where the person moved it. */
async function place(pairs: readonly Pair[], input: FilesInput): Promise<readonly Placed[]> {
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
      return to === undefined ? one : { ...one, at: to, isMoved: true, ours: await folder.read(to) };
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
    isUntouched: isFile(ours) && (await isAsGiven(ours.bytes, isTrue ? given.bytes : undefined, hash)),
    theirs: after,
    class: after?.class ?? 'managed',
    isReleased: one.isReleased,
  };
}

async function isAsGiven(
  ours: Uint8Array,
  given: Uint8Array | undefined,
  hash: string | undefined,
): Promise<boolean> {
  if (given) return sameContent(ours, given);
  return hash !== undefined && hasHash(ours, hash);
}

/** A file in the way that goes in the same update is not in the way. */
function freedBy(one: Placed, situation: Situation, going: ReadonlySet<string>): Situation {
  const isBlocked = situation.ours === 'other' && [...going].some((path) => one.at.startsWith(`${path}/`));
  return isBlocked ? { ...situation, ours: undefined } : situation;
}

interface Deciding {
  readonly labels: Labels;
  readonly folder: ServiceFolder;
}

async function itemOf(one: Placed, situation: Situation, { labels, folder }: Deciding): Promise<UpdateItem> {
  const { base, ours, theirs } = situation;
  const to = one.isMoved || !one.after ? one.at : one.after.path;
  const decision = decide(situation, labels);
  const moves = isFile(ours) && to !== one.at;
  const settled = moves ? await moved(decision, ours, { to, folder }) : decision;
  return {
    ...settled,
    path: settled.kind === 'conflict' && settled.next === undefined ? one.at : to,
    ...(moves && settled.next ? { from: one.at } : {}),
    class: situation.class,
    ...(base ? { base } : {}),
    ...(isFile(ours) ? { ours } : {}),
    ...(theirs ? { theirs: { bytes: theirs.bytes, executable: theirs.executable } } : {}),
  };
}

/** A file that the template calls otherwise now takes its content along, also where that stays. */
async function moved(
  decision: Decision,
  ours: Content,
  { to, folder }: { readonly to: string; readonly folder: ServiceFolder },
): Promise<Decision> {
  if ((await folder.read(to)) === 'other')
    return {
      kind: 'conflict',
      reason: `${to} is the new name, but it can’t be made; the file stays.`,
      conflicts: 0,
    };
  const stays = decision.kind === 'same' || decision.kind === 'keep';
  const kind = stays ? 'update' : decision.kind;
  const reason = `It is called ${to} now. ${decision.reason}`;
  return { ...decision, kind, reason, next: decision.next ?? ours };
}

/** What neither was nor is there is not worth a line, nor is a file of the service's own that is where it was. */
function isSilent(item: UpdateItem, { before, ours }: Placed): boolean {
  if (item.kind === 'keep' && ours === undefined && item.theirs === undefined) return true;
  return item.class === 'sample' && before === undefined && item.kind !== 'create';
}

function editsOf({ path, from, ours, next, kind }: UpdateItem): readonly FileEdit[] {
  if (kind === 'delete') return [{ path, seen: ours?.bytes, next: undefined }];
  if (!next) return [];
  if (from === undefined) return [{ path, seen: ours?.bytes, next }];
  return [
    { path: from, seen: ours?.bytes, next: undefined },
    { path, seen: undefined, next },
  ];
}
