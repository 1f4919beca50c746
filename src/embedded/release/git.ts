import { execFile } from 'node:child_process';

export interface Commit {
  readonly id: string;
  /** Files differ from the commit. */
  readonly dirty: boolean;
}

/** The commit that `dir` stands at; undefined where there is no repository, no commit or no git. */
export async function commitOf(dir: string): Promise<Commit | undefined> {
  const id = await git(dir, ['rev-parse', '--short=12', 'HEAD']);
  if (id === undefined) return undefined;
  // Without optional locks, so that asking never gets in the way of a git that the user runs.
  const status = await git(dir, ['--no-optional-locks', 'status', '--porcelain', '--', '.']);
  return { id, dirty: status !== '' };
}

function git(dir: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const safe = ['-C', dir, '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];
    execFile('git', [...safe, ...args], { timeout: 10_000 }, (error, stdout) => {
      resolve(error ? undefined : stdout.trim());
    });
  });
}
