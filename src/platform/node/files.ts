import { constants } from 'node:fs';
import { access, lstat, readFile, readdir } from 'node:fs/promises';
import type { Dirent, Stats } from 'node:fs';
import { systemCode } from '../../base/errors';
import type { FileKind, Files } from '../../base/ports';
import { isAbsent, orUndefined } from './absent';

function kindOf(entry: Dirent | Stats): FileKind {
  if (entry.isSymbolicLink()) return 'symlink';
  if (entry.isDirectory()) return 'directory';
  return entry.isFile() ? 'file' : 'other';
}

/** Files of this machine. */
export const nodeFiles: Files = {
  // Decoded at once: piece by piece the text of a large file would be put together twice.
  readText: (path) => orUndefined(readFile(path).then((bytes) => bytes.toString('utf8'))),
  readBytes: (path) => orUndefined(readFile(path)),
  async list(dir) {
    const entries = await orUndefined(readdir(dir, { withFileTypes: true }));
    return (entries ?? [])
      .map((entry) => ({ name: entry.name, kind: kindOf(entry) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  },
  async kind(path) {
    const stats = await orUndefined(lstat(path));
    return stats && kindOf(stats);
  },
  async isExecutable(path) {
    try {
      await access(path, constants.X_OK);
      return true;
    } catch (error) {
      if (systemCode(error) === 'EACCES' || isAbsent(error)) return false;
      throw error;
    }
  },
};
