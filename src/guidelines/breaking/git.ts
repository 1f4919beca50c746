/**
 * The older version of a description, from git. Nothing is run but git's own reading commands, and nothing that a repository's
 * configuration would start: no hook, no file watcher, no fetch.
 */
import { isAbort, systemCode } from '../../base/errors';
import { basename, dirname } from '../../base/paths';
import type { Processes } from '../../base/ports';
import { noGit, noSuchRef, notInRepository } from '../errors';

export interface BaseText {
  readonly text: string;
  /** What it is called, for people: `origin/main at 1a2b3c4`. */
  readonly from: string;
  /** The object that it was read from: the same name, the same text. */
  readonly id: string;
  /** Where it stood, as an absolute path: the file may have another name by now. */
  readonly path: string;
}

/** Where a folder stands: its place in the repository, and the commit to compare with. */
interface Ground {
  /** With a slash at its end; empty for the root. */
  readonly prefix: string;
  readonly commit: string;
  readonly from: string;
}

const mostText = 64 * 1024 * 1024;
/** Where a repository does not say what its default branch is. */
const usualBranches = [
  'refs/remotes/origin/main',
  'refs/remotes/origin/master',
  'refs/heads/main',
  'refs/heads/master',
];
const remoteHead = 'refs/remotes/origin/HEAD';

/** Reads older versions, and remembers of each folder what it has to compare with. */
export class BaseReader {
  readonly #processes: Processes;
  /** A reference; undefined for the repository's default branch. */
  readonly #ref: string | undefined;
  readonly #grounds = new Map<string, Promise<Ground | undefined>>();

  constructor(processes: Processes, ref: string | undefined) {
    this.#processes = processes;
    this.#ref = ref;
  }

