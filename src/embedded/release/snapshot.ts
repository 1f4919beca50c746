import { createHash, randomBytes } from 'node:crypto';
import type { Hash } from 'node:crypto';
import {
  lstat,
  mkdir,
  open,
  readFile,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  symlink,
} from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { systemCode } from '../../base/errors';
import { sourceTooLarge } from '../errors';
import type { IgnoreRules } from './ignored';
import { rootRules } from './ignored';

/** A copy of a service's tree that nobody writes to any more, named by its content. */
export interface Slug {
  readonly id: string;
  readonly dir: string;
  readonly files: number;
  readonly bytes: number;
  /** Links that point out of the tree; they are left out. */
  readonly strayLinks: readonly string[];
  /** The first file that mentions DATABASE_URL, which is how a service says that it wants a database. */
  readonly wantsDatabase: string | undefined;
}

const mostBytes = 1024 ** 3;
const mostFiles = 100_000;

/** Never part of a release: a repository's own files, and what only works where it was made. */
const never = new Set(['.git', '.hg', '.svn', '__pycache__']);

interface Copy {
  readonly root: string;
  readonly staging: string;
  readonly hash: Hash;
  readonly signal: AbortSignal;
  readonly strayLinks: string[];
  files: number;
  bytes: number;
  wantsDatabase: string | undefined;
}

/**
 * Copies what git would keep of `source` (and `.slugignore` does not name) into `slugs/<content hash>`; equal content is kept once.
 * Throws UserError `embedded/source-too-large`, AbortError, and the system's errors; nothing half-made is left.
 */
export async function takeSnapshot(source: string, slugs: string, signal: AbortSignal): Promise<Slug> {
  const root = await realpath(source);
  const staging = join(slugs, `.${randomBytes(6).toString('hex')}.partial`);
  const copy: Copy = {
    root,
    staging,
    hash: createHash('sha256'),
    signal,
    strayLinks: [],
    files: 0,
    bytes: 0,
    wantsDatabase: undefined,
  };
  try {
    await mkdir(staging, { recursive: true, mode: 0o755 });
    await copyDir(root, copy, await rootRules(root));
    const id = copy.hash.digest('hex').slice(0, 20);
    const dir = join(slugs, id);
    await moveInto(staging, dir);
    const { files, bytes, strayLinks, wantsDatabase } = copy;
    return { id, dir, files, bytes, strayLinks, wantsDatabase };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function moveInto(staging: string, dir: string): Promise<void> {
  try {
    await rename(staging, dir);
  } catch (error) {
    if (systemCode(error) !== 'ENOTEMPTY' && systemCode(error) !== 'EEXIST' && systemCode(error) !== 'EPERM')
      throw error;
  }
}

async function copyDir(dir: string, copy: Copy, rules: IgnoreRules): Promise<void> {
  const entries = await readdir(dir, { withFileTypes: true });
  // One order everywhere: the hash must not depend on the file system.
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    copy.signal.throwIfAborted();
    const path = join(dir, entry.name);
    if (never.has(entry.name) || rules.isIgnored(path, entry.isDirectory())) continue;
    if (entry.isSymbolicLink()) await copyLink(path, copy);
    else if (entry.isFile()) await copyFile(path, copy);
    else if (entry.isDirectory() && !(await isVirtualEnvironment(path)))
      await copyDir(path, copy, await rules.enter(path));
  }
}

/** PEP 405: a directory with a `pyvenv.cfg`; its scripts name absolute paths, so a copy would not work. */
async function isVirtualEnvironment(dir: string): Promise<boolean> {
  return (await lstat(join(dir, 'pyvenv.cfg')).catch(() => undefined)) !== undefined;
}

function place(path: string, copy: Copy): { readonly name: string; readonly to: string } {
  const inside = relative(copy.root, path);
  return { name: inside.split(sep).join('/'), to: join(copy.staging, inside) };
}

async function copyFile(path: string, copy: Copy): Promise<void> {
  const { name, to } = place(path, copy);
  const [bytes, stats] = await Promise.all([readFile(path), lstat(path)]);
  copy.files += 1;
  copy.bytes += bytes.length;
  if (copy.bytes > mostBytes || copy.files > mostFiles) throw sourceTooLarge(copy.root);
  const mode = (stats.mode & 0o111) === 0 ? 0o644 : 0o755;
  copy.hash.update(`${mode === 0o755 ? 'x' : 'f'} ${bytes.length} ${name}\0`).update(bytes);
  if (copy.wantsDatabase === undefined && mentionsDatabase(name, bytes)) copy.wantsDatabase = name;
  await mkdir(dirname(to), { recursive: true });
  const file = await open(to, 'wx', mode);
  try {
    await file.writeFile(bytes);
    await file.chmod(mode);
  } finally {
    await file.close();
  }
}

/** Prose may speak of a database without wanting one. */
function mentionsDatabase(name: string, bytes: Buffer): boolean {
  return !/\.(md|rst|txt|html)$/i.test(name) && bytes.length < 1024 ** 2 && bytes.includes('DATABASE_URL');
}

async function copyLink(path: string, copy: Copy): Promise<void> {
  const { name, to } = place(path, copy);
  const target = await realpath(path).catch(() => undefined);
  if (target === undefined || !target.startsWith(copy.root + sep)) {
    copy.strayLinks.push(name);
    return;
  }
  const written = await readlink(path);
  const link = written.startsWith(sep) ? relative(dirname(path), target) : written;
  copy.hash.update(`l ${name}\0${link}\0`);
  await mkdir(dirname(to), { recursive: true });
  await symlink(link, to);
}
