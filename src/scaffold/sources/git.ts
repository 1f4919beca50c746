import { isAbort, systemCode } from '../../base/errors';
import type { Finished, NewFile, World } from '../../base/ports';
import { fetchFailed, fetchTooSlow, noGit, noSuchFolder, unsafeRepository } from '../errors/sources';
import type { GitSource } from './reference';
import { sourceText } from './reference';

/** How long git may take to answer what a ref is, and to bring a commit. */
const seconds = { ask: 30, fetch: 180 };
/** What is checked out at most; what a template itself may hold is checked when it is read. */
const mostFiles = 20_000;
const mostBytes = 100_000_000;

interface GitWorld extends Pick<World, 'processes' | 'trees'> {
  readonly signal: AbortSignal;
}

/**
 * Nothing of the repository and nothing of the machine's git is run: no hooks, no filters, no file system monitor, no clean-up in the
 * background, no other protocol than those named. Signing in is left to git's own credential helper, which may not ask on a terminal.
 */
const quiet = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.symlinks=false',
  'core.protectHFS=true',
  'core.protectNTFS=true',
  'protocol.ext.allow=never',
  'submodule.recurse=false',
  'fetch.recurseSubmodules=false',
  'maintenance.auto=false',
  'gc.auto=0',
].flatMap((setting) => ['-c', setting]);

function environment(url: string): Readonly<Record<string, string | undefined>> {
  // An address that the user's own git configuration rewrites (insteadOf) may change between these two.
  const web = url.startsWith('http:') ? 'http' : 'https:ssh';
  return {
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: url.startsWith('file:') ? 'file' : web,
    GIT_LFS_SKIP_SMUDGE: '1',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    LC_ALL: 'C',
    // A repository around this process is not to be touched.
    GIT_DIR: undefined,
    GIT_WORK_TREE: undefined,
    GIT_INDEX_FILE: undefined,
    GIT_COMMON_DIR: undefined,
    GIT_OBJECT_DIRECTORY: undefined,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: undefined,
    GIT_NAMESPACE: undefined,
    GIT_PREFIX: undefined,
  };
}

export const fullCommit = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

/** What a ref is now: its whole name in the repository and the commit. */
export interface Resolution {
  readonly name: string;
  readonly commit: string;
}

/**
 * Asks the repository for the commit of the source's ref: a tag before a branch of the same name, as git has it.
 * Gives undefined when it has no such ref. Throws UserError `scaffold/fetch-failed`, AbortError.
 */
export async function askForRef(source: GitSource, world: GitWorld): Promise<Resolution | undefined> {
  const { ref, url } = source;
  const names = ref === '' ? ['HEAD'] : [ref, `refs/tags/${ref}`, `refs/heads/${ref}`];
  const peeled = names.map((name) => `${name}^{}`);
  const answer = await git(source, ['ls-remote', '--quiet', '--', url, ...names, ...peeled], {
    ...world,
    seconds: seconds.ask,
  });
  const known = new Map<string, string>();
  for (const line of answer.stdout.split('\n')) {
    const [commit = '', name = ''] = line.split('\t');
    if (fullCommit.test(commit)) known.set(name, commit);
  }
  for (const name of names) {
    const commit = known.get(`${name}^{}`) ?? known.get(name);
    // `ls-remote x` also lists `refs/heads/a/x`; only whole names count.
    if (commit !== undefined) return { name, commit };
  }
  return undefined;
}

/**
 * Brings one commit and writes the folders of `scope` (everything where that is empty) below `<work>/tree`, which it gives.
 * Throws UserError `scaffold/fetch-failed` or `scaffold/unsafe-repository`, AbortError.
 */
export async function checkOut(
  source: GitSource,
  { name, commit }: Resolution,
  { work, scope }: { readonly work: string; readonly scope: readonly string[] },
  world: GitWorld,
): Promise<string> {
  const tree = `${work}/tree`;
  const repository = `${work}/repository`;
  const inside = [`--git-dir=${repository}`, `--work-tree=${tree}`];
  const run = (...args: readonly string[]): Promise<Finished> =>
    git(source, [...inside, ...args], { ...world, seconds: seconds.fetch });
  await world.trees.create(`${work}/template`, [rawBytes], { signal: world.signal });
  await world.trees.create(tree, [], { signal: world.signal });
  await git(source, ['init', '--quiet', '--bare', `--template=${work}/template`, repository], {
    ...world,
    seconds: seconds.ask,
  });
  await run('fetch', '--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules', '--', source.url, name);
  const got = await run('rev-parse', '--verify', 'FETCH_HEAD^{commit}');
  if (got.stdout.trim() !== commit) throw fetchFailed(sourceText(source), 'it changed meanwhile');
  const listing = await run('ls-tree', '-r', '-l', '-z', '--full-tree', commit);
  const tops = topsOf(listing.stdout, scope, source);
  await run('checkout', '--quiet', '--force', '--no-recurse-submodules', commit, '--', ...tops);
  return tree;
}

