import ignore from 'ignore';
import type { Ignore } from 'ignore';
import { join } from '../../../base/paths';
import type { World } from '../../../base/ports';
import { messageOf } from '../../../base/errors';
import { nothingToSend, sourceTooLarge } from '../../errors/heroku';

const mostOutput = 64_000_000;
const mostFiles = 100_000;

/**
 * The files of the working tree that make the source: what git keeps or would keep, without what `.slugignore` names; relative to
 * `dir`, sorted. Without a repository or without git the `.gitignore` files are read here.
 * Throws UserError `deploy/empty-source`, `deploy/source-too-large`.
 */
export async function sourceFiles(
  dir: string,
  world: Pick<World, 'processes' | 'files'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const all = (await byGit(dir, world, signal)) ?? (await byWalking(dir, world, signal));
  const rules = await rulesIn(world, join(dir, '.slugignore'));
  const kept = rules ? all.filter((path) => !rules.ignores(path)) : all;
  if (kept.length === 0) throw nothingToSend(dir);
  if (kept.length > mostFiles) throw sourceTooLarge(dir);
  return kept.toSorted();
}

/** Undefined where git does not know the folder. Files of submodules that are there come along. */
async function byGit(
  dir: string,
  { processes }: Pick<World, 'processes'>,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const list = async (args: readonly string[]): Promise<readonly string[] | undefined> => {
    const line = { file: 'git', args: ['-C', dir, 'ls-files', '-z', ...args], mostOutput };
    const env = { GIT_OPTIONAL_LOCKS: '0' };
    const { exitCode, stdout } = await processes.run({ ...line, env }, signal);
    return exitCode === 0 ? stdout.split('\0').filter((path) => path !== '') : undefined;
  };
  try {
    const kept = await list(['--cached', '--recurse-submodules']);
    const others = kept && (await list(['--others', '--exclude-standard']));
    // A repository inside this one is no part of it.
    return kept && others && [...new Set([...kept, ...others.filter((path) => !path.endsWith('/'))])];
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof RangeError) throw sourceTooLarge(dir);
    if (/ENOENT/.test(messageOf(error))) return undefined;
    throw error;
  }
}

/** Never part of a source. */
const never = new Set(['.git', '.hg', '.svn']);

interface Layer {
  readonly below: string;
  readonly rules: Ignore;
}

interface Walk {
  readonly dir: string;
  readonly files: World['files'];
  readonly signal: AbortSignal;
  readonly found: string[];
}

async function byWalking(
  dir: string,
  { files }: Pick<World, 'files'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const walk: Walk = { dir, files, signal, found: [] };
  await enter('', [], walk);
  return walk.found;
}

async function enter(below: string, above: readonly Layer[], walk: Walk): Promise<void> {
  const { dir, files, signal, found } = walk;
  const own = await rulesIn({ files }, join(dir, below, '.gitignore'));
  const layers = own ? [...above, { below, rules: own }] : above;
  for (const { name, kind } of await files.list(join(dir, below))) {
    signal.throwIfAborted();
    const path = `${below}${name}`;
    if (never.has(name) || isIgnored(kind === 'directory' ? `${path}/` : path, layers)) continue;
    if (kind === 'directory') await enter(`${path}/`, layers, walk);
    else if (kind !== 'other') found.push(path);
    if (found.length > mostFiles) throw sourceTooLarge(dir);
  }
}

/** The deepest file that has a word about it decides (gitignore(5)). */
function isIgnored(path: string, layers: readonly Layer[]): boolean {
  for (const { below, rules } of layers.toReversed()) {
    const { ignored, unignored } = rules.test(path.slice(below.length));
    if (ignored || unignored) return ignored;
  }
  return false;
}

async function rulesIn({ files }: Pick<World, 'files'>, file: string): Promise<Ignore | undefined> {
  if ((await files.kind(file)) !== 'file') return undefined;
  const text = await files.readText(file);
  return text === undefined ? undefined : ignore({ allowRelativePaths: true }).add(text);
}
