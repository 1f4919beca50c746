/** The conditions of `[?(…)]`: a small language of comparisons that is read, never run as code. */
import type { PathSegment, TreeNode } from '../tree';
import type { Token } from './filter-tokens';
import { tokensOf } from './filter-tokens';
import type { Follow } from './filter-values';
import { called, isCall, kinds, memberOf, operators, valueOf } from './filter-values';
import { compilePattern } from './pattern';

/** What a condition is asked of. Maps and lists stay nodes, so that nothing large is copied. */
export interface Asked {
  readonly node: TreeNode;
  readonly parent: TreeNode | undefined;
  readonly root: TreeNode;
  /** The way on which it was met, from the root. */
  readonly path: () => readonly PathSegment[];
  readonly follow: Follow;
}

export type Filter = (asked: Asked) => unknown;

const deepest = 40;

/** Reads a condition. Throws a SyntaxError that says what is not taken. */
export function filterOf(source: string): Filter {
  const parser = new Parser(tokensOf(source));
  const filter = parser.choice(0);
  parser.end();
  return filter;
}

const constants: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['undefined', undefined],
]);

/** `@property` and its like. */
const special: Readonly<Record<string, Filter>> = {
  property: ({ path }) => path().at(-1) ?? null,
  parent: ({ parent }) => parent,
  parentProperty: ({ path }) => path().at(-2),
  root: ({ root }) => root,
  path: ({ path }) => `$${path().map(dumped).join('')}`,
};

