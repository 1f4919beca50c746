import { join } from '../base/paths';
import type { Files } from '../base/ports';
import type { Standing } from './plan';

/**
 * What stands in `dir` where files would be written. A link, a file or anything else than a folder on the way counts as something else
 * than a file: nothing is written through it.
 */
export async function readStanding(
  dir: string,
  files: readonly { readonly path: string }[],
  port: Files,
): Promise<ReadonlyMap<string, Standing>> {
  const standing = new Map<string, Standing>();
  const folders = new Map<string, boolean>();
  const isClear = async (folder: string): Promise<boolean> => {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const kind = await port.kind(join(dir, folder));
    const clear = kind === undefined || kind === 'directory';
    folders.set(folder, clear);
    return clear;
  };
  for (const { path } of files) {
    const segments = path.split('/');
    const above = segments.slice(0, -1).map((_, index) => segments.slice(0, index + 1).join('/'));
    const clear = await every(above, isClear);
    if (!clear) {
      standing.set(path, 'other');
      continue;
    }
    const at = join(dir, path);
    const kind = await port.kind(at);
    if (kind !== undefined) standing.set(path, kind === 'file' ? await port.readBytes(at) : 'other');
  }
  return standing;
}

async function every(items: readonly string[], test: (item: string) => Promise<boolean>): Promise<boolean> {
  for (const item of items) if (!(await test(item))) return false;
  return true;
}
