import { messageOf } from '../base/errors';
import type { Processes } from '../base/ports';

/** What git says of a service's tree. */
export interface TreeFacts {
  /** The full hash of HEAD; undefined without a commit or a repository. */
  readonly commit?: string;
  /** The first line of HEAD's message. */
  readonly subject?: string;
  /** Changed and new files below the service's folder, relative to the repository; at most 1000. */
  readonly dirty: readonly string[];
  /** Whether a branch of a remote holds the commit, so that CI can have built it. */
  readonly isPushed: boolean;
  readonly user?: string;
}

const mostDirty = 1000;
const mostOutput = 4_000_000;

/** Asks git; without a repository or without git nothing is known, which is no error. Only for folders that are trusted. */
export async function readTree(dir: string, processes: Processes, signal: AbortSignal): Promise<TreeFacts> {
  const git = gitIn(dir, processes, signal);
  const head = await git(['log', '-1', '--format=%H%n%s']);
  const [commit = '', subject = ''] = (head ?? '').split('\n');
  if (commit === '') return { dirty: [], isPushed: false };
  const [status, branches, user] = await Promise.all([
    git(['status', '--porcelain', '-z', '--untracked-files=all', '--', '.']),
    git(['branch', '--remotes', '--contains', commit, '--format=%(refname)']),
    git(['config', 'user.name']),
  ]);
  return {
    commit,
    subject,
    dirty: dirtyFiles(status ?? ''),
    isPushed: (branches ?? '').trim() !== '',
    ...(user === undefined || user.trim() === '' ? {} : { user: user.trim() }),
  };
}

/** One commit, for people. */
export interface CommitLine {
  readonly commit: string;
  readonly subject: string;
}

/** What `to` holds that `from` does not, in the service's folder, newest first, and how much of it there is; undefined where `from` is not known here. */
export async function commitsBetween(
  dir: string,
  range: { readonly from: string; readonly to: string },
  processes: Processes,
  signal: AbortSignal,
): Promise<readonly CommitLine[] | undefined> {
  const git = gitIn(dir, processes, signal);
  const text = await git(['log', '--format=%H %s', '-200', `${range.from}..${range.to}`, '--', '.']);
  return text
    ?.split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ commit: line.slice(0, 40), subject: line.slice(41) }));
}

/** The whole hash of a commit; undefined where it is not known here. */
export async function fullCommit(
  dir: string,
  commit: string,
  processes: Processes,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (!/^[0-9a-f]{4,64}$/.test(commit)) return undefined;
  const text = await gitIn(
    dir,
    processes,
    signal,
  )(['rev-parse', '--verify', '--quiet', `${commit}^{commit}`]);
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}

/** What a file of the service's folder held at a commit; undefined where there was none, or the commit is not known here. */
export function textAtCommit(
  dir: string,
  { commit, path }: { readonly commit: string; readonly path: string },
  processes: Processes,
  signal: AbortSignal,
): Promise<string | undefined> {
  return gitIn(dir, processes, signal)(['show', `${commit}:./${path}`]);
}

/**
 * Files below the service's folder that match `pathspec` and are new since `from`, relative to it: in the commit `to`, or without one in
 * the folder as it is. Undefined where `from` is not known here.
 */
export async function filesAddedSince(
  dir: string,
  range: { readonly from: string; readonly to?: string | undefined; readonly pathspec: string },
  processes: Processes,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const git = gitIn(dir, processes, signal);
  const { from, to, pathspec } = range;
  const commits = to === undefined ? [from] : [from, to];
  const diff = ['diff', '--name-only', '--diff-filter=A', '--no-renames', '--relative', '-z'];
  const [added, untracked] = await Promise.all([
    git([...diff, ...commits, '--', pathspec]),
    to === undefined ? git(['ls-files', '--others', '--exclude-standard', '-z', '--', pathspec]) : '',
  ]);
  if (added === undefined) return undefined;
  const files = `${added}${untracked ?? ''}`.split('\0').filter((path) => path !== '');
  return [...new Set(files)].toSorted();
}

type Git = (args: readonly string[]) => Promise<string | undefined>;

function gitIn(dir: string, processes: Processes, signal: AbortSignal): Git {
  return async (args) => {
    try {
      const line = { file: 'git', args: ['-C', dir, ...args], env: { GIT_OPTIONAL_LOCKS: '0' }, mostOutput };
      const { exitCode, stdout } = await processes.run(line, signal);
      return exitCode === 0 ? stdout : undefined;
    } catch (error) {
      signal.throwIfAborted();
      // No git, or more files than anybody reads.
      if (error instanceof RangeError || /ENOENT/.test(messageOf(error))) return undefined;
      throw error;
    }
  };
}

/** Of `git status --porcelain -z` (git-status(1)); a rename is followed by its old name. */
function dirtyFiles(text: string): readonly string[] {
  const files: string[] = [];
  const entries = text.split('\0');
  for (let at = 0; at < entries.length && files.length < mostDirty; at++) {
    const entry = entries[at] ?? '';
    if (entry.length < 4) continue;
    files.push(entry.slice(3));
    if (/^[RC]/.test(entry)) at++;
  }
  return files;
}
