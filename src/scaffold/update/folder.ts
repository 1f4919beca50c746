import { join } from '../../base/paths';
import type { Files } from '../../base/ports';
import type { Ours } from './content';

/** The service's own files, as they stand. */
export interface ServiceFolder {
  read(path: string): Promise<Ours>;
  /** Every file below, but for what tools make and what belongs to another service; at most some thousands. */
  list(): Promise<readonly string[]>;
}

const mostFiles = 5000;
/** Folders in which nobody keeps what a template gave. */
const skipped = new Set([
  '.git',
  '.hg',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.servicewright-update',
  '.tox',
  '.venv',
  '__pycache__',
  'node_modules',
  'venv',
]);
const manifest = 'servicewright.yaml';

/** The folder `dir`, read once: a plan sees one state of it. */
export function createServiceFolder(dir: string, files: Files): ServiceFolder {
  const kinds = new Map<string, Promise<Awaited<ReturnType<Files['kind']>>>>();
  const kindOf = (path: string): ReturnType<Files['kind']> => {
    const known = kinds.get(path) ?? files.kind(join(dir, path));
    kinds.set(path, known);
    return known;
  };
  let all: Promise<readonly string[]> | undefined;
  return {
    async read(path) {
      const parts = path.split('/');
      for (let depth = 1; depth < parts.length; depth++) {
        const kind = await kindOf(parts.slice(0, depth).join('/'));
        if (kind === undefined) return undefined;
        if (kind !== 'directory') return 'other';
      }
      const kind = await kindOf(path);
      if (kind !== 'file') return kind === undefined ? undefined : 'other';
      const at = join(dir, path);
      const [bytes, executable] = await Promise.all([files.readBytes(at), files.isExecutable(at)]);
      return bytes && { bytes, executable };
    },
    list: () => (all ??= filesBelow(dir, files)),
  };
}

async function filesBelow(dir: string, files: Files): Promise<readonly string[]> {
  const found: string[] = [];
  const folders = [''];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    const entries = await files.list(join(dir, folder));
    // A service inside a service has its own template.
    if (folder !== '' && entries.some((entry) => entry.name === manifest)) continue;
    for (const { name, kind } of entries) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (kind === 'file') found.push(path);
      else if (kind === 'directory' && !skipped.has(name)) folders.push(path);
    }
    if (found.length > mostFiles) break;
  }
  return found.slice(0, mostFiles);
}
