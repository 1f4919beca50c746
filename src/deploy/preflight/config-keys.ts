import type { Token } from './python-tokens';
import { tokensOf } from './python-tokens';

/** A variable of the environment that code reads. */
export interface KeyRead {
  readonly name: string;
  /** From zero. */
  readonly line: number;
  /** `required`: without it reading throws. `optional`: it gets nothing and may go on. `default`: the code says what holds without it. */
  readonly need: 'required' | 'optional' | 'default';
}

/** What looks for a reading at a place among tokens. */
type Reader = (tokens: readonly Token[], at: number) => KeyRead | undefined;

const isName = (token: Token | undefined, ...names: readonly string[]): boolean =>
  token?.kind === 'name' && names.includes(token.text);
const isMark = (token: Token | undefined, text: string): boolean =>
  token?.kind === 'mark' && token.text === text;

const keyPattern = /^[A-Za-z_]\w*$/;

/**
 * The variables that a Python file reads, found without running it: `os.environ["X"]`, `.get` and `.pop` of it, `os.getenv("X")`,
 * `env("X")` and `env.bool("X")` of django-environ and environs, `config("X")` of decouple, and the texts of a `REQUIRED` table.
 */
export function keysRead(source: string): readonly KeyRead[] {
  if (!/environ|getenv|decouple|\benv\b|\bREQUIRED\b/.test(source)) return [];
  const tokens = tokensOf(source);
  const isDecouple = tokens.some((one) => isName(one, 'decouple'));
  const readers = [byIndex, byGet, byEnv, ...(isDecouple ? [byDecouple] : [])];
  const declared = schemaKeys(tokens);
  const found = tokens.flatMap((_, at) =>
    readers.map((read) => read(tokens, at)).filter((one) => one !== undefined),
  );
  const all = [...found, ...requiredTable(tokens)];
  return all
    .filter(({ name }) => keyPattern.test(name))
    .map((one) => (one.need === 'required' && declared.has(one.name) ? { ...one, need: 'default' } : one));
}

/** `os.environ["X"]`, unless it is set or deleted there. */
const byIndex: Reader = (tokens, at) => {
  if (!isName(tokens[at], 'environ') || !isMark(tokens[at + 1], '[')) return undefined;
  const key = tokens[at + 2];
  if (key?.kind !== 'text' || !isMark(tokens[at + 3], ']')) return undefined;
  const isSet = isMark(tokens[at + 4], '=') && !isMark(tokens[at + 5], '=');
  const isDeleted = isName(tokens[at - 3], 'del') || isName(tokens[at - 1], 'del');
  return isSet || isDeleted ? undefined : { name: key.text, line: key.line, need: 'required' };
};

/** `os.environ.get("X")`, `os.getenv("X", "a")`. */
const byGet: Reader = (tokens, at) => {
  const isGetenv = isName(tokens[at], 'getenv');
  const isMethod =
    isName(tokens[at], 'environ') && isMark(tokens[at + 1], '.') && isName(tokens[at + 2], 'get', 'pop');
  const open = isGetenv ? at + 1 : at + 3;
  const key = tokens[open + 1];
  if ((!isGetenv && !isMethod) || !isMark(tokens[open], '(') || key?.kind !== 'text') return undefined;
  const need = isMark(tokens[open + 2], ',')
    ? 'default'
    : isName(tokens[at + 2], 'pop')
      ? 'required'
      : 'optional';
  return { name: key.text, line: key.line, need };
};

/** `env("X")`, `env.list("X", default=[])`; a method called env of something else is not meant. */
const byEnv: Reader = (tokens, at) => {
  if (!isName(tokens[at], 'env', 'ENV') || isMark(tokens[at - 1], '.') || isName(tokens[at - 1], 'def'))
    return undefined;
  const isMethod = isMark(tokens[at + 1], '.') && tokens[at + 2]?.kind === 'name';
  const open = isMethod ? at + 3 : at + 1;
  if (isMethod && isName(tokens[at + 2], 'get', 'setdefault', 'pop')) return undefined;
  return ofCall(tokens, open);
};

const byDecouple: Reader = (tokens, at) =>
  isName(tokens[at], 'config') && !isMark(tokens[at - 1], '.') ? ofCall(tokens, at + 1) : undefined;

/** A call whose first argument is the key: required where no `default=` stands in it. */
function ofCall(tokens: readonly Token[], open: number): KeyRead | undefined {
  const key = tokens[open + 1];
  if (!isMark(tokens[open], '(') || key?.kind !== 'text') return undefined;
  const rest = argumentsFrom(tokens, open);
  const hasDefault = rest.some((one, at) => isName(one, 'default') && isMark(rest[at + 1], '='));
  return { name: key.text, line: key.line, need: hasDefault ? 'default' : 'required' };
}

/** The tokens of a call's own arguments, without those of calls and collections inside. */
function argumentsFrom(tokens: readonly Token[], open: number): readonly Token[] {
  const own: Token[] = [];
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token) break;
    if (token.kind === 'mark' && '([{'.includes(token.text)) depth++;
    else if (token.kind === 'mark' && ')]}'.includes(token.text)) depth--;
    else if (depth === 1) own.push(token);
    if (depth === 0) break;
  }
  return own;
}

/** `environ.Env(DEBUG=(bool, False))` gives defaults. */
function schemaKeys(tokens: readonly Token[]): ReadonlySet<string> {
  const open = tokens.findIndex((one, at) => isName(one, 'Env') && isMark(tokens[at + 1], '('));
  if (open < 0) return new Set();
  const own = argumentsFrom(tokens, open + 1);
  return new Set(
    own.filter((one, at) => one.kind === 'name' && isMark(own[at + 1], '=')).map((one) => one.text),
  );
}

/** `REQUIRED = {"X": "why"}`, or a list or tuple of texts: the first texts of its entries. */
function requiredTable(tokens: readonly Token[]): readonly KeyRead[] {
  const at = tokens.findIndex((one, index) => isName(one, 'REQUIRED') && isMark(tokens[index + 1], '='));
  const open = tokens[at + 2];
  if (at < 0 || open?.kind !== 'mark' || !'{[('.includes(open.text)) return [];
  const own = argumentsFrom(tokens, at + 2);
  return own
    .filter((one, index) => one.kind === 'text' && (index === 0 || isMark(own[index - 1], ',')))
    .map(({ text, line }) => ({ name: text, line, need: 'required' as const }));
}
