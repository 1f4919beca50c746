import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { systemCode } from '../base/errors';
import { homeNotWritable } from './errors';

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * Where the embedded platform keeps its state: `SERVICEWRIGHT_HOME`, else `servicewright` in the user's state folder
 * (XDG Base Directory Specification 0.8, `$XDG_STATE_HOME`; `%LOCALAPPDATA%` on Windows).
 */
export function homeOf(env: Env, platform: NodeJS.Platform = process.platform): string {
  const said = env['SERVICEWRIGHT_HOME'];
  if (said !== undefined && said !== '') return resolve(said);
  if (platform === 'win32') {
    return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'servicewright');
  }
  const state = env['XDG_STATE_HOME'];
  // The specification: a path that is not absolute is to be ignored.
  const base = state?.startsWith('/') === true ? state : join(homedir(), '.local', 'state');
  return join(base, 'servicewright');
}

/** Makes the directory for its owner alone. Throws UserError `embedded/home-not-writable`. */
export async function ensureOwnerOnly(dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await chmod(dir, 0o700);
  } catch (error) {
    throw homeNotWritable(dir, error);
  }
}

/** Replaces a file whole, readable by its owner alone. */
export async function writeOwnerOnly(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(temporary, text, { mode: 0o600, flag: 'wx', flush: true });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** The JSON of a file; undefined when it is absent or is no JSON (a crash in the middle of a write). */
export async function readJson(path: string): Promise<unknown> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return value;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
