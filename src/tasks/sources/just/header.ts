/** The first line of a recipe: `name param='default' +rest: dependency (other 'x')`. */

export interface Parameter {
  readonly name: string;
  /** As written. */
  readonly default: string | undefined;
  readonly isVariadic: boolean;
}

export interface Header {
  readonly name: string;
  /** Offset of the name in the line. */
  readonly at: number;
  readonly parameters: readonly Parameter[];
  readonly dependencies: readonly string[];
}

const start = /^(@?)([A-Za-z_][\w-]*)(?=[\s:])/;

/** Reads a line that does not begin with a blank; undefined when it is no recipe (`name := value`, `set x := y`, …). */
export function parseHeader(line: string): Header | undefined {
  const match = start.exec(line);
  const [whole = '', quiet = '', name = ''] = match ?? [];
  if (match === null) return undefined;
  const colon = findColon(line, whole.length);
  if (colon < 0 || line[colon + 1] === '=') return undefined;
  return {
    name,
    at: quiet.length,
    parameters: splitWords(line.slice(whole.length, colon)).flatMap(parameterOf),
    dependencies: splitWords(withoutComment(line.slice(colon + 1)))
      .filter((word) => word !== '&&')
      .flatMap((word) => /^\(?\s*([A-Za-z_][\w:-]*)/.exec(word)?.[1] ?? []),
  };
}

function parameterOf(word: string): readonly Parameter[] {
  const match = /^([+*]?)\$?([A-Za-z_][\w-]*)(?:=([^]*))?$/.exec(word);
  const [, many = '', name, value] = match ?? [];
  if (name === undefined) return [];
  return [{ name, default: value ?? (many === '*' ? '' : undefined), isVariadic: many !== '' }];
}

/** The offset of the first colon that no string and no bracket holds, or -1. */
function findColon(line: string, from: number): number {
  for (let at = from; at < line.length; at = next(line, at)) {
    if (line[at] === ':') return at;
    if (line[at] === '#') return -1;
  }
  return -1;
}

/** Behind a string or a bracketed part when one begins at `at`, else behind the character. */
function next(text: string, at: number): number {
  const char = text[at] ?? '';
  if (`'"\``.includes(char)) return stringEnd(text, at, char);
  if (!'(['.includes(char)) return at + 1;
  // Brackets in brackets need no counting here: a colon or a blank between them would be an expression that just refuses too.
  let inside = at + 1;
  while (inside < text.length && !')]'.includes(text[inside] ?? '')) {
    const inner = text[inside] ?? '';
    inside = `'"\``.includes(inner) ? stringEnd(text, inside, inner) : inside + 1;
  }
  return inside + 1;
}

function stringEnd(text: string, at: number, quote: string): number {
  let end = at + 1;
  while (end < text.length && text[end] !== quote) end += quote === '"' && text[end] === '\\' ? 2 : 1;
  return end + 1;
}

function splitWords(text: string): readonly string[] {
  const words: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at = next(text, at)) {
    if (!/\s/.test(text[at] ?? '')) continue;
    words.push(text.slice(from, at));
    from = at + 1;
  }
  words.push(text.slice(from));
  return words.filter((word) => word !== '' && word !== '\\');
}

function withoutComment(text: string): string {
  for (let at = 0; at < text.length; at = next(text, at)) if (text[at] === '#') return text.slice(0, at);
  return text;
}
