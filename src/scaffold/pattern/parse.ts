/** A regular expression as a tree, as far as its running time depends on it. */
export type Expression =
  /** One character of a set, as in `a`, `.`, `\d` or `[a-z]`. */
  | { readonly kind: 'set'; readonly source: string }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Expression[] }
  | { readonly kind: 'repeat'; readonly of: Expression; readonly max: number; readonly isCounted: boolean }
  /** A look ahead or behind, which takes no characters. */
  | { readonly kind: 'look'; readonly of: Expression }
  | { readonly kind: 'nothing' };

/** What can't be looked into, as a sentence without its full stop. */
export class PatternFault extends Error {}

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
}

const deepest = 20;
const mostTimes = 1000;
const nothing: Expression = { kind: 'nothing' };

/** Reads a pattern that `RegExp` takes without flags (ECMA-262, 22.2.1). Throws PatternFault. */
export function parsePattern(text: string): Expression {
  const reader: Reader = { text, at: 0, depth: 0 };
  const tree = readChoice(reader);
  if (reader.at < text.length)
    throw new PatternFault(`the pattern can't be read from ${text.slice(reader.at)}`);
  return tree;
}

function readChoice(reader: Reader): Expression {
  const parts = [readSequence(reader)];
  while (reader.text[reader.at] === '|') {
    reader.at++;
    parts.push(readSequence(reader));
  }
  return { kind: 'choice', parts };
}

function readSequence(reader: Reader): Expression {
  const parts: Expression[] = [];
  while (reader.at < reader.text.length && !'|)'.includes(reader.text[reader.at] ?? ''))
    parts.push(repeated(readAtom(reader), reader));
  return { kind: 'sequence', parts };
}

function repeated(atom: Expression, reader: Reader): Expression {
  const found = take(reader, /(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/y);
  if (found === null) return atom;
  const [sign = '', low = '', comma, high = ''] = found;
  const counted = comma === '' ? Number(low) : high === '' ? Infinity : Number(high);
  const max = sign.startsWith('{') ? counted : sign.startsWith('?') ? 1 : Infinity;
  if (Math.max(Number(low), Number(high)) > mostTimes)
    throw new PatternFault(`the pattern counts to more than ${mostTimes}`);
  return { kind: 'repeat', of: atom, max, isCounted: sign.startsWith('{') };
}

function readAtom(reader: Reader): Expression {
  const character = reader.text[reader.at] ?? '';
  if (character === '(') return readGroup(reader);
  if (character === '^' || character === '$') {
    reader.at++;
    return nothing;
  }
  if (take(reader, /\\[bB]/y)) return nothing;
  if (take(reader, /\\(?:[1-9]|k<)/y))
    throw new PatternFault('the pattern refers back to what it matched, which can take forever');
  const set =
    take(reader, /\[(?:[^\]\\]|\\[^])*\]/y) ??
    take(reader, /\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|c[A-Za-z]|[^])/y) ??
    take(reader, /[^]/y);
  return { kind: 'set', source: set?.[0] ?? '' };
}

function readGroup(reader: Reader): Expression {
  if (++reader.depth > deepest) throw new PatternFault(`the pattern is nested more than ${deepest} deep`);
  const [open = ''] = take(reader, /\((?:\?(?:[:=!]|<[=!]|<\w+>))?/y) ?? [];
  const inner = readChoice(reader);
  if (reader.text[reader.at] !== ')') throw new PatternFault('a group of the pattern is not closed');
  reader.at++;
  reader.depth--;
  return /[=!]$/.test(open) ? { kind: 'look', of: inner } : inner;
}

function take(reader: Reader, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text);
  if (found) reader.at = pattern.lastIndex;
  return found;
}
