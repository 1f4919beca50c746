import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { existsSync } from 'node:fs';
import ignore from 'ignore';
import type { Ignore } from 'ignore';
import { systemCode } from '../../base/errors';

/** The patterns of one file, relative to the directory that it stands in. */
interface Layer {
  readonly base: string;
  readonly patterns: Ignore;
}

/** What is left out of a release, from the root of the tree down; deeper files have the last word (gitignore(5)). */
export interface IgnoreRules {
  isIgnored(path: string, isDirectory: boolean): boolean;
  /** The rules inside a directory: those here and those of the files that stand in it. */
  enter(dir: string): Promise<IgnoreRules>;
}

/** The rules at the root of a service: those of the repository above it, `.git/info/exclude`, and its own `.slugignore`. */
export async function rootRules(dir: string): Promise<IgnoreRules> {
  const above = repositoryPath(dir);
  const [root] = above;
  const files: [string, string][] = [];
  if (root !== undefined) files.push([root, join(root, '.git', 'info', 'exclude')]);
  for (const parent of above) if (parent !== dir) files.push([parent, join(parent, '.gitignore')]);
  files.push([dir, join(dir, '.slugignore')]);
  const layers = await Promise.all(files.map(([base, file]) => layerOf(base, file)));
  return rulesOf(layers.filter((layer) => layer !== undefined)).enter(dir);
}

/** The directories from the repository's root down to `dir`; empty when there is no repository. */
function repositoryPath(dir: string): readonly string[] {
  const path: string[] = [];
  for (let at = dir; ; at = dirname(at)) {
    path.unshift(at);
    if (existsSync(join(at, '.git'))) return path;
    if (dirname(at) === at) return [];
  }
}

function rulesOf(layers: readonly Layer[]): IgnoreRules {
  return {
    isIgnored(path, isDirectory) {
      for (const layer of layers.toReversed()) {
        const inside = relative(layer.base, path).split(sep).join('/');
        const { ignored, unignored } = layer.patterns.test(isDirectory ? `${inside}/` : inside);
        if (ignored || unignored) return ignored;
      }
      return false;
    },
    async enter(dir) {
      const own = await layerOf(dir, join(dir, '.gitignore'));
      return own ? rulesOf([...layers, own]) : this;
    },
  };
}

async function layerOf(base: string, file: string): Promise<Layer | undefined> {
  try {
    return { base, patterns: ignore({ allowRelativePaths: true }).add(await readFile(file, 'utf8')) };
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw error;
  }
}