/** The attributes of a repository come before those of its files: bytes are written as they were committed. */
const rawBytes: NewFile = {
  path: 'info/attributes',
  bytes: new TextEncoder().encode('* -text -filter -ident -working-tree-encoding\n'),
  executable: false,
};

/** The paths of `scope` that the commit has, once all that lies there is known to be plain files, not too many, not too big. */
function topsOf(listing: string, scope: readonly string[], source: GitSource): readonly string[] {
  const isIn = (path: string, top: string): boolean => path === top || path.startsWith(`${top}/`);
  const found = entriesOf(listing).filter(
    ({ path }) => scope.length === 0 || scope.some((top) => isIn(path, top)),
  );
  if (!found.some(({ path }) => source.dir === '' || isIn(path, source.dir)))
    throw noSuchFolder(sourceText(source), source.dir);
  const why = faultOf(found);
  if (why !== undefined) throw unsafeRepository(sourceText(source), why);
  return scope.length === 0 ? ['.'] : scope.filter((top) => found.some(({ path }) => isIn(path, top)));
}

interface TreeEntry {
  readonly mode: string;
  readonly size: number;
  readonly path: string;
}

/** `<mode> <type> <object> <size>\t<path>`, each ended by NUL (git-ls-tree(1)). */
function entriesOf(listing: string): readonly TreeEntry[] {
  return [...listing.matchAll(/(\d+) \w+ [0-9a-f]+ +(\d+|-)\t([^\0]+)\0/g)].map(
    ([, mode = '', size = '', path = '']) => ({ mode, size: Number(size) || 0, path }),
  );
}

function faultOf(entries: readonly TreeEntry[]): string | undefined {
  const odd = entries.find(({ mode }) => !mode.startsWith('100'));
  if (odd) return `${JSON.stringify(odd.path)} is a ${odd.mode === '160000' ? 'submodule' : 'symbolic link'}`;
  if (entries.length > mostFiles) return `it holds ${entries.length} files, more than ${mostFiles}`;
  const bytes = entries.reduce((sum, { size }) => sum + size, 0);
  if (bytes > mostBytes) return `it holds ${bytes} bytes, more than ${mostBytes}`;
  const seen = new Map<string, string>();
  for (const { path } of entries) {
    const folded = path.normalize('NFC').toLowerCase();
    const twin = seen.get(folded);
    if (twin !== undefined)
      return `${JSON.stringify(path)} and ${JSON.stringify(twin)} are one file on many systems`;
    seen.set(folded, path);
  }
  return undefined;
}

interface Limited extends GitWorld {
  readonly seconds: number;
}

/** Runs git where no repository is, so that the settings of none apply. */
async function git(source: GitSource, args: readonly string[], world: Limited): Promise<Finished> {
  const limit = AbortSignal.timeout(world.seconds * 1000);
  const line = { file: 'git', args: [...quiet, ...args], cwd: '/', env: environment(source.url) };
  const done = await world.processes
    .run(line, AbortSignal.any([world.signal, limit]))
    .catch((error: unknown) => {
      if (isAbort(error) && !world.signal.aborted) throw fetchTooSlow(sourceText(source), world.seconds);
      throw systemCode(error) === 'ENOENT' ? noGit(sourceText(source)) : error;
    });
  if (done.exitCode !== 0) throw fetchFailed(sourceText(source), reasonIn(done.stderr));
  return done;
}

/** What git said last, without what would steer a terminal. */
function reasonIn(stderr: string): string {
  const lines = stderr
    .replaceAll(/[^\P{C}\n]/gu, '')
    .split('\n')
    .filter((line) => line !== '');
  const said =
    lines.filter((line) => /^(fatal|error|ERROR):/.test(line)).at(-1) ?? lines.at(-1) ?? 'it said nothing';
  return said.replace(/^\w+: /, '').slice(0, 300);
}
