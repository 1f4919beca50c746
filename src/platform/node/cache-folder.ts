import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * Where what can be had again is kept: `SERVICEWRIGHT_CACHE`, else `servicewright` in the user's cache folder
 * (XDG Base Directory Specification 0.8, `$XDG_CACHE_HOME`; `~/Library/Caches` on macOS, `%LOCALAPPDATA%` on Windows).
 */
export function cacheFolder(env: Env, platform: NodeJS.Platform = process.platform): string {
  const said = env['SERVICEWRIGHT_CACHE'];
  if (said !== undefined && said !== '') return resolve(said);
  if (platform === 'win32')
    return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'servicewright', 'cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'servicewright');
  const cache = env['XDG_CACHE_HOME'];
  // The specification: a path that is not absolute is to be ignored.
  return join(cache?.startsWith('/') === true ? cache : join(homedir(), '.cache'), 'servicewright');
}
