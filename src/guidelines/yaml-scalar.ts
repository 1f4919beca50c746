/** What a scalar says: the core schema of YAML 1.2.2 (section 10.3), folding and escapes (sections 6.5 and 7.3). */
import type { Form } from './table';
import { form } from './table';
import type { Scalar } from './tree';

const nothing = /^(?:~|null|Null|NULL)?$/;
const truth = /^(?:true|True|TRUE)$/;
const untruth = /^(?:false|False|FALSE)$/;
const octal = /^0o[0-7]+$/;
const whole = /^[-+]?[0-9]+$/;
const hexadecimal = /^0x[0-9a-fA-F]+$/;
const decimal = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const infinite = /^[-+]?\.(?:inf|Inf|INF)$/;
const noNumber = /^\.(?:nan|NaN|NAN)$/;
/** What anything but a string starts with. */
const telling = /^[-+.~0-9nNtTfF]|^$/;

/** Whether a plain scalar that starts so is a string, whatever follows. */
export function startsText(code: number): boolean {
  const letter = code | 0x20;
  const isLetter = letter >= 0x61 && letter <= 0x7a;
  return isLetter && letter !== 0x6e && letter !== 0x74 && letter !== 0x66;
}

/** What a plain scalar of one line means. */
export function plainValue(text: string): Scalar {
  if (!telling.test(text)) return text;
  if (nothing.test(text)) return null;
  if (truth.test(text)) return true;
  if (untruth.test(text)) return false;
  return numberOf(text) ?? text;
}

function numberOf(text: string): number | undefined {
  if (decimal.test(text) || whole.test(text)) return Number(text);
  if (octal.test(text)) return Number.parseInt(text.slice(2), 8);
  if (hexadecimal.test(text)) return Number.parseInt(text.slice(2), 16);
  if (infinite.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return noNumber.test(text) ? NaN : undefined;
}

/** The value of a scalar as it is written, `indent` being that of the content of a block scalar. */
export function scalarValue(what: Form, source: string, indent: number): Scalar {
  if (what === form.double) return doubleValue(source);
  if (what === form.single) return unfold(source.slice(1, -1)).replaceAll("''", "'");
  if (what === form.literal || what === form.folded) return blockValue(what, source, indent);
  return source.includes('\n') ? unfold(source) : plainValue(source);
}

const breaks = /[ \t]*\r?\n(?:[ \t]*\r?\n)*[ \t]*/g;

/** Joins the lines of a flow scalar: one line break is a space, each further one a line break. */
function unfold(text: string): string {
  return text.includes('\n') ? text.replaceAll(breaks, (gap) => foldedGap(gap)) : text;
}

function foldedGap(gap: string): string {
  const feeds = gap.split('\n').length - 1;
  return feeds === 1 ? ' ' : '\n'.repeat(feeds - 1);
}

const simpleEscapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\u0007',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\u001B',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\u0085',
  _: '\u00A0',
  L: '\u2028',
  P: '\u2029',
};

const escape =
  /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|\r?\n[ \t]*|([^]))|[ \t]*\r?\n(?:[ \t]*\r?\n)*[ \t]*/g;

function doubleValue(source: string): string {
  const text = source.slice(1, -1);
  if (!text.includes('\\') && !text.includes('\n')) return text;
  return text.replaceAll(escape, (found: string, ...codes: readonly (string | undefined)[]) => {
    const [two, four, eight, letter] = codes;
    const code = two ?? four ?? eight;
    if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
    if (typeof letter === 'string') return simpleEscapes[letter] ?? found;
    return found.startsWith('\\') ? '' : foldedGap(found);
  });
}

function blockValue(what: Form, source: string, indent: number): string {
  const [header = '', ...lines] = source.split(/\r?\n/);
  const chomp = /^.\d?([-+])/.exec(header)?.[1];
  // What is split off behind the last line break is no line.
  if (lines.at(-1) === '') lines.pop();
  const content = lines.map((line) => line.slice(indent));
  const last = content.findLastIndex((line) => line !== '') + 1;
  if (last === 0) return chomp === '+' ? '\n'.repeat(content.length) : '';
  const body = what === form.literal ? content.slice(0, last).join('\n') : folded(content.slice(0, last));
  if (chomp === '-') return body;
  return body + '\n'.repeat(chomp === '+' ? content.length - last + 1 : 1);
}

/** Joins lines, but leaves those that are indented deeper, and the empty ones around them, as they are. */
function folded(lines: readonly string[]): string {
  let text = '';
  let wasDeep = true;
  let empty = 0;
  let isFirst = true;
  for (const line of lines) {
    if (line === '') {
      empty += 1;
      continue;
    }
    const isDeep = line.startsWith(' ') || line.startsWith('\t');
    if (isFirst) text += '\n'.repeat(empty);
    else if (isDeep || wasDeep) text += '\n'.repeat(empty + 1);
    else text += empty === 0 ? ' ' : '\n'.repeat(empty);
    text += line;
    [wasDeep, empty, isFirst] = [isDeep, 0, false];
  }
  return text;
}
