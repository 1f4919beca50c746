import { basename, dirname, join } from '../base/paths';
import type { Files } from '../base/ports';
import type { ListedFile, Listing, TemplateOrigin } from './assemble';
import { assembleTemplate, manifestIn, mostBytes, mostFiles } from './assemble';
import { brokenTemplate, noTemplate } from './errors';
import type { Template } from './template';

/** What editors, systems and Python leave behind; never part of a template. */
const litter = new Set([
  '.DS_Store',
  'Thumbs.db',
  '__pycache__',
  '.pytest_cache',
  '.ruff_cache',
  '.mypy_cache',
]);
/** Folders beside templates that are none: what they share, and their released versions. */
const beside = new Set(['shared', 'versions']);

const noLinks = 'a template holds files and folders, no links and no devices';

/** Reads the templates in `dir`, sorted by id. */
export async function loadTemplates(dir: string, files: Files): Promise<readonly Template[]> {
  return Promise.all((await templateIds(dir, files)).map((id) => loadFolder(join(dir, id), files)));
}

/** Reads one template of `dir`. Throws UserError `scaffold/no-template` or `scaffold/broken-template`. */
export async function loadTemplate(dir: string, id: string, files: Files): Promise<Template> {
  const known = await templateIds(dir, files);
  if (!known.includes(id)) throw noTemplate(id, known);
  return loadFolder(join(dir, id), files);
}

/** The folders of templates in `dir`, sorted. */
export async function templateIds(dir: string, files: Files): Promise<readonly string[]> {
  const entries = await files.list(dir);
  return entries
    .filter((entry) => entry.kind === 'directory' && !beside.has(entry.name) && !entry.name.startsWith('.'))
    .map((entry) => entry.name);
}

async function loadFolder(dir: string, files: Files): Promise<Template> {
  const template = await readTemplate(files, { dir, source: 'bundled' });
  const folder = basename(dir);
  if (template.id !== folder)
    throw brokenTemplate(
      join(dir, 'template.yaml'),
      `its id is ${template.id}, but its folder is called ${folder}`,
    );
  return template;
}

/** Reads the template in the folder `origin.dir`. Throws UserError `scaffold/broken-template`. */
export async function readTemplate(files: Files, origin: TemplateOrigin): Promise<Template> {
  return assembleTemplate(await listTemplate(origin.dir, files), origin);
}

/**
 * The files of the template in the folder `dir`, with those that it includes from `shared/` beside that folder: what
 * `assembleTemplate` takes, and what an archive of the template holds. Throws UserError `scaffold/broken-template`.
 */
export async function listTemplate(dir: string, files: Files): Promise<Listing> {
  const manifest = await files.readBytes(join(dir, 'template.yaml'));
  const found = new Map<string, ListedFile>();
  if (manifest) found.set('template.yaml', { bytes: manifest, executable: false });
  const { include } = manifestIn(found, dir);
  const roots = [
    { from: dir, prefix: '' },
    ...include.map((set) => ({ from: join(dirname(dir), 'shared', set), prefix: `shared/${set}/` })),
  ];
  for (const { from, prefix } of roots)
    for (const folder of ['files', 'partials'])
      for (const [path, file] of await readFolder(join(from, folder), files))
        found.set(`${prefix}${folder}/${path}`, file);
  return found;
}

async function readFolder(root: string, files: Files): Promise<readonly (readonly [string, ListedFile])[]> {
  // Listing would follow a link, also one around it.
  for (const folder of [dirname(root), root])
    if ((await files.kind(folder)) === 'symlink') throw brokenTemplate(folder, noLinks);
  const paths = await pathsBelow(root, '', files);
  if (paths.length > mostFiles)
    throw brokenTemplate(root, `it holds ${paths.length} files, more than ${mostFiles}`);
  const read = await Promise.all(
    paths.map(async (path) => [path, await readOne(root, path, files)] as const),
  );
  const bytes = read.reduce((sum, [, file]) => sum + file.bytes.length, 0);
  if (bytes > mostBytes) throw brokenTemplate(root, `its files hold ${bytes} bytes, more than ${mostBytes}`);
  return read;
}

async function pathsBelow(root: string, below: string, files: Files): Promise<readonly string[]> {
  const entries = (await files.list(join(root, below))).filter((entry) => !litter.has(entry.name));
  const found = entries.map(async ({ name, kind }): Promise<readonly string[]> => {
    const path = below === '' ? name : `${below}/${name}`;
    if (kind === 'directory') return pathsBelow(root, path, files);
    if (kind === 'file') return [path];
    throw brokenTemplate(join(root, path), noLinks);
  });
  return (await Promise.all(found)).flat();
}

async function readOne(root: string, path: string, files: Files): Promise<ListedFile> {
  const from = join(root, path);
  const [bytes, executable] = await Promise.all([files.readBytes(from), files.isExecutable(from)]);
  if (bytes === undefined) throw brokenTemplate(from, 'it went away while the template was read');
  return { bytes, executable };
}
