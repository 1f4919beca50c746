/** Functions for file names (GNU make manual, 8.3). The only ones that look at the disk, through the `list` port. */
import { basename, dirname, join } from '../../../../base/paths';
import type { Expander } from '../expander';
import { matchGlob } from '../glob';
import { hasUnknown, unknown, wordsOf } from '../text';
import type { Functions } from './define';

export const nameFunctions: Functions = {
  dir: {
    most: 1,
    run: ([names = '']) => each(names, (name) => name.slice(0, name.lastIndexOf('/') + 1) || './'),
  },
  notdir: {
    most: 1,
    run: ([names = '']) => eachKept(names, (name) => name.slice(name.lastIndexOf('/') + 1)),
  },
  suffix: { most: 1, run: ([names = '']) => each(names, (name) => name.slice(suffixStart(name))) },
  basename: { most: 1, run: ([names = '']) => eachKept(names, (name) => name.slice(0, suffixStart(name))) },
  addsuffix: { most: 2, run: ([suffix = '', names = '']) => each(names, (name) => name + suffix) },
  addprefix: { most: 2, run: ([prefix = '', names = '']) => each(names, (name) => prefix + name) },
  join: { most: 2, run: ([a = '', b = '']) => joinPairs(wordsOf(a), wordsOf(b)) },
  wildcard: { most: 1, run: ([patterns = ''], expander) => wildcard(patterns, expander) },
  realpath: {
    most: 1,
    run: ([names = ''], expander) =>
      each(names, (name) => (exists(name, expander) ? absolute(name, expander) : '')),
  },
  abspath: { most: 1, run: ([names = ''], expander) => each(names, (name) => absolute(name, expander)) },
};

function each(names: string, change: (name: string) => string): string {
  return wordsOf(names)
    .map(change)
    .filter((name) => name !== '')
    .join(' ');
}

/** As make does for `notdir` and `basename`: a name of which nothing is left leaves its blank. */
function eachKept(names: string, change: (name: string) => string): string {
  return wordsOf(names).map(change).join(' ');
}

function suffixStart(name: string): number {
  const dot = name.lastIndexOf('.');
  return dot > name.lastIndexOf('/') ? dot : name.length;
}

function joinPairs(a: readonly string[], b: readonly string[]): string {
  if ([...a, ...b].includes(unknown)) return unknown;
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? '') + (b[i] ?? '')).join(
    ' ',
  );
}

function wildcard(patterns: string, expander: Expander): string {
  return wordsOf(patterns)
    .flatMap((pattern) =>
      hasUnknown(pattern) ? [unknown] : matchGlob(pattern, expander.directory, (dir) => expander.list(dir)),
    )
    .join(' ');
}

function absolute(name: string, expander: Expander): string {
  if (name.startsWith(unknown)) return name;
  return name.startsWith('/') ? join(name) : join(expander.directory, name);
}

function exists(name: string, expander: Expander): boolean {
  const path = absolute(name, expander);
  if (hasUnknown(path) || path === '/') return true;
  const entries = expander.list(dirname(path));
  return entries?.some((entry) => entry === basename(path) || entry === `${basename(path)}/`) ?? false;
}
