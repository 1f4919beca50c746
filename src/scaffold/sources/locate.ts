import { UserError, isAbort, messageOf } from '../../base/errors';
import { stringAt } from '../../base/json';
import { dirname, join } from '../../base/paths';
import type { Cache, World } from '../../base/ports';
import { noSuchRef, notTyped, relativeFolder } from '../errors/sources';
import type { Resolution } from './git';
import { askForRef, checkOut, fullCommit } from './git';
import type { FolderSource, GitSource } from './reference';
import { sourceText } from './reference';

/** What reading a source needs. */
export interface SourceWorld extends Pick<World, 'files' | 'trees' | 'processes' | 'log'> {
  readonly cache: Cache;
  /** The folder of the templates that come with the extension. */
  readonly bundled: string;
}

export interface ResolveOptions {
  readonly signal: AbortSignal;
  /** What relative folders are relative to; without it they are refused. */
  readonly base?: string;
  /** What `~` stands for. */
  readonly home?: string;
  /** The commit to take, as it was recorded; without it the ref is asked for again. */
  readonly commit?: string;
  /** A person typed the source just now: only then may it be a repository on this machine (`git+file:`). */
  readonly typed?: boolean;
}

/** A source's folder on this machine. */
export interface Located {
  readonly source: FolderSource | GitSource;
  readonly dir: string;
  readonly commit?: string;
  readonly notes: readonly string[];
}

/**
 * Finds the folder of a source on this machine; a git source is fetched into the cache first, once per commit.
 * Throws UserError `scaffold/…`, AbortError.
 */
export async function locate(
  source: FolderSource | GitSource,
  world: SourceWorld,
  options: ResolveOptions,
): Promise<Located> {
  if (source.kind === 'folder') {
    const path = absolute(source.path, options);
    return { source: { kind: 'folder', path }, dir: path, notes: [] };
  }
  if (source.url.startsWith('file:') && options.typed !== true) throw notTyped(sourceText(source));
  const notes: string[] = [];
  const at = await resolution(source, { world, options, notes });
  const tree = await treeAt(source, at, { ...world, signal: options.signal });
  const { remember, name, commit } = at;
  if (remember !== undefined) await world.cache.setNote(remember, JSON.stringify({ name, commit }));
  return { source, dir: join(tree, source.dir), commit, notes };
}

function absolute(path: string, { base, home }: ResolveOptions): string {
  const slashed = /^[A-Za-z]:/.test(path) ? path.replaceAll('\\', '/') : path;
  if (/^([A-Za-z]:)?\//.test(slashed)) return join(slashed);
  if (/^~(\/|$)/.test(slashed) && home !== undefined) return join(home, slashed.slice(1));
  if (base === undefined) throw relativeFolder(path);
  return join(base, slashed.replaceAll('\\', '/'));
}

interface Asking {
  readonly world: SourceWorld;
  readonly options: ResolveOptions;
  readonly notes: string[];
}

/** A commit to take, and under which name it is to be remembered once it is there. */
interface Wanted extends Resolution {
  readonly remember?: string;
}

/** The commit that is wanted: the recorded one, the one that is written, or what the ref is now. */
async function resolution(source: GitSource, asking: Asking): Promise<Wanted> {
  const fixed = asking.options.commit ?? (fullCommit.test(source.ref) ? source.ref : undefined);
  return fixed === undefined ? refNow(source, asking) : { name: fixed, commit: fixed };
}

async function refNow(source: GitSource, { world, options, notes }: Asking): Promise<Wanted> {
  const remember = `ref-${await digest(source.url, source.ref)}`;
  const before = readResolution(await world.cache.note(remember));
  const ref = source.ref === '' ? 'HEAD' : source.ref;
  try {
    const now = await askForRef(source, { ...world, signal: options.signal });
    if (!now) throw noSuchRef(sourceText(source), ref);
    if (before && before.commit !== now.commit && now.name.startsWith('refs/tags/'))
      notes.push(`The tag ${ref} was moved since it was last read, from ${short(before)} to ${short(now)}.`);
    return { ...now, remember };
  } catch (error) {
    const gone = error instanceof UserError && error.code === 'scaffold/no-such-ref';
    if (isAbort(error) || gone || !before || !(await cachedTree(source, before.commit, world.cache)))
      throw error;
    world.log.warn(messageOf(error));
    notes.push(
      `${sourceText(source)} can't be reached; ${ref} is taken from the cache as it was last, ${short(before)}.`,
    );
    return before;
  }
}

const short = ({ commit }: Resolution): string => commit.slice(0, 12);

function readResolution(text: string | undefined): Resolution | undefined {
  const value: unknown = text === undefined ? undefined : JSON.parse(text);
  const [name, commit] = [stringAt(value, 'name'), stringAt(value, 'commit')];
  return name !== undefined && commit !== undefined ? { name, commit } : undefined;
}

/** The folder that holds the repository's files of one commit, as far as the source needs them. */
async function treeAt(
  source: GitSource,
  at: Resolution,
  world: SourceWorld & { readonly signal: AbortSignal },
): Promise<string> {
  const cached = await cachedTree(source, at.commit, world.cache);
  if (cached !== undefined) return cached;
  // What templates share lies beside them.
  const scope = source.dir === '' ? [] : [source.dir, join(aroundOf(source.dir), 'shared')];
  const name = await entryName(source, at.commit, source.dir);
  return world.cache.make(name, async (work) => checkOut(source, at, { work, scope }, world));
}

/** A commit that was fetched for the folder, or for one around it. */
async function cachedTree(source: GitSource, commit: string, cache: Cache): Promise<string | undefined> {
  for (let dir = source.dir; ; dir = aroundOf(dir)) {
    const found = await cache.find(await entryName(source, commit, dir));
    if (found !== undefined || dir === '') return found;
  }
}

const aroundOf = (dir: string): string => (dir.includes('/') ? dirname(dir) : '');

async function entryName(source: GitSource, commit: string, dir: string): Promise<string> {
  return `tree-${await digest(source.url, commit, dir)}`;
}

/** A name for texts of any length and with any characters. */
async function digest(...texts: readonly string[]): Promise<string> {
  const bytes = new TextEncoder().encode(texts.join('\n'));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash.slice(0, 20), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
