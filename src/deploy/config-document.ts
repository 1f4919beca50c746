import type { KeyChanges } from './compare';
import { hiddenValue, keyChanges } from './compare';

/** The variables of an app as a document to edit. Its text never holds a value that a platform has: those are hidden. */

/** A line of the document that can't be read. */
export interface LineProblem {
  /** From zero. */
  readonly line: number;
  readonly message: string;
}

/** What a line says of its variable: keep it, ask for the value when saving, or this value. */
export type Said =
  { readonly kind: 'keep' } | { readonly kind: 'ask' } | { readonly kind: 'value'; readonly value: string };

export interface ReadDocument {
  readonly said: ReadonlyMap<string, Said>;
  readonly problems: readonly LineProblem[];
}

/** What saving does. */
export interface DocumentPatch {
  /** New variables and those that get another value. */
  readonly set: Readonly<Record<string, string>>;
  /** Of these the value is still to be asked for. */
  readonly ask: readonly string[];
  readonly unset: readonly string[];
}

export function configDocument(app: string, environment: string, names: readonly string[]): string {
  const lines = names.toSorted().map((name) => `${name}=${hiddenValue}`);
  return `# The variables of ${app} in ${environment}.
# ${hiddenValue} is the value that is there. Put another one in its place,
# add a line, or take one away. Write ? for a secret: it is asked for,
# unseen, when you save. Saving shows what changes and makes one release.

${lines.join('\n')}${lines.length > 0 ? '\n' : ''}`;
}

const assignment = /^\s*(?:export\s+)?([^\s=]+)\s*=(.*)$/;
const key = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Reads such a document, or a .env file: `KEY=value`, `#` comments, values in single or double quotes (`\n`, `\"` and `\\` in double ones).
 * A name that stands twice is a problem: which of them is meant nobody can know.
 */
export function readConfigDocument(text: string): ReadDocument {
  const said = new Map<string, Said>();
  const problems: LineProblem[] = [];
  for (const [line, raw] of text.split(/\r?\n/).entries()) {
    const trimmed = raw.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const [, name, rest] = assignment.exec(raw) ?? [];
    const value = rest === undefined ? undefined : readValue(rest.trim());
    if (name === undefined) problems.push({ line, message: 'A line is KEY=value, a comment, or empty.' });
    else if (!key.test(name))
      problems.push({
        line,
        message: `${name} can't be a variable; use letters, digits and underscores, and no digit first.`,
      });
    else if (said.has(name)) problems.push({ line, message: `${name} is there twice.` });
    else if (value === undefined)
      problems.push({ line, message: `The value of ${name} begins with a quote and does not end with one.` });
    else said.set(name, value);
  }
  return { said, problems };
}

/** Undefined where a quote is not closed. */
function readValue(text: string): Said | undefined {
  if (text === hiddenValue) return { kind: 'keep' };
  if (text === '?') return { kind: 'ask' };
  const quote = text[0];
  if (quote !== '"' && quote !== "'") return { kind: 'value', value: text.replace(/\s+#.*$/, '') };
  const body =
    quote === '"'
      ? /^"((?:[^"\\]|\\.)*)"\s*(?:#.*)?$/.exec(text)?.[1]
      : /^'([^']*)'\s*(?:#.*)?$/.exec(text)?.[1];
  if (body === undefined) return undefined;
  return { kind: 'value', value: quote === '"' ? unescape(body) : body };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const unescape = (text: string): string =>
  text.replaceAll(/\\(.)/g, (_, character: string) => escapes[character] ?? character);

/** What a saved document changes of the variables that were there when it was opened. */
export function patchOf(document: ReadDocument, seen: Readonly<Record<string, string>>): DocumentPatch {
  const { said } = document;
  const set: Record<string, string> = {};
  const ask: string[] = [];
  for (const [name, one] of said) {
    if (one.kind === 'value' && one.value !== seen[name]) set[name] = one.value;
    // A new line whose value is hidden keeps nothing: it has to be asked for.
    else if (one.kind === 'ask' || (one.kind === 'keep' && seen[name] === undefined)) ask.push(name);
  }
  return {
    set,
    ask: ask.toSorted(),
    unset: Object.keys(seen)
      .filter((name) => !said.has(name))
      .toSorted(),
  };
}

export const isEmptyPatch = ({ set, ask, unset }: DocumentPatch): boolean =>
  Object.keys(set).length + ask.length + unset.length === 0;

/** What saving changes, for people; no value is in it. */
export function patchLines(
  { set, ask, unset }: DocumentPatch,
  seen: Readonly<Record<string, string>>,
): readonly string[] {
  const names = [...new Set([...Object.keys(set), ...ask])].toSorted();
  const say = (what: string, of: readonly string[]): readonly string[] =>
    of.length === 0 ? [] : [`${what}: ${of.join(', ')}`];
  return [
    ...say(
      'New',
      names.filter((name) => seen[name] === undefined),
    ),
    ...say(
      'Another value',
      names.filter((name) => seen[name] !== undefined),
    ),
    ...say('Taken away', unset),
  ];
}

/** Variables that the patch touches and that somebody changed since the document was opened. */
export function overtaken(
  { set, ask, unset }: DocumentPatch,
  seen: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): readonly string[] {
  const touched = [...Object.keys(set), ...ask, ...unset];
  return touched.filter((name) => seen[name] !== now[name]).toSorted();
}

/** A local .env beside what an environment has, by name; the two texts differ where the variables do. */
export function compareWithLocal(
  local: Readonly<Record<string, string>>,
  remote: Readonly<Record<string, string>>,
): { readonly local: string; readonly remote: string; readonly changes: KeyChanges } {
  const changes = keyChanges(local, remote);
  const differs = new Set(changes.changed);
  const text = (of: Readonly<Record<string, string>>, mark: string): string =>
    Object.keys(of)
      .toSorted()
      .map((name) => `${name}=${hiddenValue}${differs.has(name) ? `  (${mark})` : ''}\n`)
      .join('');
  return { local: text(local, 'here'), remote: text(remote, 'other value there'), changes };
}

/** The values of a .env file; lines that can't be read are passed over. */
export function readEnvFile(text: string): Readonly<Record<string, string>> {
  const out: Record<string, string> = {};
  for (const [name, one] of readConfigDocument(text).said)
    out[name] = one.kind === 'value' ? one.value : one.kind === 'ask' ? '?' : hiddenValue;
  return out;
}
