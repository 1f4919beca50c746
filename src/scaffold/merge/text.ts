import type { Region, ThreeWays } from './diff3';
import { diff2, diff3 } from './diff3';

/** A text and how it is written down: what a merge compares, and what it has to restore. */
interface Written {
  readonly lines: readonly string[];
  readonly lineEnd: '\n' | '\r\n';
  /** Whether the last line is ended; undefined when there is no line. */
  readonly isEnded: boolean | undefined;
  readonly hasMark: boolean;
}

const byteOrderMark = '\uFEFF';

/** How the sides of a conflict are called in the file. */
export type Labels = ThreeWays<string>;

export interface Merged {
  readonly text: string;
  /** How many places both sides changed differently; they stand between markers in the text. */
  readonly conflicts: number;
}

/** Texts to merge; without a base everything that differs is a conflict. */
export type Texts = Omit<ThreeWays<string>, 'base'> & { readonly base: string | undefined };

/**
 * Merges texts. Line ends, the end of the last line and the byte order mark are no lines: each is the one side's that changed it
 * (ours when both did), so that a checkout with CRLF merges with a template that has LF. Lines of a text that mixes both ends get
 * the one that most have.
 */
export function mergeTexts(texts: Texts, labels: Labels): Merged {
  const ours = read(texts.ours);
  const theirs = read(texts.theirs);
  const base = texts.base === undefined ? undefined : read(texts.base);
  const regions = base
    ? diff3({ base: base.lines, ours: ours.lines, theirs: theirs.lines })
    : diff2(ours.lines, theirs.lines);
  const pick = <K extends keyof Written>(key: K): Written[K] =>
    ours[key] === undefined || (base && ours[key] === base[key]) ? theirs[key] : ours[key];
  const merged = write({
    lines: regions.flatMap((region) => linesOf(region, labels)),
    lineEnd: pick('lineEnd'),
    isEnded: pick('isEnded'),
    hasMark: pick('hasMark'),
  });
  return { text: merged, conflicts: regions.filter((region) => region.kind === 'conflict').length };
}

/** Whether two texts differ in nothing but line ends, the last line's end and the byte order mark. */
export function isSameText(one: string, other: string): boolean {
  return normalised(one) === normalised(other);
}

/** `text` as a file that ends its lines as `like` does; for an untouched file that git checked out with CRLF. */
export function writtenLike(text: string, like: string): string {
  const { lineEnd, hasMark } = read(like);
  return write({ ...read(text), lineEnd, hasMark });
}

/** `text` with LF and no byte order mark. */
export function normalised(text: string): string {
  const { lines } = read(text);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** Whether lines stand between conflict markers that nobody has settled yet. */
export function hasConflictMarkers(text: string): boolean {
  const markers = ['<<<<<<< ', '=======', '>>>>>>> '];
  let met = 0;
  for (const line of text.split('\n')) if (line.startsWith(markers[met] ?? '\n')) met++;
  return met === markers.length;
}

function read(text: string): Written {
  const hasMark = text.startsWith(byteOrderMark);
  const body = hasMark ? text.slice(1) : text;
  const all = body.split('\n').length - 1;
  const windows = body.split('\r\n').length - 1;
  const isEnded = body === '' ? undefined : body.endsWith('\n');
  const lines = body.replaceAll('\r\n', '\n').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return { lines, lineEnd: windows * 2 > all ? '\r\n' : '\n', isEnded, hasMark };
}

function write({ lines, lineEnd, isEnded, hasMark }: Written): string {
  const end = lines.length > 0 && isEnded !== false ? lineEnd : '';
  return `${hasMark ? byteOrderMark : ''}${lines.join(lineEnd)}${end}`;
}

function linesOf(region: Region, labels: Labels): readonly string[] {
  if (region.kind === 'clear') return region.lines;
  return [
    `<<<<<<< ${labels.ours}`,
    ...region.ours,
    `||||||| ${labels.base}`,
    ...region.base,
    '=======',
    ...region.theirs,
    `>>>>>>> ${labels.theirs}`,
  ];
}
