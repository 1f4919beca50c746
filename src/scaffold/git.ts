import { isAbort, messageOf, systemCode } from '../base/errors';
import type { Finished, World } from '../base/ports';

/** What was done with git. */
export interface GitResult {
  readonly outcome:
    | 'committed'
    /** Everything is staged; git knows no author, or refused the commit. */
    | 'staged'
    /** The service lies in a repository already, which is left as it is. */
    | 'outer'
    /** There is no git on the PATH. */
    | 'missing'
    | 'failed'
    /** The folder was there already, and what is in it is a person's to commit. */
    | 'left'
    /** The template asks for no repository. */
    | 'none';
  /** git's own words about it, for the log. */
  readonly detail?: string;
}

/** What became of the repository, to follow "12 files," in a sentence. */
export const gitSays: Readonly<Record<GitResult['outcome'], string>> = {
  committed: 'with a first commit',
  staged: 'staged in git but not committed, because git has no author yet or refused',
  outer: 'inside a git repository that is there already, not added to it',
  missing: 'without a git repository, because git is not on the PATH',
  failed: 'without a commit, because git failed',
  left: 'not committed, because the folder was there already',
  none: 'without a git repository',
};

export interface NewRepository {
  /** Where the files are while the service is made. */
  readonly staging: string;
  /** Where they will be. */
  readonly dir: string;
  readonly message: string;
}

/**
 * Makes a repository on the branch main with one commit. Without an author in git's configuration everything stays staged: a commit
 * with a guessed author would have to be made again. Nothing of the machine's git is run: no hooks, no repository template, no signing.
 * Throws only AbortError.
 */
export async function initRepository(
  { staging, dir, message }: NewRepository,
  world: Pick<World, 'processes'> & { readonly signal: AbortSignal },
): Promise<GitResult> {
  const git = (...args: readonly string[]): Promise<Finished> =>
    world.processes.run(
      { file: 'git', args: [...safely, ...args], cwd: staging, env: redirects },
      world.signal,
    );
  const steps = async (): Promise<GitResult> => {
    if (await liesInRepository(git, dir)) return { outcome: 'outer' };
    for (const args of [
      ['init', '--quiet', '--initial-branch=main', '--template='],
      ['add', '--all'],
    ]) {
      const done = await git(...args);
      if (done.exitCode !== 0) return { outcome: 'failed', detail: saying(args, done) };
    }
    const commit = ['commit', '--quiet', '--no-verify', '--message', message];
    const done = await git(...commit);
    return done.exitCode === 0
      ? { outcome: 'committed' }
      : { outcome: 'staged', detail: saying(commit, done) };
  };
  try {
    return await steps();
  } catch (error) {
    if (isAbort(error)) throw error;
    if (systemCode(error) === 'ENOENT') return { outcome: 'missing' };
    return { outcome: 'failed', detail: messageOf(error) };
  }
}

/** Whether a repository around the new folder would take its files. One that ignores the folder leaves it to be its own. */
async function liesInRepository(
  git: (...args: readonly string[]) => Promise<Finished>,
  dir: string,
): Promise<boolean> {
  if ((await git('rev-parse', '--is-inside-work-tree')).stdout.trim() !== 'true') return false;
  return (await git('check-ignore', '--quiet', dir)).exitCode !== 0;
}

const saying = (args: readonly string[], { exitCode, stderr }: Finished): string =>
  `git ${args[0] ?? ''} ended with ${exitCode}: ${stderr.trim()}`;

const safely = [
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'commit.gpgSign=false',
  '-c',
  'user.useConfigOnly=true',
];

/** An outer repository's variables must not redirect the new one. */
const redirects = {
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_COMMON_DIR: undefined,
  GIT_OBJECT_DIRECTORY: undefined,
  GIT_PREFIX: undefined,
};
