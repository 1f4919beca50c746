import { count } from '../../base/text';
import type { Labels } from '../merge/text';
import { hasConflictMarkers, mergeTexts, writtenLike } from '../merge/text';
import type { FileClass } from '../template';
import type { Content, Ours } from './content';
import { bytesOf, isFile, sameBytes, sameContent, textIn } from './content';

export type UpdateKind = 'create' | 'same' | 'merge' | 'conflict' | 'update' | 'delete' | 'keep';

/** One file as the three sides have it. */
export interface Situation {
  /** What the recorded version gave; undefined where it had no such file, or where it can't be had. */
  readonly base: Content | undefined;
  /** The file was there before, but what it held can't be had. */
  readonly isBaseLost: boolean;
  readonly ours: Ours;
  /** Ours holds what the recorded version gave. */
  readonly isUntouched: boolean;
  /** And does so to the byte: line ends too. */
  readonly isExact: boolean;
  /** What the new version gives; undefined where it has no such file. */
  readonly theirs: Content | undefined;
  readonly class: FileClass;
  /** The file is the service's own from the new version on. */
  readonly isReleased: boolean;
}

/** What will become of one file. */
export interface Decision {
  readonly kind: UpdateKind;
  /** Why, in a sentence. */
  readonly reason: string;
  /** What it will hold; undefined when it stays as it is, or goes. */
  readonly next?: Content;
  /** Places between conflict markers in `next`. */
  readonly conflicts: number;
}

/** Decides what an update does to one file; nothing that a person wrote is ever dropped. */
export function decide(situation: Situation, labels: Labels): Decision {
  const { ours, theirs } = situation;
  if (!theirs) return withoutTheirs(situation);
  if (ours === undefined) return absent(situation, theirs);
  if (ours === 'other')
    return left(
      'conflict',
      'A folder, a link, or a file in place of a folder stands in the way; it is kept.',
    );
  if (isSameNow(situation, ours, theirs)) return sameText(situation, ours, theirs);
  if (situation.isUntouched) return updated(situation, ours, theirs);
  const { base } = situation;
  if (base && sameContent(base.bytes, theirs.bytes)) return unchangedText(situation, ours, theirs);
  return merged(situation, { ours, theirs }, labels);
}

/** Other line ends alone are no difference, unless the template changed them and ours is to the byte what it gave before. */
function isSameNow({ isExact }: Situation, ours: Content, theirs: Content): boolean {
  return isExact ? sameBytes(ours.bytes, theirs.bytes) : sameContent(ours.bytes, theirs.bytes);
}

const left = (kind: UpdateKind, reason: string): Decision => ({ kind, reason, conflicts: 0 });

function withoutTheirs({ ours, isUntouched, isReleased }: Situation): Decision {
  if (isReleased) return left('keep', 'It is the service’s own from this version on.');
  if (ours === undefined) return left('same', 'It is gone on both sides.');
  if (isUntouched) return left('delete', 'The template no longer has it, and you did not touch it.');
  return left('keep', 'The template no longer has it, but you changed it; it is yours now.');
}

function absent({ base, isBaseLost, class: kind }: Situation, theirs: Content): Decision {
  if (base || isBaseLost) return left('keep', 'You deleted it; it stays deleted.');
  const reason =
    kind === 'sample' ? 'The template has it now; it is yours from here on.' : 'The template has it now.';
  const { bytes, executable } = theirs;
  return { kind: 'create', reason, next: { bytes, executable }, conflicts: 0 };
}

/** The exec bit is the side's that changed it. */
function executableOf({ base, isUntouched }: Situation, ours: Content, theirs: Content): boolean {
  if (!base) return isUntouched ? theirs.executable : ours.executable;
  return ours.executable === base.executable ? theirs.executable : ours.executable;
}

function sameText(situation: Situation, ours: Content, theirs: Content): Decision {
  const executable = executableOf(situation, ours, theirs);
  if (executable === ours.executable)
    return left('same', situation.isUntouched ? 'Nothing changed.' : 'It is already as the template has it.');
  return withBit(ours, executable);
}

function withBit(ours: Content, executable: boolean): Decision {
  const reason = executable ? 'It can be run now.' : 'It can’t be run any more.';
  return { kind: 'update', reason, next: { bytes: ours.bytes, executable }, conflicts: 0 };
}

function updated(situation: Situation, ours: Content, theirs: Content): Decision {
  const reason = 'The template changed it, and you did not touch it.';
  const executable = executableOf(situation, ours, theirs);
  return {
    kind: 'update',
    reason,
    next: { bytes: asOurs(situation, ours, theirs), executable },
    conflicts: 0,
  };
}

/** The new bytes; with the line ends of ours where those are all that was changed there. */
function asOurs({ isExact }: Situation, ours: Content, theirs: Content): Uint8Array {
  const [mine, other] = [textIn(ours.bytes), textIn(theirs.bytes)];
  if (isExact || mine === undefined || other === undefined) return theirs.bytes;
  return bytesOf(writtenLike(other, mine));
}

function unchangedText(situation: Situation, ours: Content, theirs: Content): Decision {
  const executable = executableOf(situation, ours, theirs);
  if (executable !== ours.executable) return withBit(ours, executable);
  return left('keep', 'You changed it, and the template did not.');
}

function merged(
  situation: Situation,
  { ours, theirs }: { readonly ours: Content; readonly theirs: Content },
  labels: Labels,
): Decision {
  const texts = { ours: textIn(ours.bytes), theirs: textIn(theirs.bytes) };
  const base = situation.base && textIn(situation.base.bytes);
  if (texts.ours === undefined || texts.theirs === undefined || (situation.base && base === undefined))
    return left('conflict', `${clash(situation)} It is no text, so yours is kept as it is.`);
  const { text, conflicts } = mergeTexts({ base, ours: texts.ours, theirs: texts.theirs }, labels);
  const next = { bytes: bytesOf(text), executable: executableOf(situation, ours, theirs) };
  if (conflicts === 0)
    return { kind: 'merge', reason: 'You and the template changed different places.', next, conflicts };
  const places = `${count(conflicts, 'place')} to settle, between markers in the file.`;
  return { kind: 'conflict', reason: `${clash(situation)} ${places}`, next, conflicts };
}

function clash({ base, isBaseLost }: Situation): string {
  if (base) return 'You and the template both changed it.';
  return isBaseLost
    ? 'You changed it, and what the old version gave can’t be had.'
    : 'You made it yourself, and the template has it now too.';
}

/** Whether ours still holds a conflict that nobody settled, and the update would change it again. */
export function isUnsettled({ base, ours, theirs }: Situation): boolean {
  if (!isFile(ours) || !theirs || sameContent(ours.bytes, theirs.bytes)) return false;
  const text = textIn(ours.bytes);
  const before = base && textIn(base.bytes);
  return (
    text !== undefined && hasConflictMarkers(text) && !(before !== undefined && hasConflictMarkers(before))
  );
}
