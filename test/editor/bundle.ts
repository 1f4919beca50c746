import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import process from 'node:process';
import { build, type BuildOptions, type BuildResult, type SameShape } from 'esbuild';
import { HarnessFailure } from './failure';

/** Every `*.test.ts` below the folders, sorted, as paths from the repository's root with `/`. */
export async function findTests(folders: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    if (!existsSync(folder)) continue;
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      if (!entry.isFile() || !entry.name.endsWith('.test.ts')) continue;
      found.push(relative('.', join(entry.parentPath, entry.name)).split(sep).join('/'));
    }
  }
  return found.toSorted();
}

/**
 * Bundles each file to `out/<its path>.js` (CommonJS, packages and `vscode` left outside) and gives the paths written.
 * Files are replaced whole, and only when they differ: two runs at once do not disturb each other.
 */
export async function bundle(files: readonly string[]): Promise<readonly string[]> {
  if (files.length === 0) return [];
  const result = await buildTold({
    entryPoints: [...files],
    outbase: '.',
    outdir: 'out',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    external: ['vscode'],
    sourcemap: 'inline',
    write: false,
    logLevel: 'warning',
  });
  await Promise.all(result.outputFiles.map((file) => writeWhole(file.path, file.contents)));
  return files.map((file) => join('out', file.replace(/\.ts$/u, '.js')));
}

/** esbuild prints its errors with the source lines; the stack would only repeat them. */
export async function buildTold<T extends BuildOptions>(
  options: SameShape<BuildOptions, T>,
): Promise<BuildResult<T>> {
  return build(options).catch((cause: unknown) => {
    throw new HarnessFailure('The bundle cannot be built: see the errors above.', { cause });
  });
}

/** Writes a file whole, unless it is there as it is wanted. */
export async function writeWhole(path: string, contents: Uint8Array): Promise<void> {
  if (existsSync(path) && (await readFile(path)).equals(contents)) return;
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, contents);
  await rename(temporary, path);
}
