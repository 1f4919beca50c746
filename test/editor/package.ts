import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runOrFail } from './processes';

/** Builds the three bundles and packages them as users get them. Gives the VSIX. */
export async function packageExtension(): Promise<string> {
  console.log('Building and packaging the extension …');
  await mkdir('dist', { recursive: true });
  await runOrFail('npm', ['run', '--silent', 'package'], { quiet: true });
  return resolve('dist', 'servicewright.vsix');
}

export async function build(): Promise<void> {
  await runOrFail('npm', ['run', '--silent', 'build'], { quiet: true });
}

/** Packages the companion extension that runs the in-host suite. */
export async function packageHostRunner(): Promise<string> {
  const vsix = resolve('out', 'test', 'host-runner.vsix');
  await mkdir(join('out', 'test'), { recursive: true });
  const flags = ['--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', vsix];
  await runOrFail(resolve('node_modules', '.bin', 'vsce'), ['package', ...flags], {
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
