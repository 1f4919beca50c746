/** Globs of the configuration, seen from the folder that a file speaks for. */
import { globMatcher } from '../../base/glob';
import { join } from '../../base/paths';
import type { FileMatch } from './layer';

const longest = 300;
const mostStars = 12;

/** Why a glob is not taken; undefined when it is. */
export function globFault(glob: string): string | undefined {
  if (glob.length > longest) return `it is longer than ${longest} characters`;
  const stars = glob.split('*').length - 1;
  const braces = glob.split('{').length - 1;
  if (stars > mostStars || braces > 4) return `it has more than ${mostStars} stars or four braces`;
  return undefined;
}

export function isGlob(text: string): boolean {
  return /[*?{]/.test(text);
}

/** A glob without a slash names files in any folder; a folder stands for all that is in it. */
export function fileMatch(glob: string, base: string): FileMatch {
  const clean = glob.replace(/^\.\//, '');
  if (!isGlob(clean)) {
    const path = clean.startsWith('/') ? clean : join(base, clean);
    const name = `/${clean}`;
    return (file) =>
      file === path || file.startsWith(`${path}/`) || (!clean.includes('/') && file.endsWith(name));
  }
  if (clean.startsWith('/')) return globMatcher(clean);
  const matches = globMatcher(clean.includes('/') ? clean : `**/${clean}`);
  const prefix = base === '/' ? '/' : `${base}/`;
  return (file) => file.startsWith(prefix) && matches(file.slice(prefix.length));
}

/** `to` as it is written in a file of the folder `from`. */
export function relativeTo(from: string, to: string): string {
  const [a, b] = [from.split('/').filter(Boolean), to.split('/').filter(Boolean)];
  let common = 0;
  while (common < Math.min(a.length, b.length) && a[common] === b[common]) common += 1;
  return [...a.slice(common).map(() => '..'), ...b.slice(common)].join('/');
}
