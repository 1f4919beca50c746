import { UserError } from '../../base/errors';
import { join } from '../../base/paths';
import type { Files } from '../../base/ports';
import { assembleTemplate } from '../assemble';
import type { TemplateRecord } from '../record';
import { loadTemplate } from '../source';
import type { ResolveOptions, SourceWorld } from '../sources/resolve';
import { resolveTemplate } from '../sources/resolve';
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
  /** What a person should know about the sources that were read so far, in sentences. */
  readonly notes: readonly string[];
}

const folder = 'versions';
const archiveName = /^([a-z][a-z0-9-]*)-(\d+\.\d+\.\d+)\.json\.gz$/;

/** Where a released version of a bundled template is kept, below the folder of the templates. */
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
    notes: [],
  };
}

/** A template in a folder or in a git repository: what is there now, and of git also the commit that the service recorded. */
function outsideShelf(world: SourceWorld, options: ResolveOptions): Shelf {
  const notes: string[] = [];
  const read = async (source: string, commit?: string): Promise<Template> => {
    const found = await resolveTemplate(source, world, {
      ...options,
      ...(commit === undefined ? {} : { commit }),
    });
    notes.push(...found.notes.filter((note) => !notes.includes(note)));
    return found.template;
  };
  return {
    newest: ({ source }) => read(source),
    async version({ source, commit }, version) {
      try {
        const template = await read(source, commit);
        return template.version === version ? template : undefined;
      } catch (error) {
        // No network, or a commit that is gone: then there is no base, and the plan says so.
        if (error instanceof UserError) return undefined;
        throw error;
      }
    },
    versions: async () => [],
    notes,
  };
}

/** The versions of every template, wherever it is from. Reads nothing before it is asked. */
export function createShelf(world: SourceWorld, options: ResolveOptions): Shelf {
  const own = bundledShelf(world.bundled, world.files);
  const other = outsideShelf(world, options);
  const of = ({ source }: TemplateRecord): Shelf => (source === 'bundled' ? own : other);
  return {
    newest: async (record) => of(record).newest(record),
    version: async (record, version) => of(record).version(record, version),
    versions: async (record) => of(record).versions(record),
    notes: other.notes,
  };
}