const dumped = (segment: PathSegment): string =>
  typeof segment === 'string' ? `['${segment}']` : `[${segment}]`;

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  end(): void {
    const left = this.#tokens[this.#at];
    if (left !== undefined) throw notUnderstood(left.text);
  }

  choice(depth: number): Filter {
    if (depth > deepest) throw new SyntaxError('conditions are nested too deep');
    const asked = this.#either(depth);
    if (!this.#eat('?')) return asked;
    const yes = this.choice(depth + 1);
    this.#need(':');
    const no = this.choice(depth + 1);
    return (one) => (asked(one) ? yes(one) : no(one));
  }

  #either(depth: number): Filter {
    let left = this.#both(depth);
    while (this.#eat('||')) {
      const [a, b] = [left, this.#both(depth)];
      left = (asked) => a(asked) || b(asked);
    }
    return left;
  }

  #both(depth: number): Filter {
    let left = this.#binary(depth, 0);
    while (this.#eat('&&')) {
      const [a, b] = [left, this.#binary(depth, 0)];
      left = (asked) => a(asked) && b(asked);
    }
    return left;
  }

  /** Operators that bind more strongly than `least`. */
  #binary(depth: number, least: number): Filter {
    let left = this.#unary(depth);
    for (;;) {
      const name = this.#tokens[this.#at]?.text ?? '';
      const kind = this.#tokens[this.#at]?.kind;
      const known =
        (kind === 'mark' || kind === 'word') && Object.hasOwn(operators, name) ? operators[name] : undefined;
      if (known === undefined || known[0] <= least) return left;
      this.#at += 1;
      const [a, b, work] = [left, this.#binary(depth, known[0]), known[1]];
      left = (asked) => work(a(asked), b(asked), asked.follow);
    }
  }

  #unary(depth: number): Filter {
    if (depth > deepest) throw new SyntaxError('conditions are nested too deep');
    if (this.#eat('!')) {
      const inner = this.#unary(depth + 1);
      return (asked) => !inner(asked);
    }
    if (this.#eat('-')) {
      const inner = this.#unary(depth + 1);
      return (asked) => -Number(inner(asked));
    }
    if (this.#peeks('word', 'void')) {
      this.#at += 1;
      this.#unary(depth + 1);
      return () => undefined;
    }
    const of = this.#members(this.#primary(depth), depth);
    if (!this.#eat('~=')) return of;
    const { kind, text } = this.#next();
    if (kind !== 'text' && kind !== 'pattern') throw new SyntaxError('a pattern is missing behind ~=');
    const pattern = compilePattern(text);
    return (asked) => {
      const value = of(asked);
      return pattern.test(typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '');
    };
  }

  #primary(depth: number): Filter {
    if (this.#eat('(')) {
      const inner = this.choice(depth + 1);
      this.#need(')');
      return inner;
    }
    if (this.#eat('[')) return this.#list(depth);
    const next = this.#next();
    if (next.kind === 'text') return () => next.text;
    if (next.kind === 'number') return () => Number(next.text);
    if (next.kind === 'pattern') {
      const pattern = compilePattern(next.text);
      return () => pattern;
    }
    if (next.kind === 'word' && constants.has(next.text)) return () => constants.get(next.text);
    if (next.kind === 'word' && next.text === 'index') return ({ path }) => path().at(-1);
    if (next.text === '$') return (asked) => asked.root;
    if (next.text === '@') return this.#asked();
    throw notUnderstood(next.text);
  }

  #list(depth: number): Filter {
    const items = this.#until(']', depth);
    return (asked) => items.map((item) => item(asked));
  }

  #until(mark: string, depth: number): readonly Filter[] {
    const items: Filter[] = [];
    if (this.#eat(mark)) return items;
    do items.push(this.choice(depth + 1));
    while (this.#eat(','));
    this.#need(mark);
    return items;
  }

  /** `@` alone, `@property` and its like, or what kind of value it is: `@string()`. */
  #asked(): Filter {
    const word = this.#tokens[this.#at];
    if (word?.kind !== 'word' || word.text === 'in') return ({ node, follow }) => valueOf(node, follow);
    this.#at += 1;
    const named = Object.hasOwn(special, word.text) ? special[word.text] : undefined;
    if (named !== undefined) return named;
    const is = Object.hasOwn(kinds, word.text) ? kinds[word.text] : undefined;
    if (is === undefined) throw new SyntaxError(`@${word.text} is not known in a condition`);
    this.#need('(');
    this.#need(')');
    return ({ node, follow }) => is(valueOf(node, follow));
  }

  /** What follows a value: `.name`, `['name']`, `.length`, and calls. */
  #members(inner: Filter, depth: number): Filter {
    let of = inner;
    for (;;) {
      const value = of;
      if (this.#eat('.')) {
        const { kind, text } = this.#next();
        if (kind !== 'word') throw new SyntaxError('a name is missing behind a dot');
        of = this.#eat('(')
          ? this.#call(value, text, depth)
          : (one) => memberOf(value(one), text, one.follow);
      } else if (this.#eat('[')) {
        const name = this.choice(depth + 1);
        this.#need(']');
        of = (one) => memberOf(value(one), name(one), one.follow);
      } else return of;
    }
  }

  #call(of: Filter, name: string, depth: number): Filter {
    const start = this.#at;
    const given = this.#until(')', depth);
    if (!isCall(name)) throw new SyntaxError(`.${name}() is not known in a condition`);
    const [first] = this.#tokens.slice(start);
    // A text that is matched is a pattern too.
    if (name === 'match' && first?.kind === 'text' && given.length === 1) {
      const pattern = compilePattern(first.text);
      return (one) => called(of(one), { name, given: [pattern] }, one.follow);
    }
    return (one) => called(of(one), { name, given: given.map((each) => each(one)) }, one.follow);
  }

  #next(): Token {
    const next = this.#tokens[this.#at];
    if (next === undefined) throw new SyntaxError('a condition ends too early');
    this.#at += 1;
    return next;
  }

  #peeks(kind: Token['kind'], text: string): boolean {
    const next = this.#tokens[this.#at];
    return next?.kind === kind && next.text === text;
  }

  #eat(mark: string): boolean {
    if (!this.#peeks('mark', mark)) return false;
    this.#at += 1;
    return true;
  }

  #need(mark: string): void {
    if (!this.#eat(mark)) throw new SyntaxError(`${mark} is missing in a condition`);
  }
}

const notUnderstood = (text: string): SyntaxError =>
  new SyntaxError(`${JSON.stringify(text)} is not understood in a condition`);
