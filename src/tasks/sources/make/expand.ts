import type { Expander, Surroundings } from './expander';
import { callFunction, isFunction } from './functions';
import { patsubst } from './patterns';
import { closingBracket, hasUnknown, isBlank, unknown } from './text';
import type { Variables } from './variables';

/** Nesting beyond this is taken as endless. */
const deepest = 120;

/** Makes the one that expands text; it keeps count of depth and of the variables it is in the middle of. */
export function createExpander(around: Surroundings): Expander {
  const { variables, budget } = around;
  const memo = createMemo(around);
  let depth = 0;

  const expand = (text: string): string => {
    const first = text.indexOf('$');
    if (first < 0) return text;
    if (depth >= deepest || budget.exhausted) return unknown;
    depth++;
    try {
      const out = expandFrom(text, first, reference);
      return budget.spend(text.length + out.length) ? out : unknown;
    } finally {
      depth--;
    }
  };

  const valueOf = (name: string): string => {
    const variable = variables.get(name);
    if (!variable) return '';
    if (!variable.recursive) return budget.spend(variable.value.length) ? variable.value : unknown;
    return memo.valueOf(name, () => expand(variable.value));
  };

  const reference = (inner: string): string => {
    const blank = inner.search(/[ \t\n]/);
    if (blank > 0 && isFunction(inner.slice(0, blank)))
      return callFunction(self, inner.slice(0, blank), inner.slice(blank + 1));
    const name = expand(inner);
    const substitution = name.includes(':') ? parseSubstitution(name) : undefined;
    if (substitution) return substitute(valueOf(substitution.name), substitution.from, substitution.to);
    return hasUnknown(name) ? unknown : valueOf(name);
  };

  const self: Expander = {
    ...around,
    expand,
    valueOf,
    either: (alternatives) => joinAlternatives(variables, alternatives),
  };
  return self;
}

interface Memo {
  /** The value of a recursive variable: worked out once while no variable changes, unknown when it refers to itself. */
  valueOf(name: string, workOut: () => string): string;
}

function createMemo({ variables, budget }: Surroundings): Memo {
  const open = new Set<string>();
  const values = new Map<string, string>();
  let version = -1;
  return {
    valueOf(name, workOut) {
      const before = variables.version;
      if (version !== before) values.clear();
      version = before;
      const known = values.get(name);
      if (known !== undefined) return budget.spend(known.length) ? known : unknown;
      if (open.has(name)) return unknown;
      open.add(name);
      const value = workOut();
      open.delete(name);
      // A value that was asked for in the middle of itself, or that changed others by `$(eval …)`, may be another one next time.
      if (open.size === 0 && variables.version === before) values.set(name, value);
      return value;
    },
  };
}

function joinAlternatives(variables: Variables, alternatives: readonly (() => string)[]): string {
  const texts = new Set<string>();
  const changes = alternatives.map((alternative) => {
    variables.beginBranch();
    texts.add(alternative());
    return variables.endBranch();
  });
  variables.merge(changes, true);
  const [only] = texts;
  return texts.size === 1 && only !== undefined ? only : unknown;
}

function expandFrom(text: string, first: number, reference: (inner: string) => string): string {
  let out = '';
  let from = 0;
  for (let at = first; at >= 0; at = text.indexOf('$', from)) {
    out += text.slice(from, at);
    const next = text[at + 1];
    from = at + 2;
    if (next === '$') out += '$';
    else if (next === '(' || next === '{') {
      const close = closingBracket(text, at + 1);
      if (close < 0) return out + unknown;
      out += reference(text.slice(at + 2, close));
      from = close + 1;
    } else if (next !== undefined && !isBlank(next)) out += reference(next);
  }
  return out + text.slice(from);
}

interface Substitution {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** Reads `NAME:from=to`. */
function parseSubstitution(text: string): Substitution | undefined {
  const colon = text.indexOf(':');
  const equals = text.indexOf('=', colon);
  if (equals < 0) return undefined;
  return { name: text.slice(0, colon), from: text.slice(colon + 1, equals), to: text.slice(equals + 1) };
}

/** `$(NAME:from=to)`: without a `%` both are ends of words. */
function substitute(value: string, from: string, to: string): string {
  return from.includes('%') ? patsubst(from, to, value) : patsubst(`%${from}`, `%${to}`, value);
}
