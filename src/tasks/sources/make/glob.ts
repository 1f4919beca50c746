import { join } from '../../../base/paths';

/** The names in a directory, undefined when there is none; directories end with `/`. */
export type List = (directory: string) => readonly string[] | undefined;

const most = 10_000;

/** Whether `name` holds a wildcard. */
export function isGlob(name: string): boolean {
  return /[*?[]/.test(name);
}

/**
 * The files that match `pattern` (`*`, `?`, `[…]` in each segment, as `glob(3)`), sorted and as written: relative ones stay relative to
 * `directory`. A name without a wildcard matches when it is there.
 */
export function matchGlob(pattern: string, directory: string, list: List): readonly string[] {
  const onlyFolders = pattern.length > 1 && pattern.endsWith('/');
  const segments = pattern.split('/').filter((segment, index) => segment !== '' || index === 0);
  const rooted = segments[0] === '';
  let found: readonly string[] = [rooted ? '/' : ''];
  for (const [index, segment] of segments.entries()) {
    if (rooted && index === 0) continue;
    const last = index === segments.length - 1 && !onlyFolders;
    found = found.flatMap((base) => inFolder(base, segment, last, { directory, list })).slice(0, most);
  }
  return onlyFolders
    ? found
    : found.map((name) => (name.length > 1 && name.endsWith('/') ? name.slice(0, -1) : name));
}

/** What matches one segment below `base`, folders with a `/` at the end. */
function inFolder(
  base: string,
  segment: string,
  last: boolean,
  { directory, list }: { readonly directory: string; readonly list: List },
): readonly string[] {
  if (segment === '.' || segment === '..' || (!last && !isGlob(segment))) return [`${base}${segment}/`];
  const entries = list(base.startsWith('/') ? join(base) || '/' : join(directory, base)) ?? [];
  const matches = isGlob(segment) ? segmentMatcher(segment) : (name: string) => name === segment;
  return entries
    .filter(
      (entry) => (last || entry.endsWith('/')) && matches(entry.endsWith('/') ? entry.slice(0, -1) : entry),
    )
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((entry) => base + entry);
}

/** Matches one segment; a leading dot must be written. Backtracks only to the last `*`, so it takes linear time and no regular expression. */
function segmentMatcher(glob: string): (name: string) => boolean {
  const parts = parseSegment(glob);
  return (name) => {
    if (name.startsWith('.') && parts[0]?.literal !== '.') return false;
    return matchParts(parts, name);
  };
}

interface Part {
  readonly kind: 'any' | 'one' | 'set' | 'literal';
  readonly literal?: string;
  readonly accepts: (char: string) => boolean;
}

function parseSegment(glob: string): readonly Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at] ?? '';
    if (char === '*') parts.push({ kind: 'any', accepts: () => true });
    else if (char === '?') parts.push({ kind: 'one', accepts: () => true });
    else if (char === '[' && glob.indexOf(']', at + 2) > 0) {
      const end = glob.indexOf(']', at + 2);
      parts.push({ kind: 'set', accepts: charSet(glob.slice(at + 1, end)) });
      at = end;
    } else parts.push({ kind: 'literal', literal: char, accepts: (other) => other === char });
  }
  return parts;
}

function charSet(body: string): (char: string) => boolean {
  const negated = body.startsWith('!') || body.startsWith('^');
  const members = negated ? body.slice(1) : body;
  const has = (char: string): boolean => {
    for (let at = 0; at < members.length; at++) {
      const from = members[at] ?? '';
      const to = members[at + 1] === '-' && at + 2 < members.length ? (members[at + 2] ?? from) : from;
      if (char >= from && char <= to) return true;
      if (to !== from) at += 2;
    }
    return false;
  };
  return (char) => has(char) !== negated;
}

function matchParts(parts: readonly Part[], name: string): boolean {
  let part = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  while (at < name.length) {
    const now = parts[part];
    if (now?.kind === 'any') {
      star = part++;
      starAt = at;
    } else if (now?.accepts(name[at] ?? '') === true) {
      part++;
      at++;
    } else if (star >= 0) {
      part = star + 1;
      at = ++starAt;
    } else return false;
  }
  while (parts[part]?.kind === 'any') part++;
  return part === parts.length;
}
