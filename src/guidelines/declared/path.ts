/** JSONPath as rule sets use it: names, indexes, `*`, `..`, unions, filters, `~` for keys, `^` for what holds a value. */
import { filterOf } from './filter';
import type { Filter } from './filter';

export type Step =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'all' }
  /** As of a list in JavaScript: what is negative counts from the end. */
  | { readonly kind: 'slice'; readonly from: number; readonly until: number; readonly every: number }
  | { readonly kind: 'filter'; readonly filter: Filter }
  /** The value and everything below it. */
  | { readonly kind: 'below' }
  | { readonly kind: 'keys' }
  | { readonly kind: 'parent' };

const longest = 2000;
const mostSteps = 60;

/** The steps of a path. Throws a SyntaxError that says what is not taken. */
export function parsePath(path: string): readonly Step[] {
  if (path.length > longest) throw new SyntaxError(`it is longer than ${longest} characters`);
  if (!path.startsWith('$')) throw new SyntaxError('a path starts with $');
  const reader = new Reader(path, 1);
  const steps: Step[] = [];
  while (!reader.isDone) {
    steps.push(...reader.step());
    if (steps.length > mostSteps) throw new SyntaxError(`it has more than ${mostSteps} steps`);
  }
  return steps;
}

const name = /[\w$\-\u0080-\uFFFF]+/y;

/** A quoted text, a bracket, or anything else. */
const inBrackets = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[^'"]/gy;

class Reader {
  readonly #path: string;
  #at: number;

  constructor(path: string, at: number) {
    this.#path = path;
    this.#at = at;
  }

  get isDone(): boolean {
    return this.#at >= this.#path.length;
  }

  step(): readonly Step[] {
    if (this.#eat('~')) return [{ kind: 'keys' }];
    if (this.#eat('^')) return [{ kind: 'parent' }];
    if (this.#eat('..')) {
      const below: Step = { kind: 'below' };
      return this.#path[this.#at] === '[' ? [below, this.#brackets()] : [below, this.#dotted()];
    }
    if (this.#eat('.')) return [this.#path[this.#at] === '[' ? this.#brackets() : this.#dotted()];
    if (this.#path[this.#at] === '[') return [this.#brackets()];
    throw new SyntaxError(
      `${JSON.stringify(this.#path.slice(this.#at, this.#at + 10))} is not understood there`,
    );
  }

  #dotted(): Step {
    if (this.#eat('*')) return { kind: 'all' };
    const typed = /@\w+\(\)/y;
    typed.lastIndex = this.#at;
    const [kind] = typed.exec(this.#path) ?? [];
    if (kind !== undefined) {
      this.#at += kind.length;
      return { kind: 'filter', filter: filterOf(kind) };
    }
    name.lastIndex = this.#at;
    const found = name.exec(this.#path)?.[0];
    if (found === undefined) throw new SyntaxError('a name is missing behind a dot');
    this.#at += found.length;
    if (this.#path[this.#at] === '(')
      throw new SyntaxError(`${found}() is not known; what paths take is names, *, .. and filters`);
    return { kind: 'names', names: [found] };
  }

  #brackets(): Step {
    const inside = this.#inside();
    const text = inside.trim();
    if (text === '*') return { kind: 'all' };
    if (text.startsWith('?')) return { kind: 'filter', filter: filterOf(text.slice(1)) };
    const slice = sliceOf(text);
    if (slice !== undefined) return slice;
    if (text.startsWith('(')) throw new SyntaxError('computed names are not taken');
    return { kind: 'names', names: namesOf(text) };
  }

  /** What stands between brackets, with all brackets and quotes in it. */
  #inside(): string {
    const start = this.#at + 1;
    let depth = 0;
    inBrackets.lastIndex = this.#at;
    for (let found = inBrackets.exec(this.#path); found !== null; found = inBrackets.exec(this.#path)) {
      this.#at = inBrackets.lastIndex;
      if (/^[[(]$/.test(found[0])) depth += 1;
      else if (/^[\])]$/.test(found[0])) depth -= 1;
      if (depth === 0) return this.#path.slice(start, this.#at - 1);
    }
    throw new SyntaxError('a bracket or a quote is not closed');
  }

  #eat(text: string): boolean {
    if (!this.#path.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }
}

/** `1:3`, `-2:`, `::2`, and `(@.length-1)` for the last one. */
function sliceOf(text: string): Step | undefined {
  const last = /^\(\s*@\.length\s*-\s*(\d{1,9})\s*\)$/.exec(text);
  if (last !== null) {
    const from = -Number(last[1]);
    return { kind: 'slice', from, until: from + 1 || Infinity, every: 1 };
  }
  const found = /^(-?\d{1,9})?\s*:\s*(-?\d{1,9})?(?:\s*:\s*(\d{1,9})?)?$/.exec(text);
  if (found === null) return undefined;
  const [, from = 0, until = Infinity, every = 1] = found;
  return { kind: 'slice', from: Number(from), until: Number(until), every: Math.max(1, Number(every)) };
}

/** The names of a field: `a.b[0]['x-y']`. Throws a SyntaxError. */
export function fieldNames(field: string): readonly string[] {
  const names: string[] = [];
  const piece = /\.?(?:\[\s*(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"|([^\]'"]*?))\s*\]|([^.[\]]+))/y;
  while (piece.lastIndex < field.length) {
    const at = piece.lastIndex;
    const found = piece.exec(field);
    if (found === null) throw new SyntaxError(`${JSON.stringify(field.slice(at))} is no name of a field`);
    const quoted = (found[1] ?? found[2])?.replaceAll(/\\(.)/g, '$1');
    names.push(quoted ?? found[3] ?? found[4] ?? '');
  }
  return names;
}

/** The names of a union: quoted or not. */
function namesOf(text: string): readonly string[] {
  const names: string[] = [];
  const piece = /\s*(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"|([^,'"\s][^,'"]*?))\s*(?:,|$)/y;
  while (piece.lastIndex < text.length) {
    const at = piece.lastIndex;
    const found = piece.exec(text);
    if (found === null) throw new SyntaxError(`${JSON.stringify(text.slice(at))} is no list of names`);
    names.push((found[1] ?? found[2] ?? found[3] ?? '').replaceAll(/\\(.)/g, '$1'));
  }
  if (names.length === 0) throw new SyntaxError('nothing stands between the brackets');
  return names;
}
