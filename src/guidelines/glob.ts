/** Globs: `*` and `?` within a name, `**` over folders, `{yaml,json}` for alternatives. */
import { join } from '../base/paths';
import type { Files } from '../base/ports';

const skipped: ReadonlySet<string> = new Set(['node_modules', '.git']);
const special = /[*?{]/;

export function isGlob(pattern: string): boolean {
  return special.test(pattern);
}

/** Matches whole paths with `/`, seen from where the glob starts. */
export function globMatcher(pattern: string): (path: string) => boolean {
  const source = expandBraces(pattern).map(toRegExpSource).join('|');
  const expression = new RegExp(`^(?:${source})$`, 'u');
  return (path) => expression.test(path);
}

/** `a.{yaml,yml}` → `a.yaml`, `a.yml`; a brace that is never closed stands for itself. */
function expandBraces(pattern: string): readonly string[] {
  const found = /\{([^{}]*)\}/.exec(pattern);
  if (found === null) return [pattern];
  const [before, after] = [pattern.slice(0, found.index), pattern.slice(found.index + found[0].length)];
  return (found[1] ?? '').split(',').flatMap((choice) => expandBraces(before + choice + after));
}

function toRegExpSource(pattern: string): string {
  return pattern
    .split('/')
    .map((segment, at, all) => {
      if (segment === '**') return at === all.length - 1 ? '.*' : '(?:[^/]+/)*';
      const name = segment.replaceAll(/[\\^$.|+()[\]{}*?]/g, characterSource);
      return at === all.length - 1 ? name : `${name}/`;
    })
    .join('');
}

function characterSource(character: string): string {
  if (character === '*') return '[^/]*';
  return character === '?' ? '[^/]' : `\\${character}`;
}

/** The files below `cwd` that a glob names, sorted; `node_modules`, `.git` and links to folders are not entered. */
export async function expandGlob(pattern: string, cwd: string, files: Files): Promise<readonly string[]> {
  const segments = pattern.split('/');
  const fixed = segments.slice(
    0,
    segments.findIndex((segment) => special.test(segment)),
  );
  const root = pattern.startsWith('/') ? `/${fixed.join('/')}` : join(cwd, ...fixed);
  const matches = globMatcher(segments.slice(fixed.length).join('/'));
  const shown = fixed.length === 0 ? '' : `${fixed.join('/')}/`;
  return (await filesBelow(root, '', files)).filter(matches).map((path) => shown + path);
}

async function filesBelow(root: string, folder: string, files: Files): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { name, kind } of await files.list(join(root, folder))) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (kind === 'directory' && !skipped.has(name)) found.push(...(await filesBelow(root, path, files)));
    else if (kind === 'file' || kind === 'symlink') found.push(path);
  }
  return found.toSorted();
}
