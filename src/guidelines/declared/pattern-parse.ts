/** Reads a regular expression as JavaScript writes it. Single characters are judged by the language's own matcher. */

export type Node =
  | { readonly kind: 'one'; readonly takes: (character: string) => boolean }
  | { readonly kind: 'edge'; readonly holds: (at: number, text: readonly string[]) => boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'choice'; readonly parts: readonly Node[] }
  | { readonly kind: 'look'; readonly part: Node; readonly isNegative: boolean }
  | { readonly kind: 'repeat'; readonly part: Node; readonly min: number; readonly max: number };

const longest = 2000;
const deepest = 50;
const mostRepeats = 1000;

/** Throws a SyntaxError that says what is not taken. */
export function parsePattern(source: string, flags: string): Node {
  if (source.length > longest) throw new SyntaxError(`it is longer than ${longest} characters`);
  // Whatever the language itself does not take is not taken here.
  void new RegExp(source, flags);
  const reader = new Reader(source, flags);
  const node = reader.choice(0);
  if (!reader.isDone) throw new SyntaxError('a parenthesis is not opened');
  return node;
}

class Reader {
  readonly #source: string;
  readonly #flags: string;
  #at = 0;

  constructor(source: string, flags: string) {
    this.#source = source;
    this.#flags = flags;
  }

  get isDone(): boolean {
    return this.#at >= this.#source.length;
  }

  choice(depth: number): Node {
    if (depth > deepest) throw new SyntaxError(`it is nested more than ${deepest} deep`);
    const parts = [this.#sequence(depth)];
    while (this.#eat('|')) parts.push(this.#sequence(depth));
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: 'choice', parts };
  }

  #sequence(depth: number): Node {
    const parts: Node[] = [];
    while (!this.isDone && this.#source[this.#at] !== '|' && this.#source[this.#at] !== ')')
      parts.push(this.#repeated(this.#atom(depth)));
    return { kind: 'sequence', parts };
  }

  #repeated(part: Node): Node {
    const found = /^(?:[*+?]|\{(\d+)(,(\d*))?\})\??/.exec(this.#source.slice(this.#at, this.#at + 20));
    if (found === null) return part;
    this.#at += found[0].length;
    const [min, max] = boundsOf(found);
    if (min > mostRepeats || (max !== Infinity && max > mostRepeats))
      throw new SyntaxError(`it repeats something more than ${mostRepeats} times`);
    return { kind: 'repeat', part, min, max };
  }

  #atom(depth: number): Node {
    const rest = this.#source.slice(this.#at);
    if (rest.startsWith('(')) return this.#group(rest, depth);
    const edge = /^(?:\^|\$|\\[bB])/.exec(rest)?.[0];
    if (edge !== undefined) return this.#edge(edge);
    if (/^\\(?:[1-9]|k<)/.test(rest))
      throw new SyntaxError('a backreference can take for ever, so none is taken');
    return this.#one(rest);
  }

  #group(rest: string, depth: number): Node {
    const opener = /^\((?:\?(?::|=|!|<=|<!|<[A-Za-z_$][\w$]*>))?/.exec(rest)?.[0] ?? '(';
    if (opener === '(?<=' || opener === '(?<!') throw new SyntaxError('looking behind is not taken');
    this.#at += opener.length;
    const part = this.choice(depth + 1);
    if (!this.#eat(')')) throw new SyntaxError('a parenthesis is not closed');
    if (opener === '(?=' || opener === '(?!') return { kind: 'look', part, isNegative: opener === '(?!' };
    return part;
  }

  #edge(edge: string): Node {
    this.#at += edge.length;
    const isMultiline = this.#flags.includes('m');
    const isBreak = (character: string | undefined): boolean =>
      character === undefined || (isMultiline && /[\n\r\u2028\u2029]/.test(character));
    if (edge === '^') return { kind: 'edge', holds: (at, text) => isBreak(text[at - 1]) };
    if (edge === '$') return { kind: 'edge', holds: (at, text) => isBreak(text[at]) };
    const isWord = (character: string | undefined): boolean =>
      character !== undefined && /\w/.test(character);
    const wanted = edge === '\\b';
    return { kind: 'edge', holds: (at, text) => (isWord(text[at - 1]) !== isWord(text[at])) === wanted };
  }

  /** A character, an escape or a class. */
  #one(rest: string): Node {
    const isUnicode = this.#flags.includes('u');
    const found =
      /^(?:\[(?:\\[^]|[^\]\\])*\]|\\(?:u\{[^}]*\}|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|c[A-Za-z]|[pP]\{[^}]*\}|[^]))/u.exec(
        rest,
      )?.[0] ?? (isUnicode ? String.fromCodePoint(rest.codePointAt(0) ?? 0) : rest.charAt(0));
    this.#at += found.length;
    const written = /^[)|*+?{}\]/]$/.test(found) ? `\\${found}` : found;
    const expression = new RegExp(`^(?:${written})$`, this.#flags.replace('m', ''));
    const known = new Map<string, boolean>();
    return {
      kind: 'one',
      takes: (character) => {
        let takes = known.get(character);
        if (takes === undefined) {
          takes = expression.test(character);
          known.set(character, takes);
        }
        return takes;
      },
    };
  }

  #eat(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }
}

function boundsOf(found: RegExpExecArray): readonly [number, number] {
  const mark = found[0].charAt(0);
  if (mark === '*') return [0, Infinity];
  if (mark === '+') return [1, Infinity];
  if (mark === '?') return [0, 1];
  const min = Number(found[1]);
  if (found[2] === undefined) return [min, min];
  return [min, found[3] === '' || found[3] === undefined ? Infinity : Number(found[3])];
}
