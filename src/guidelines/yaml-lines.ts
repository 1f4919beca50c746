/** Scalars of block YAML that go over several lines: where they end. */
import { char, endsBlockKey, giveUp, isBlank, lineAfter, pastSpaces, startsPlain } from './yaml-scan';

/** Where the plain scalar at `at` ends, all of whose lines are indented deeper than `floor`. */
export function plainEnd(text: string, at: number, floor: number): number {
  if (!startsPlain(text, at)) giveUp();
  let end = plainLine(text, at);
  for (;;) {
    const next = continuation(text, end, floor);
    if (next < 0) return end;
    end = plainLine(text, next);
  }
}

/** Where a plain scalar ends on this line. A colon that would start another value is not for this reader. */
function plainLine(text: string, start: number): number {
  let end = start;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // Most are letters.
    if (code <= char.colon) {
      if (code === char.feed || code === char.carriage) break;
      if (isBlank(code)) continue;
      if (code === char.hash && end !== at && at > start) break;
      if (code === char.colon && endsBlockKey(text, at)) giveUp();
    }
    end = at + 1;
  }
  return end;
}

/** The start of the text that continues the plain scalar that ended at `end`; -1 when there is none. */
function continuation(text: string, end: number, floor: number): number {
  let at = end;
  while (isBlank(text.charCodeAt(at))) at += 1;
  for (;;) {
    if (text.charCodeAt(at) === char.carriage) at += 1;
    if (text.charCodeAt(at) !== char.feed) return -1;
    const start = at + 1;
    at = pastSpaces(text, start);
    const code = text.charCodeAt(at);
    if (code === char.tab) giveUp();
    if (code === char.feed || code === char.carriage) continue;
    return at - start > floor && code !== char.hash && at < text.length ? at : -1;
  }
}

const header = /[|>](?:([1-9])([-+]?)|([-+])([1-9])?)?(?=[ \t\r\n]|$)/y;
/** An indentation that no line has. */
const none = 1e9;

export interface BlockScalar {
  readonly indent: number;
  readonly end: number;
  /** The start of the line behind it. */
  readonly next: number;
}

/** The `|` or `>` scalar that starts at `start`, whose parent is indented by `floor`. */
export function blockScalar(text: string, start: number, floor: number): BlockScalar {
  header.lastIndex = start;
  const [mark, first, last, chomp, second] = header.exec(text) ?? giveUp();
  const said = first ?? second;
  let at = start + mark.length;
  while (isBlank(text.charCodeAt(at))) at += 1;
  const code = text.charCodeAt(at);
  const isComment = code === char.hash && isBlank(text.charCodeAt(at - 1));
  if (!isComment && !isLineBreak(code)) giveUp();
  at = lineAfter(text, at);
  const indent = said === undefined ? indentBelow(text, at, floor) : Math.max(floor, 0) + Number(said);
  return { indent, ...blockEnd(text, at, indent, (last ?? chomp) === '+') };
}

const isLineBreak = (code: number): boolean =>
  Number.isNaN(code) || code === char.feed || code === char.carriage;

/** The indentation of the first line that is not empty; a number that no line has when there is none deeper than `floor`. */
function indentBelow(text: string, from: number, floor: number): number {
  let mostBlank = 0;
  for (let at = from; at < text.length; at = lineAfter(text, at)) {
    const spaces = pastSpaces(text, at) - at;
    const code = text.charCodeAt(at + spaces);
    if (code === char.tab) giveUp();
    if (isLineBreak(code)) mostBlank = Math.max(mostBlank, spaces);
    else if (spaces <= floor) break;
    else return mostBlank > spaces ? giveUp() : spaces;
  }
  return none;
}

/** Where a block scalar whose content is indented by `indent` ends, and where the text goes on. */
function blockEnd(text: string, from: number, indent: number, keeps: boolean): Omit<BlockScalar, 'indent'> {
  let end = from;
  let at = from;
  let isOdd = false;
  while (at < text.length) {
    const spaces = pastSpaces(text, at) - at;
    const isEmpty = isLineBreak(text.charCodeAt(at + spaces));
    if (!isEmpty && spaces < indent) break;
    at = lineAfter(text, at);
    // Spaces beyond the indentation are content when more follows; at the end it depends.
    isOdd = isEmpty && (isOdd || spaces > indent || (at === text.length && spaces > 0));
    if (keeps || !isEmpty) end = at;
  }
  return isOdd ? giveUp() : { end, next: at };
}

/** A string in quotes over several lines has to be indented as well. */
export function checkLines(text: string, start: number, end: number, floor: number): void {
  for (let line = lineAfter(text, start); line < end; line = lineAfter(text, line)) {
    const content = pastSpaces(text, line);
    const code = text.charCodeAt(content);
    if (code === char.tab) giveUp();
    if (!isLineBreak(code) && content - line <= floor) giveUp();
  }
}
