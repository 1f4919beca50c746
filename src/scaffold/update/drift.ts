import { join } from '../../base/paths';
import type { Files } from '../../base/ports';
import type { TemplateRecord } from '../record';
import { compareVersions } from '../version';
import { hasHash } from './content';
import { recordOf } from './update';

export type DriftState = 'unchanged' | 'edited' | 'deleted';

export interface DriftFile {
  readonly path: string;
  readonly state: DriftState;
}

/** How far a service is from its template. */
export interface Drift {
  readonly record: TemplateRecord;
  /** The newest version; undefined when it is not known. */
  readonly newest: string | undefined;
  readonly isBehind: boolean;
  /** The managed files; none where the service recorded no hashes, because an older tool made it. */
  readonly files: readonly DriftFile[];
}

/**
 * Compares a service with what it recorded. Nothing is rendered and no network is needed.
 * Throws UserError `scaffold/no-manifest` or `scaffold/no-record`.
 */
export async function driftOf(dir: string, newest: string | undefined, files: Files): Promise<Drift> {
  const { record } = await recordOf(dir, files);
  const states = Object.entries(record.files).map(async ([path, hash]): Promise<DriftFile> => {
    return { path, state: await stateOf(join(dir, path), hash, files) };
  });
  return {
    record,
    newest,
    isBehind: newest !== undefined && compareVersions(newest, record.version) > 0,
    files: (await Promise.all(states)).toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

async function stateOf(path: string, hash: string, files: Files): Promise<DriftState> {
  const bytes = (await files.kind(path)) === 'file' ? await files.readBytes(path) : undefined;
  if (bytes) return (await hasHash(bytes, hash)) ? 'unchanged' : 'edited';
  return (await files.kind(path)) === undefined ? 'deleted' : 'edited';
}