  /**
   * The version of a file at the merge base of HEAD and the reference; undefined when the file is new since then, or there is no
   * commit yet. A renamed file is followed. Takes an absolute path.
   * Throws UserError `guidelines/no-git`, `guidelines/not-in-repository` or `guidelines/no-such-ref`; AbortError on cancel.
   */
  async read(path: string, signal: AbortSignal): Promise<BaseText | undefined> {
    const dir = dirname(path);
    let ground = this.#grounds.get(dir);
    if (ground === undefined) {
      ground = this.#groundOf(dir, signal);
      ground.catch(() => this.#grounds.delete(dir));
      this.#grounds.set(dir, ground);
    }
    const found = await ground;
    if (found === undefined) return undefined;
    const { prefix, commit, from } = found;
    const git = this.#gitIn(dir, signal);
    const name = prefix + basename(path);
    const same = await git('rev-parse', '--verify', '--quiet', `${commit}:${name}`);
    const old = same === undefined ? await renamed(git, commit, name) : { id: same, name };
    const text = old === undefined ? undefined : await git('cat-file', 'blob', old.id);
    if (old === undefined || text === undefined) return undefined;
    const top = topOf(dir, prefix);
    return { text, from, id: old.id, path: top === undefined ? path : top + old.name };
  }

  /**
   * The texts of further files in the same commit as `of`, by their absolute paths; what did not stand there has none. Nothing is followed
   * that was renamed: these are the names of then.
   */
  async readAll(
    of: string,
    paths: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, string>> {
    const dir = dirname(of);
    const ground = await this.#grounds.get(dir);
    const top = ground && topOf(dir, ground.prefix);
    if (ground === undefined || top === undefined) return new Map();
    const inside = paths.filter((path) => path.startsWith(top) && !/[\r\n]/.test(path));
    if (inside.length === 0) return new Map();
    const input = inside.map((path) => `${ground.commit}:${path.slice(top.length)}\n`).join('');
    const printed = await this.#gitIn(dir, signal, input)('cat-file', '--batch');
    const texts = printed === undefined ? [] : batched(printed, inside.length);
    return new Map(
      inside.flatMap((path, at) => (texts[at] === undefined ? [] : [[path, texts[at]] as const])),
    );
  }

  async #groundOf(dir: string, signal: AbortSignal): Promise<Ground | undefined> {
    const git = this.#gitIn(dir, signal);
    const prefix = await git('rev-parse', '--show-prefix');
    if (prefix === undefined) throw notInRepository(dir);
    const ref = this.#ref === undefined ? await defaultBranch(git) : await this.#resolved(git, this.#ref);
    if ((await git('rev-parse', '--verify', '--quiet', 'HEAD')) === undefined) return undefined;
    // Histories that have nothing in common, or are cut short: the reference itself is the nearest thing to compare with.
    const commit =
      (await git('merge-base', 'HEAD', ref.target)) ?? (await git('rev-parse', '--verify', ref.target));
    return commit === undefined
      ? undefined
      : { prefix, commit, from: `${ref.name} at ${commit.slice(0, 7)}` };
  }

  async #resolved(git: Git, ref: string): Promise<{ readonly name: string; readonly target: string }> {
    const isSafe = ref !== '' && !ref.startsWith('-');
    const target = isSafe ? await git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`) : undefined;
    if (target === undefined) throw noSuchRef(ref);
    return { name: ref, target };
  }

  #gitIn(dir: string, signal: AbortSignal, input?: string): Git {
    return async (...args) => {
      try {
        const { exitCode, stdout } = await this.#processes.run(
          {
            file: 'git',
            args: [...safely, '-C', dir, ...args],
            env: environment,
            mostOutput: mostText,
            ...(input === undefined ? {} : { input }),
          },
          signal,
        );
        if (exitCode !== 0) return undefined;
        return args[0] === 'cat-file' ? stdout : stdout.replace(/\r?\n$/, '');
      } catch (error) {
        if (systemCode(error) === 'ENOENT') throw noGit(error);
        // A text too large to compare is as none; what else went wrong is for whoever asked.
        if (error instanceof RangeError && !isAbort(error)) return undefined;
        throw error;
      }
    };
  }
}

/** Runs git; gives what it printed, or undefined when it failed. */
type Git = (...args: readonly string[]) => Promise<string | undefined>;

async function defaultBranch(git: Git): Promise<{ readonly name: string; readonly target: string }> {
  const listed =
    (await git('for-each-ref', '--format=%(refname) %(symref)', remoteHead, ...usualBranches)) ?? '';
  const refs = new Map(
    listed.split('\n').map((line) => [line.split(' ')[0] ?? '', line.split(' ')[1] ?? '']),
  );
  const target = refs.get(remoteHead) || usualBranches.find((one) => refs.has(one)) || 'HEAD';
  return { name: target.replace(/^refs\/(?:remotes|heads)\//, ''), target };
}

/** The object of a file that had another name: told by git's own search, of what is committed and what is staged. */
async function renamed(
  git: Git,
  commit: string,
  name: string,
): Promise<{ readonly id: string; readonly name: string } | undefined> {
  const flags = ['--cached', '-M', '--diff-filter=R', '-z', '--no-ext-diff', '--no-textconv'];
  const fields = (await git('diff-index', ...flags, commit))?.split('\0') ?? [];
  for (let at = 0; at + 2 < fields.length; at += 3)
    if (fields[at + 2] === name) return { id: fields[at]?.split(' ')[2] ?? '', name: fields[at + 1] ?? '' };
  return undefined;
}

/** The root of a repository, with a slash at its end; undefined where the folder is reached by another name. */
function topOf(dir: string, prefix: string): string | undefined {
  const folder = `${dir}/`;
  return folder.endsWith(`/${prefix}`) || prefix === ''
    ? folder.slice(0, folder.length - prefix.length)
    : undefined;
}

/** What `git cat-file --batch` printed, in the order of the questions: a line about each, and its text when it is one. */
function batched(printed: string, count: number): readonly (string | undefined)[] {
  const texts: (string | undefined)[] = [];
  let at = 0;
  while (texts.length < count) {
    const end = printed.indexOf('\n', at);
    if (end < 0) break;
    const [, kind, size] = / (blob|tree|commit|tag) (\d+)$/.exec(printed.slice(at, end)) ?? [];
    at = end + 1;
    if (size === undefined) {
      texts.push(undefined);
      continue;
    }
    const until = afterBytes(printed, at, Number(size));
    // What is no UTF-8 is as long as nobody can tell any more.
    if (printed[until] !== '\n') break;
    texts.push(kind === 'blob' ? printed.slice(at, until) : undefined);
    at = until + 1;
  }
  return texts;
}

/** Where so many bytes of UTF-8 end. */
function afterBytes(text: string, start: number, bytes: number): number {
  let at = start;
  for (let left = bytes; left > 0 && at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // Each half of a pair stands for two of its four bytes.
    left -= code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
  }
  return at;
}

const safely = [
  '--no-optional-locks',
  '--no-replace-objects',
  '--literal-pathspecs',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'protocol.allow=never',
];

/** An outer repository's variables must not lead elsewhere, and what is not here is not fetched. */
const environment = {
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_COMMON_DIR: undefined,
  GIT_OBJECT_DIRECTORY: undefined,
  GIT_PREFIX: undefined,
  GIT_NO_LAZY_FETCH: '1',
  GIT_TERMINAL_PROMPT: '0',
};
