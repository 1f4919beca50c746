/** The files that a glob names. */
import { addAll } from '../base/add-all';
import { globMatcher } from '../base/glob';
import { join } from '../base/paths';
import type { Files } from '../base/ports';

const skipped: ReadonlySet<string> = new Set(['node_modules', '.git']);
const special = /[*?{]/;

export function isGlob(pattern: string): boolean {
  return special.test(pattern);
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
    if (kind === 'directory' && !skipped.has(name)) addAll(found, await filesBelow(root, path, files));
    else if (kind === 'file' || kind === 'symlink') found.push(path);
  }
  return found.toSorted();
}
