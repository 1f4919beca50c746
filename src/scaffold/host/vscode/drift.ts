import * as vscode from 'vscode';
import { UserError } from '../../../base/errors';
import { basename, join } from '../../../base/paths';
import type { Cache, World } from '../../../base/ports';
import { noBase } from '../../errors/update';
import type { Drift, Shelf } from '../../update';
import { createShelf, driftOf, newestVersion, recordOf } from '../../update';
import { renderVersion } from '../../update/rendered';
import type { KnownVersions } from './known-versions';
import type { Sides } from './update-documents';

interface Sources {
  readonly bundled: string;
  readonly known: KnownVersions;
}

/** How far a service is from its template; undefined where it has none. Of a template in git the newest version that was seen counts. */
export async function readDrift(
  dir: string,
  { bundled, known }: Sources,
  world: World,
): Promise<Drift | undefined> {
  try {
    const { record } = await recordOf(dir, world.files);
    // A folder that somebody else's servicewright.yaml names is not read before the workspace is trusted.
    const isReadable = record.source === 'bundled' || vscode.workspace.isTrusted;
    const newest = isReadable
      ? (known.of(record.source) ?? (await newestVersion(record, bundled, world.files)))
      : undefined;
    return await driftOf(dir, newest, world.files);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

interface Comparing {
  readonly world: World;
  readonly cache: Cache;
  readonly bundled: string;
}

/** Opens what the recorded version gave beside what stands there now. Throws UserError `scaffold/no-base`. */
export async function compareFile(
  { dir, path }: { readonly dir: string; readonly path: string },
  sides: Sides,
  { world, cache, bundled }: Comparing,
): Promise<void> {
  const { record } = await recordOf(dir, world.files);
  const { signal } = new AbortController();
  const shelf = createShelf({ ...world, cache, bundled }, { signal, base: dir });
  const given = await givenBy(shelf, record, path);
  if (!given) throw noBase(path, `${record.id} ${record.version}`);
  const left = sides.put(`${record.id} ${record.version} in ${dir}`, path, given);
  const now = vscode.Uri.file(join(dir, path));
  const stands = (await world.files.kind(join(dir, path))) === 'file';
  const right = stands ? now : sides.put(`deleted in ${dir}`, path, undefined);
  const title = `${basename(path)} (${record.id} ${record.version} ↔ ${stands ? 'yours' : 'deleted'})`;
  await vscode.commands.executeCommand('vscode.diff', left, right, title);
}

async function givenBy(shelf: Shelf, record: Drift['record'], path: string): Promise<Uint8Array | undefined> {
  const newest = await shelf.newest(record);
  const template = newest.version === record.version ? newest : await shelf.version(record, record.version);
  return template && renderVersion(template, record.answers).files.get(path)?.bytes;
}
