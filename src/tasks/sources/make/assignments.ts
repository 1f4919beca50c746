import { firstToken, isBlank, skipBlanks, skipReference } from './text';

export type Operator = '=' | ':=' | ':::=' | '+=' | '?=' | '!=';

/** A line that gives a variable a value, takes it away or opens a `define`. Name and value are not expanded yet. */
export interface Assignment {
  readonly kind: 'assign' | 'define' | 'undefine';
  readonly name: string;
  readonly operator: Operator;
  readonly value: string;
  readonly override: boolean;
}

interface Found {
  readonly name: string;
  readonly operator: Operator;
  readonly value: string;
}

/** Lines without `=` that may still be one. */
const keywords = /^((export|override|private)\s+)*(define|undefine)\s/;

/**
 * Reads a line (joined, without its comment) as an assignment; undefined when it is none.
 * `export`, `override` and `private` may stand before it (GNU make manual, 6.5 to 6.8).
 */
export function parseAssignment(line: string): Assignment | undefined {
  let rest = line.trimStart();
  if (!rest.includes('=') && !keywords.test(rest)) return undefined;
  let override = false;
  while (rest !== '') {
    const found = findOperator(rest);
    if (found) return { kind: 'assign', override, ...found };
    const { word, rest: after } = firstToken(rest);
    if (word === 'define' || word === 'undefine') return block(word, after, override);
    if (word === 'override') override = true;
    else if (word !== 'export' && word !== 'private') return undefined;
    rest = after;
  }
  return undefined;
}

function block(kind: 'define' | 'undefine', rest: string, override: boolean): Assignment {
  const found = kind === 'define' ? findOperator(rest) : undefined;
  return { kind, override, name: found?.name ?? rest.trim(), operator: found?.operator ?? '=', value: '' };
}

/** Finds the operator behind the one word that names a variable. */
function findOperator(text: string): Found | undefined {
  let at = 0;
  let nameEnd = -1;
  while (at < text.length) {
    const char = text[at] ?? '';
    const sign = signAt(text, at);
    if (sign !== undefined) return found(text, nameEnd < 0 ? at : nameEnd, at, sign);
    if (isBlank(char)) {
      if (nameEnd >= 0) return undefined;
      nameEnd = at;
      at = skipBlanks(text, at);
      continue;
    }
    if (char === '#' || char === ':' || nameEnd >= 0) return undefined;
    at = char === '$' ? skipReference(text, at) : at + 1;
  }
  return undefined;
}

function found(text: string, nameEnd: number, at: number, sign: Sign): Found {
  const value = text.slice(at + sign.length).trimStart();
  return { name: text.slice(0, nameEnd).trim(), operator: operators[sign], value };
}

/** How the operators are written; `::=` is POSIX for `:=`. */
const operators = {
  ':::=': ':::=',
  '::=': ':=',
  ':=': ':=',
  '+=': '+=',
  '?=': '?=',
  '!=': '!=',
  '=': '=',
} as const satisfies Readonly<Record<string, Operator>>;

type Sign = keyof typeof operators;

const signs: readonly Sign[] = [':::=', '::=', ':=', '+=', '?=', '!=', '='];

function signAt(text: string, at: number): Sign | undefined {
  return ':+?!='.includes(text[at] ?? ' ') ? signs.find((sign) => text.startsWith(sign, at)) : undefined;
}
