import { join } from '../../base/paths';
import type { Files } from '../../base/ports';
import { assembleTemplate } from '../assemble';
import type { TemplateRecord } from '../record';
import { loadTemplate } from '../source';
import type { Template } from '../template';
import { compareVersions } from '../version';
import { unpackListing } from './archive';

/** Where the versions of a service's template come from. */
export interface Shelf {
  /** What the service's source gives now. Throws UserError where it gives nothing. */
  newest(record: TemplateRecord): Promise<Template>;
  /** One version; undefined where it can't be had. */
  version(record: TemplateRecord, version: string): Promise<Template | undefined>;
  /** The versions that `version` has, oldest first. */
  versions(record: TemplateRecord): Promise<readonly string[]>;
}

const folder = 'versions';
const archiveName = /^([a-z][a-z0-9-]*)-(\d+\.\d+\.\d+)\.json\.gz$/;

export const archivePath = (id: string, version: string): string => `${folder}/${id}-${version}.json.gz`;

/** The templates that come with the extension, in `dir`, with the versions that were released before. */
export function bundledShelf(dir: string, files: Files): Shelf {
  return {
    newest: ({ id }) => loadTemplate(dir, id, files),
    async version({ id }, version) {
      const path = join(dir, archivePath(id, version));
      const bytes = await files.readBytes(path);
      const listing = bytes && (await unpackListing(bytes));
      return listing && assembleTemplate(listing, { dir: path, source: 'bundled' });
    },
    async versions({ id }) {
      const names = (await files.list(join(dir, folder))).map((entry) => archiveName.exec(entry.name));
      return names
        .flatMap((match) => (match?.[1] === id && match[2] !== undefined ? [match[2]] : []))
        .toSorted(compareVersions);
    },
  };
}
