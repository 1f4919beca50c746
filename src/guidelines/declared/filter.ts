/** The conditions of `[?(…)]`: a small language of comparisons that is read, never run as code. */
import type { Pattern } from './pattern';
import { compilePattern } from './pattern';
import { TreeNode } from '../tree';

/** What a condition is asked of. Maps and lists stay nodes, so that nothing large is copied. */
export interface Asked {
  readonly node: TreeNode;
  /** Its key, or its index as a text. */
  readonly property: string;
  readonly parent: TreeNode | undefined;
  readonly root: TreeNode;
  /** The value behind a `$ref` or an alias, where these are followed. */
  follow(node: TreeNode): TreeNode;
}

export type Filter = (asked: Asked) => unknown;

const deepest = 40;
const token =
  /\s*(?:(===|!==|==|!=|<=|>=|&&|\|\||[<>!()[\].,@$])|'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"|(\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[])+\/[a-z]*)|(-?\d+(?:\.\d+)?)|([A-Za-z_^$-][\w$-]*))/y;

type Token =
  | { readonly kind: 'mark' | 'word' | 'text' | 'pattern'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string };

/** Reads a condition. Throws a SyntaxError that says what is not taken. */
export function filterOf(source: string): Filter {
  const parser = new Parser(tokensOf(source));
  const filter = parser.either(0);
  parser.end();
  return filter;
}

function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  const text = source.trim();
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (found === null)
      throw new SyntaxError(`${JSON.stringify(text.slice(at, at + 10))} is not understood in a condition`);
    const [, mark, single, double, pattern, number, word] = found;
    if (mark !== undefined) tokens.push({ kind: 'mark', text: mark });
    else if (pattern !== undefined) tokens.push({ kind: 'pattern', text: pattern });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else tokens.push({ kind: 'text', text: (single ?? double ?? '').replaceAll(/\\(.)/g, '$1') });
  }
  return tokens;
}

const comparisons: Readonly<Record<string, (a: unknown, b: unknown) => boolean>> = {
  '===': (a, b) => a === b,
  '!==': (a, b) => a !== b,
  // Loosely: 200 and '200' are the same here.
  '==': (a, b) => a === b || (isSimple(a) && isSimple(b) && String(a) === String(b)),
  '!=': (a, b) => a !== b && !(isSimple(a) && isSimple(b) && String(a) === String(b)),
  '<': (a, b) => Number(a) < Number(b),
  '>': (a, b) => Number(a) > Number(b),
  '<=': (a, b) => Number(a) <= Number(b),
  '>=': (a, b) => Number(a) >= Number(b),
};

