/** A token of Python: a name, the text of a string literal, or one character of anything else. */
export interface Token {
  readonly kind: 'name' | 'text' | 'mark';
  readonly text: string;
  /** From zero. */
  readonly line: number;
}

const name = /[A-Za-z_]\w*/y;
const stringStart = /(?:[rbuRBU]{0,2})("""|'''|"|')/y;
const formatted = /[fFtT][rR]?(?:"""|'''|"|')|[rR][fFtT](?:"""|'''|"|')/y;

/**
 * Cuts Python into the tokens that reading settings takes (Python's language reference, "Lexical analysis"): comments and blanks go,
 * what a formatted string says is not known. Text that is no Python gives tokens all the same.
 */
export function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 0;
  const at = (pattern: RegExp, index: number): string | undefined => {
    pattern.lastIndex = index;
    return pattern.exec(source)?.[0];
  };
  for (let index = 0; index < source.length;) {
    const start = index;
    const first = source[index] ?? '';
    const isFormatted = at(formatted, index) !== undefined;
    const opened = isFormatted ? at(formatted, index) : at(stringStart, index);
    if (first === '#') index = endOfLine(source, index);
    else if (opened !== undefined) {
      const literal = readString(source, index + opened.length, opened);
      tokens.push(
        isFormatted ? { kind: 'mark', text: 'f', line } : { kind: 'text', text: literal.text, line },
      );
      index = literal.end;
    } else {
      const word = at(name, index);
      if (word !== undefined) tokens.push({ kind: 'name', text: word, line });
      else if (first.trim() !== '') tokens.push({ kind: 'mark', text: first, line });
      index += word?.length ?? 1;
    }
    line += linesIn(source, start, index);
  }
  return tokens;
}

function endOfLine(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  return end < 0 ? source.length : end;
}

/** The text between the quotes; a string in single quotes ends with its line at the latest. */
function readString(
  source: string,
  from: number,
  opened: string,
): { readonly text: string; readonly end: number } {
  const quote = /["']+$/.exec(opened)?.[0] ?? '"';
  for (let index = from; index < source.length; index++) {
    if (source[index] === '\\') index++;
    else if (source.startsWith(quote, index))
      return { text: source.slice(from, index), end: index + quote.length };
    else if (quote.length === 1 && source[index] === '\n')
      return { text: source.slice(from, index), end: index };
  }
  return { text: source.slice(from), end: source.length };
}

function linesIn(source: string, from: number, to: number): number {
  let lines = 0;
  for (let at = source.indexOf('\n', from); at >= 0 && at < to; at = source.indexOf('\n', at + 1)) lines++;
  return lines;
}
