import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileEdit } from '../../src/base/ports';

/** What each file holds before and shall hold after; null is no file. */
export type Texts = Readonly<Record<string, readonly [before: string | null, after: string | null]>>;

/** A change with every kind of step in it. */
export const texts: Texts = {
  Makefile: ['old', 'new'],
  'ci/config.yml': ['a', null],
  'kit/deep/er.py': [null, 'er'],
  'run.sh': ['#!/bin/sh', '#!/bin/sh\n# 2'],
  'a/file': ['a', null],
  was: ['w', null],
  'was/folder': [null, 'now'],
  'same/place': ['1', '2'],
};

export async function write(dir: string, all: Texts = texts): Promise<void> {
  await writeFile(join(dir, 'mine'), 'mine');
  for (const [path, [before]] of Object.entries(all)) {
    if (before === null) continue;
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), before);
  }
}

/** Every file below `dir` with its text, and every empty folder. */
export async function read(dir: string): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(dir.length + 1);
    if (entry.isFile()) found[name] = await readFile(path, 'utf8');
    else if (entry.isDirectory() && (await readdir(path)).length === 0) found[`${name}/`] = '';
  }
  return found;
}

/** The whole folder before (0) or after (1) the change. */
export function side(which: 0 | 1): Readonly<Record<string, string>> {
  const entries = Object.entries(texts).flatMap(([path, both]) => {
    const text = both[which];
    return text === null ? [] : [[path, text] as const];
  });
  return { mine: 'mine', ...Object.fromEntries(entries) };
}

export function editsOf(all: Texts): readonly FileEdit[] {
  return Object.entries(all).map(([path, [before, after]]) => ({
    path,
    seen: before === null ? undefined : Buffer.from(before),
    next: after === null ? undefined : { bytes: Buffer.from(after), executable: path.endsWith('.sh') },
  }));
}
