import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { nodeFiles } from '../../src/platform/node/files';
import { listTemplate, readTemplate } from '../../src/scaffold';
import { archivePath, packListing } from '../../src/scaffold/update';
import { HarnessFailure } from './failure';

/**
 * Keeps the present version of a bundled template, so that services made with it can be updated once the template goes on. A version
 * that is kept already is never written over: what was released does not change.
 */
export async function archiveTemplate([id, folder]: readonly string[]): Promise<number> {
  if (id === undefined) throw new HarnessFailure('Say which template: archive-template <id>.');
  const dir = resolve(folder ?? join('templates', id));
  const { version } = await readTemplate(nodeFiles, { dir, source: 'bundled' });
  const packed = gzipSync(packListing(await listTemplate(dir, nodeFiles)), { level: 9 });
  const path = join('templates', archivePath(id, version));
  if (existsSync(path) && !(await readFile(path)).equals(packed))
    throw new HarnessFailure(
      `${path} is there and holds something else; raise the version in template.yaml.`,
    );
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, packed);
  console.log(`${path}: ${packed.length} bytes`);
  return 0;
}
