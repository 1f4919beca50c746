import type { FileEdit } from '../../base/ports';
import type { Labels } from '../merge/text';
import type { FileClass } from '../template';
import type { Content } from './content';
import { isFile } from './content';
import type { Decision, Situation, UpdateKind } from './decide';
import { decide } from './decide';
import type { ServiceFolder } from './folder';
import type { Placed } from './place';

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

interface Deciding {
  readonly labels: Labels;
  readonly folder: ServiceFolder;
}

/** Decides about one file, and says where it stands afterwards. */
export async function itemOf(
  one: Placed,
  situation: Situation,
  { labels, folder }: Deciding,
): Promise<UpdateItem> {
  const { ours } = situation;
  const to = one.isMoved || !one.after ? one.at : one.after.path;
  const decision = decide(situation, labels);
  if (!isFile(ours) || to === one.at) return { ...told(decision, one), path: to, ...sidesOf(situation) };
  const settled = await moved(decision, ours, { to, folder });
  const place = settled.next ? { path: to, from: one.at } : { path: one.at };
  return { ...settled, ...place, ...sidesOf(situation) };
}

function told(decision: Decision, { movedFrom, ours }: Placed): Decision {
  if (movedFrom === undefined || ours === undefined) return decision;
  return { ...decision, reason: `${decision.reason} You moved it here from ${movedFrom}.` };
}

function sidesOf({
  base,
  ours,
  theirs,
  class: kind,
}: Situation): Pick<UpdateItem, 'class' | 'base' | 'ours' | 'theirs'> {
  return {
    class: kind,
    ...(base ? { base } : {}),
    ...(isFile(ours) ? { ours } : {}),
    ...(theirs ? { theirs } : {}),
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
  const reason = `It is called ${to} now.${stays ? '' : ` ${decision.reason}`}`;
  return { ...decision, kind, reason, next: decision.next ?? ours };
}

/** What neither was nor is there is not worth a line, nor is a file of the service's own that is where it was. */
export function isSilent(item: UpdateItem, { before, ours }: Placed): boolean {
  if (item.kind === 'keep' && ours === undefined && item.theirs === undefined) return true;
  return item.class === 'sample' && before === undefined && item.kind !== 'create';
}

export function editsOf({ path, from, ours, next, kind }: UpdateItem): readonly FileEdit[] {
  if (kind === 'delete') return [{ path, seen: ours?.bytes, next: undefined }];
  if (!next) return [];
  if (from === undefined) return [{ path, seen: ours?.bytes, next }];
  return [
    { path: from, seen: ours?.bytes, next: undefined },
    { path, seen: undefined, next },
  ];
}
