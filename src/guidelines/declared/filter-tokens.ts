/** The words of a condition: marks, names, numbers, texts and patterns. */

export type TokenKind = 'mark' | 'word' | 'text' | 'pattern' | 'number';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const mark = /===|!==|==|!=|<=|>=|&&|\|\||~=|[<>!()[\].,@?:+*/%-]/y;
const text = /'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"/y;
const pattern = /\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[])+\/[a-z]*/y;
const number = /\d+(?:\.\d+)?/y;
/** Names of fields may have hyphens in them: `x-internal`. */
const word = /[A-Za-z_^$][\w$]*(?:-[A-Za-z_][\w$]*)*/y;

/** Reads the words of a condition. Throws a SyntaxError at what is none. */
export function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const eat = (expression: RegExp): RegExpExecArray | null => {
    expression.lastIndex = at;
    const found = expression.exec(source);
    if (found !== null) at = expression.lastIndex;
    return found;
  };
  for (;;) {
    eat(/\s*/y);
    if (at >= source.length) return tokens;
    const token = next(eat, tokens.at(-1));
    if (token === undefined)
      throw new SyntaxError(`${JSON.stringify(source.slice(at, at + 10))} is not understood in a condition`);
    tokens.push(token);
  }
}

function next(eat: (one: RegExp) => RegExpExecArray | null, before: Token | undefined): Token | undefined {
  const quoted = eat(text);
  if (quoted !== null)
    return { kind: 'text', text: (quoted[1] ?? quoted[2] ?? '').replaceAll(/\\(.)/g, '$1') };
  for (const [kind, expression] of [
    ['word', word],
    ['number', number],
  ] as const) {
    const [found] = eat(expression) ?? [];
    if (found !== undefined) return { kind, text: found };
  }
  // Behind a value a slash divides.
  const [slashed] = endsValue(before) ? [] : (eat(pattern) ?? []);
  if (slashed !== undefined) return { kind: 'pattern', text: slashed };
  const [found] = eat(mark) ?? [];
  return found === undefined ? undefined : { kind: 'mark', text: found };
}

const endsValue = (token: Token | undefined): boolean =>
  token !== undefined && (token.kind !== 'mark' || [')', ']', '@'].includes(token.text));
