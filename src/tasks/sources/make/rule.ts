import {
  archiveMembers,
  fileNames,
  findUnquoted,
  hasUnknown,
  isBlank,
  joinLines,
  skipReference,
} from './text';

/** One name that a rule's left side gives, with the word of the source that it comes from. */
export interface RuleName {
  readonly name: string;
  readonly source: string;
  /** Offsets of the word in the logical line. */
  readonly start: number;
  readonly end: number;
}

/** The head of a rule: everything but its recipe lines. */
export interface RuleHead {
  readonly names: readonly RuleName[];
  readonly doubleColon: boolean;
  readonly grouped: boolean;
  /** What stands behind the colon: a part that is already expanded, then one that is not. */
  readonly expandedRest: string;
  readonly rest: string;
  /** What stands behind a semicolon: the first recipe line. */
  readonly recipe: string | undefined;
  /** The comment at the end, with its `#`. */
  readonly comment: string | undefined;
}

interface Scan {
  readonly names: readonly RuleName[];
  /** What was expanded behind the colon. */
  readonly expanded: string;
  /** Offset behind the colon. */
  readonly end: number;
}

/**
 * Reads a logical line as a rule; undefined when it has no colon.
 * Word by word, as make does: what is behind the colon must not be expanded before it is known not to be an assignment.
 */
export function parseRule(raw: string, expand: (text: string) => string): RuleHead | undefined {
  const cut = findUnquoted(raw, ';#');
  const body = cut < 0 ? raw : raw.slice(0, cut);
  const behind = cut < 0 ? undefined : raw.slice(cut);
  const scan = scanNames(body, expand);
  if (!scan) return undefined;
  const afterColon = scan.expanded + body.slice(scan.end);
  const doubleColon = afterColon.startsWith(':');
  const skip = doubleColon ? 1 : 0;
  const inExpanded = Math.min(skip, scan.expanded.length);
  return {
    names: archiveMembers(scan.names.filter(({ name }) => name !== '&')),
    grouped: scan.names.at(-1)?.name === '&',
    doubleColon,
    expandedRest: scan.expanded.slice(inExpanded),
    rest: joinLines(body.slice(scan.end + skip - inExpanded)),
    recipe: behind?.startsWith(';') === true ? behind.slice(1).trimStart() : undefined,
    comment: behind?.startsWith('#') === true ? joinLines(behind) : undefined,
  };
}

function scanNames(body: string, expand: (text: string) => string): Scan | undefined {
  const names: RuleName[] = [];
  let at = 0;
  while (at < body.length) {
    at = skipSpace(body, at);
    const end = wordEnd(body, at);
    const source = body.slice(at, end);
    const expanded = expand(joinLines(source));
    const colon = findUnquoted(expanded, ':');
    const left = colon < 0 ? expanded : expanded.slice(0, colon);
    const word = { source, start: at, end };
    for (const name of namesIn(left, colon >= 0 || body[end] === ':')) names.push({ ...word, name });
    if (colon >= 0) return { names, expanded: expanded.slice(colon + 1), end };
    if (body[end] === ':') return { names, expanded: '', end: end + 1 };
    // Every word is at least one character, so that this ends.
    at = Math.max(end, at + 1);
  }
  return undefined;
}

/** The names of one expanded word; `&` directly before the colon marks a grouped rule and is kept as a name of its own. */
function namesIn(text: string, beforeColon: boolean): readonly string[] {
  const names = fileNames(text);
  const last = names.at(-1);
  if (!beforeColon || last === undefined || last === '&' || !last.endsWith('&') || hasUnknown(last))
    return names;
  return [...names.slice(0, -1), last.slice(0, -1), '&'];
}

/** Behind blanks and continued line ends. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  while (isBlank(text[at]) || (text[at] === '\\' && text[at + 1] === '\n')) at++;
  return at;
}

/** The end of the word at `from`: a blank, or a colon, that no reference holds. */
export function wordEnd(text: string, from: number): number {
  const stops = /[\\$: \t\n\r\f\v]/g;
  stops.lastIndex = from;
  for (let match = stops.exec(text); match; match = stops.exec(text)) {
    const at = match.index;
    if (match[0] === '$') stops.lastIndex = skipReference(text, at);
    else if (match[0] !== '\\' || text[at + 1] === '\n') return at;
    else stops.lastIndex = at + 2;
  }
  return text.length;
}
