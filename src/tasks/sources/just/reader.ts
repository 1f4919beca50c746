/** Reads one justfile line by line, as far as listing needs it. Nothing is evaluated. */
import type { Range } from '../../../base/text';
import type { Parameter } from './header';
import { parseHeader } from './header';

export interface Recipe {
  readonly name: string;
  readonly range: Range;
  readonly description: string | undefined;
  readonly group: string | undefined;
  /** Not in just's own list. */
  readonly isPrivate: boolean;
  readonly parameters: readonly Parameter[];
  readonly dependencies: readonly string[];
  readonly body: readonly string[];
  /** The systems that it is for (`unix`, `linux`, `macos`, `windows`, …); for all when empty. */
  readonly systems: readonly string[];
}

/** A file to be read with this one: `import 'path'`, or `mod name 'path'`, whose recipes get the name in front. */
export interface Inclusion {
  readonly kind: 'import' | 'module';
  readonly name: string;
  readonly path: string | undefined;
  readonly range: Range;
}

export interface Justfile {
  readonly recipes: readonly Recipe[];
  readonly inclusions: readonly Inclusion[];
  readonly aliases: readonly string[];
}

const systemNames = ['unix', 'linux', 'macos', 'windows', 'openbsd', 'freebsd', 'netbsd', 'dragonfly'];
/** In lines. */
const longestStatement = 50;
const tripleQuotes = /"""|'''|```/g;
const inclusion = /^(import|mod)\??\s+(?:([A-Za-z_][\w-]*)\s*)?(?:x?(['"])(.*?)\3)?\s*(?:#.*)?$/;

/** Never throws, on any text. */
export function readJustfile(text: string): Justfile {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const recipes: Recipe[] = [];
  const inclusions: Inclusion[] = [];
  const aliases: string[] = [];
  let above: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '') above = [];
    else if (/^(#(?!!)|\[)/.test(line)) above.push(line);
    else if (!/^\s/.test(line)) {
      const end = statementEnd(lines, at);
      const whole = lines.slice(at, end + 1).join(' ');
      const header = parseHeader(whole);
      const { included, alias } = header ? {} : otherStatement(whole, at);
      if (header) recipes.push({ ...recipeOf(header, at, above), body: bodyFrom(lines, end + 1) });
      if (included) inclusions.push(included);
      if (alias !== undefined) aliases.push(alias);
      above = [];
      at = end;
    }
  }
  return { recipes, inclusions, aliases };
}

function otherStatement(
  line: string,
  at: number,
): { readonly included?: Inclusion | undefined; readonly alias?: string | undefined } {
  const [, alias] = /^alias\s+([A-Za-z_][\w-]*)\s*:=/.exec(line) ?? [];
  const [whole, kind, name = '', , path] = inclusion.exec(line) ?? [];
  if (whole === undefined) return { alias };
  const range = { start: { line: at, character: 0 }, end: { line: at, character: 0 } };
  return { included: { kind: kind === 'mod' ? 'module' : 'import', name, path, range }, alias };
}

/** A statement goes on over a backslash, an open bracket or a string with three quotes; the last line that belongs to it. */
function statementEnd(lines: readonly string[], from: number): number {
  let quote: string | undefined;
  let depth = 0;
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] ?? '';
    quote = quoteAfter(line, quote);
    if (quote !== undefined) continue;
    depth += bracketsIn(line);
    if (depth <= 0 && !line.endsWith('\\')) return at;
    // A bracket that is never closed is a mistake in one line, not the rest of the file.
    if (at - from >= longestStatement) return depth > 0 ? from : at;
  }
  return quote === undefined && depth > 0 ? from : lines.length - 1;
}

/** The three quotes that a line leaves open; `open` are those that were open before it. */
function quoteAfter(line: string, open: string | undefined): string | undefined {
  let quote = open;
  for (const [mark] of line.matchAll(tripleQuotes)) {
    if (quote === undefined) quote = mark;
    else if (quote === mark) quote = undefined;
  }
  return quote;
}

/** How many brackets the line leaves open; strings do not count. */
function bracketsIn(line: string): number {
  const plain = line.replaceAll(/'[^']*'|"(?:[^"\\]|\\.)*"|`[^`]*`|#.*/g, '');
  const count = (bracket: string): number => plain.split(bracket).length - 1;
  return count('(') + count('[') - count(')') - count(']');
}

function recipeOf(
  { name, at, parameters, dependencies }: NonNullable<ReturnType<typeof parseHeader>>,
  line: number,
  above: readonly string[],
): Omit<Recipe, 'body'> {
  const attributes = above.filter((one) => one.startsWith('[')).join(' ');
  const comment = above.findLast((one) => one.startsWith('#'));
  return {
    name,
    range: { start: { line, character: at }, end: { line, character: at + name.length } },
    description: docIn(attributes, comment),
    group: /\bgroup\s*[(:]\s*(['"])(.*?)\1/.exec(attributes)?.[2],
    isPrivate: name.startsWith('_') || /[[,]\s*private\s*[\],]/.test(attributes),
    parameters,
    dependencies,
    systems: systemNames.filter((one) => new RegExp(`[[,]\\s*${one}\\s*[\\],]`).test(attributes)),
  };
}

/** just takes the comment line above a recipe, unless an attribute says otherwise. */
function docIn(attributes: string, comment: string | undefined): string | undefined {
  const [whole, , text] = /\bdoc\s*(?:[(:]\s*(['"])(.*?)\1|(?=\]))/.exec(attributes) ?? [];
  const found = whole === undefined ? comment?.replace(/^#+\s*/, '').trim() : text;
  return found === '' ? undefined : found;
}

function bodyFrom(lines: readonly string[], from: number): readonly string[] {
  const body: string[] = [];
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line !== '' && !/^\s/.test(line)) break;
    body.push(line);
  }
  while (body.at(-1)?.trim() === '') body.pop();
  const indent = /^\s*/.exec(body[0] ?? '')?.[0] ?? '';
  return body.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()));
}
