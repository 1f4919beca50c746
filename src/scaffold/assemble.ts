import { join } from '../base/paths';
import { brokenTemplate } from './errors';
import { parseTemplate } from './manifest';
import type { Template, TemplateFile, TemplateManifest, TemplatePartial } from './template';

/** The largest template that is read: 20 MB in 5,000 files. */
export const mostBytes = 20_000_000;
export const mostFiles = 5000;

export interface ListedFile {
  readonly bytes: Uint8Array;
  readonly executable: boolean;
}

/**
 * All that a template is made of, by path with `/`: `template.yaml`, `files/**`, `partials/*.hbs`, and what it includes as
 * `shared/<set>/files/**` and `shared/<set>/partials/*.hbs`. Other paths are not looked at.
 */
export type Listing = ReadonlyMap<string, ListedFile>;

export interface TemplateOrigin {
  /** Where the template is, for messages: a folder, or something that reads like one. */
  readonly dir: string;
  /** What a service records: `bundled`, a folder, `git+https://…`. */
  readonly source: string;
  readonly commit?: string;
}

/**
 * The one door of templates from folders, archives and git: makes a Template of the files of a listing; nothing is read or written.
 * A template's own file wins over an included one of the same name (with or without `.hbs`), a later set of `include:` over an earlier.
 * Throws UserError `scaffold/broken-template`.
 */
export function assembleTemplate(files: Listing, origin: TemplateOrigin): Template {
  const path = join(origin.dir, 'template.yaml');
  const manifest = manifestIn(files, origin.dir);
  checkSize(files, path);
  const layers = [...manifest.include.map((set) => layerOf(set, files, origin)), ownLayer(files, origin.dir)];
  const sources = new Map(layers.flatMap((layer) => layer.sources.map((file) => [nameOf(file.path), file])));
  if (sources.size === 0) throw brokenTemplate(path, 'there are no files beside it in files/');
  return {
    ...manifest,
    ...origin,
    sources: [...sources.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    partials: new Map(layers.flatMap((layer) => [...layer.partials])),
  };
}

/** What the `template.yaml` of a listing says; `dir` is for messages. */
export function manifestIn(files: Listing, dir: string): TemplateManifest {
  const path = join(dir, 'template.yaml');
  const file = files.get('template.yaml');
  if (!file) throw brokenTemplate(path, 'it is missing');
  // Listing a template needs its manifest before assembling it does, and reading YAML is the slowest part of both.
  const known = manifests.get(file) ?? parseTemplate(textOf(file.bytes, path), path);
  manifests.set(file, known);
  return known;
}

const manifests = new WeakMap<ListedFile, TemplateManifest>();

/** Text of UTF-8 bytes as it is, with its byte order mark if it has one. Throws UserError `scaffold/broken-template`. */
export function textOf(bytes: Uint8Array, from: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw brokenTemplate(from, 'it is not UTF-8; drop .hbs from its name');
    throw error;
  }
}

const nameOf = (path: string): string => path.replace(/\.hbs$/, '');

function checkSize(files: Listing, path: string): void {
  if (files.size > mostFiles)
    throw brokenTemplate(path, `it holds ${files.size} files, more than ${mostFiles}`);
  const bytes = [...files.values()].reduce((sum, file) => sum + file.bytes.length, 0);
  if (bytes > mostBytes) throw brokenTemplate(path, `its files hold ${bytes} bytes, more than ${mostBytes}`);
}

interface Layer {
  readonly sources: readonly TemplateFile[];
  readonly partials: ReadonlyMap<string, TemplatePartial>;
}

function ownLayer(files: Listing, dir: string): Layer {
  return layer(files, '', (path) => join(dir, path));
}

function layerOf(set: string, files: Listing, { dir }: TemplateOrigin): Layer {
  const prefix = `shared/${set}/`;
  const from = (path: string): string => join(dir, '..', prefix, path);
  const found = layer(files, prefix, from);
  if (found.sources.length === 0 && found.partials.size === 0)
    throw brokenTemplate(join(dir, 'template.yaml'), `it includes ${set}, but there is no ${from('')}`);
  return found;
}

function layer(files: Listing, prefix: string, from: (path: string) => string): Layer {
  const below = (folder: string): readonly (readonly [path: string, file: ListedFile])[] =>
    [...files].flatMap(([path, file]) =>
      path.startsWith(prefix + folder) ? [[path.slice(prefix.length + folder.length), file] as const] : [],
    );
  return {
    sources: below('files/').map(([path, file]) => ({ path, ...file, from: from(`files/${path}`) })),
    partials: new Map(
      below('partials/').map(([path, { bytes }]) => {
        const at = from(`partials/${path}`);
        const name = /^([a-z][a-z0-9-]*)\.hbs$/.exec(path)?.[1];
        if (name === undefined)
          throw brokenTemplate(at, 'a partial is called by lower-case words joined by hyphens, and .hbs');
        return [name, { text: textOf(bytes, at), from: at }];
      }),
    ),
  };
}
