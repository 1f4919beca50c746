import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildExtension } from './build';
import { say } from './output';
import { runOrFail } from './processes';

/** A piece of work that is done once in a run, however many kinds of tests ask for it and whenever they do. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => (done ??= work());
}

/** Builds the bundles in `out`, as they ship. */
export const build = once(buildExtension);

const vsce = resolve('node_modules', '.bin', 'vsce');

/** Builds and packages the extension as users get it. Gives the VSIX. */
export const packageExtension = once(async () => {
  await build();
  say('Packaging the extension …');
  const vsix = resolve('dist', 'servicewright.vsix');
  await mkdir('dist', { recursive: true });
  await runOrFail(vsce, ['package', '--no-dependencies', '--out', vsix], { quiet: true });
  return vsix;
});

/** Packages the companion extension that runs the in-host suite. */
export async function packageHostRunner(): Promise<string> {
  const vsix = resolve('out', 'test', 'host-runner.vsix');
  await mkdir(join('out', 'test'), { recursive: true });
  const flags = ['--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', vsix];
  await runOrFail(vsce, ['package', ...flags], {
    cwd: join('test', 'host', 'runner'),
    quiet: true,
  });
  return vsix;
}

const sample = join('test', 'fixtures', 'sample-workspace');

/** Copies the sample workspace (an empty folder when there is none) to a temporary folder and hands it on. */
export async function withWorkspaceCopy<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), 'servicewright-workspace-'));
  const folder = join(home, 'workspace');
  try {
    await mkdir(folder);
    if (existsSync(sample)) await cp(sample, folder, { recursive: true });
    return await use(folder);
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
}