const isSimple = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const constants: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['undefined', undefined],
]);

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  end(): void {
    const left = this.#tokens[this.#at];
    if (left !== undefined)
      throw new SyntaxError(`${JSON.stringify(left.text)} is not understood in a condition`);
  }

  either(depth: number): Filter {
    if (depth > deepest) throw new SyntaxError('conditions are nested too deep');
    let left = this.#both(depth);
    while (this.#eat('||')) {
      const [a, b] = [left, this.#both(depth)];
      left = (asked) => Boolean(a(asked)) || Boolean(b(asked));
    }
    return left;
  }

  #both(depth: number): Filter {
    let left = this.#comparison(depth);
    while (this.#eat('&&')) {
      const [a, b] = [left, this.#comparison(depth)];
      left = (asked) => Boolean(a(asked)) && Boolean(b(asked));
    }
    return left;
  }

  #comparison(depth: number): Filter {
    const left = this.#unary(depth);
    const mark = this.#tokens[this.#at];
    const compare =
      mark?.kind === 'mark' && Object.hasOwn(comparisons, mark.text) ? comparisons[mark.text] : undefined;
    if (compare === undefined) return left;
    this.#at += 1;
    const right = this.#unary(depth);
    return (asked) => compare(left(asked), right(asked));
  }

  #unary(depth: number): Filter {
    if (this.#eat('!')) {
      const inner = this.#unary(depth + 1);
      return (asked) => !inner(asked);
    }
    if (this.#eat('(')) {
      const inner = this.either(depth + 1);
      this.#need(')');
      return this.#members(inner);
    }
    return this.#members(this.#primary());
  }

  #primary(): Filter {
    const next = this.#next();
    if (next.kind === 'text') return () => next.text;
    if (next.kind === 'number') return () => Number(next.text);
    if (next.kind === 'word' && constants.has(next.text)) return () => constants.get(next.text);
    if (next.kind === 'word' && next.text === '$') return (asked) => asked.root;
    if (next.text === '@') return this.#asked();
    throw new SyntaxError(`${JSON.stringify(next.text)} is not understood in a condition`);
  }

  /** `@` alone, or one of `@property`, `@parent`, `@parentProperty`, `@root`. */
  #asked(): Filter {
    const word = this.#tokens[this.#at];
    const name = word?.kind === 'word' ? word.text : '';
    const special: Readonly<Record<string, Filter>> = {
      property: ({ property }) => property,
      parent: ({ parent }) => parent,
      parentProperty: ({ parent }) => parent?.key ?? '',
      root: ({ root }) => root,
    };
    const found = Object.hasOwn(special, name) ? special[name] : undefined;
    if (found !== undefined) {
      this.#at += 1;
      return found;
    }
    if (name !== '') throw new SyntaxError(`@${name} is not known in a condition`);
    return (asked) => valueOf(asked.node, asked);
  }

  /** What follows a value: `.name`, `['name']`, `.length`, and the few calls that rule sets make. */
  #members(inner: Filter): Filter {
    let of = inner;
    for (;;) {
      if (this.#eat('.')) {
        const { kind, text } = this.#next();
        if (kind !== 'word') throw new SyntaxError('a name is missing behind a dot');
        of = this.#eat('(') ? this.#call(of, text) : member(of, text);
      } else if (this.#eat('[')) {
        const { text } = this.#next();
        this.#need(']');
        of = member(of, text);
      } else return of;
    }
  }

  #call(of: Filter, name: string): Filter {
    const given = this.#next();
    this.#need(')');
    if (name === 'match' || name === 'test') {
      const pattern = compilePattern(given.text);
      return (asked) => matches(of(asked), pattern);
    }
    const calls: Readonly<Record<string, (value: string | readonly unknown[]) => unknown>> = {
      includes: (value) => value.includes(given.text),
      indexOf: (value) => value.indexOf(given.text),
      startsWith: (value) => typeof value === 'string' && value.startsWith(given.text),
      endsWith: (value) => typeof value === 'string' && value.endsWith(given.text),
    };
    const call = Object.hasOwn(calls, name) ? calls[name] : undefined;
    if (call === undefined) throw new SyntaxError(`.${name}() is not known in a condition`);
    return (asked) => {
      const value = of(asked);
      if (typeof value === 'string') return call(value);
      return value instanceof TreeNode && value.kind === 'list'
        ? call(value.children.map((child) => valueOf(child, asked)))
        : undefined;
    };
  }

  #next(): Token {
    const next = this.#tokens[this.#at];
    if (next === undefined) throw new SyntaxError('a condition ends too early');
    this.#at += 1;
    return next;
  }

  #eat(mark: string): boolean {
    const next = this.#tokens[this.#at];
    if (next?.kind !== 'mark' || next.text !== mark) return false;
    this.#at += 1;
    return true;
  }

  #need(mark: string): void {
    if (!this.#eat(mark)) throw new SyntaxError(`${mark} is missing in a condition`);
  }
}

const matches = (value: unknown, pattern: Pattern): boolean =>
  typeof value === 'string' && pattern.test(value);

/** A scalar as it is, a map or a list as its node. */
function valueOf(node: TreeNode, asked: Asked): unknown {
  const found = asked.follow(node);
  return found.kind === 'scalar' ? found.value : found;
}

function member(of: Filter, name: string): Filter {
  return (asked) => {
    const value = of(asked);
    if (typeof value === 'string') return name === 'length' ? value.length : undefined;
    if (!(value instanceof TreeNode)) return undefined;
    if (value.kind === 'list' && name === 'length') return value.children.length;
    const child = value.kind === 'list' ? value.children[Number(name)] : value.get(name);
    return child === undefined ? undefined : valueOf(child, asked);
  };
}
