import { join } from '../base/paths';
import type { Files } from '../base/ports';
import { brokenTemplate, noTemplate } from './errors';
import { parseTemplate } from './manifest';
import type { Template, TemplateFile } from './template';

/** The largest template that is read: 20 MB in 5,000 files. */
const mostBytes = 20_000_000;
const mostFiles = 5000;
/** What editors, systems and Python leave behind; never part of a template. */
const litter = new Set([
  '.DS_Store',
  'Thumbs.db',
  '__pycache__',
  '.pytest_cache',
  '.ruff_cache',
  '.mypy_cache',
]);

/** Reads the templates in `dir`, sorted by id. */
export async function loadTemplates(dir: string, files: Files): Promise<readonly Template[]> {
  return Promise.all((await idsIn(dir, files)).map((id) => loadFolder(join(dir, id), id, files)));
}

/** Reads one template of `dir`. Throws UserError `scaffold/no-template` or `scaffold/broken-template`. */
export async function loadTemplate(dir: string, id: string, files: Files): Promise<Template> {
  const known = await idsIn(dir, files);
  if (!known.includes(id)) throw noTemplate(id, known);
  return loadFolder(join(dir, id), id, files);
}

async function idsIn(dir: string, files: Files): Promise<readonly string[]> {
  const entries = await files.list(dir);
  return entries.filter((entry) => entry.kind === 'directory').map((entry) => entry.name);
}

async function loadFolder(dir: string, id: string, files: Files): Promise<Template> {
  const path = join(dir, 'template.yaml');
  const text = await files.readText(path);
  if (text === undefined) throw brokenTemplate(path, 'it is missing');
  const manifest = parseTemplate(text, path);
  if (manifest.id !== id)
    throw brokenTemplate(path, `its id is ${manifest.id}, but its folder is called ${id}`);
  const root = join(dir, 'files');
  const paths = await pathsBelow(root, '', files);
  if (paths.length === 0) throw brokenTemplate(path, 'there are no files beside it in files/');
  if (paths.length > mostFiles)
    throw brokenTemplate(path, `it holds ${paths.length} files, more than ${mostFiles}`);
  const sources = await Promise.all(paths.map((one) => readFile(root, one, files)));
  const bytes = sources.reduce((sum, file) => sum + file.bytes.length, 0);
  if (bytes > mostBytes) throw brokenTemplate(path, `its files hold ${bytes} bytes, more than ${mostBytes}`);
  return { ...manifest, dir, source: 'bundled', sources, partials: new Map() };
}

async function pathsBelow(root: string, below: string, files: Files): Promise<readonly string[]> {
  const entries = (await files.list(join(root, below))).filter((entry) => !litter.has(entry.name));
  const found = entries.map(async ({ name, kind }): Promise<readonly string[]> => {
    const path = below === '' ? name : `${below}/${name}`;
    if (kind === 'directory') return pathsBelow(root, path, files);
    if (kind === 'file') return [path];
    throw brokenTemplate(join(root, path), 'a template holds files and folders, no links and no devices');
  });
  return (await Promise.all(found)).flat();
}

async function readFile(root: string, path: string, files: Files): Promise<TemplateFile> {
  const from = join(root, path);
  const [bytes, executable] = await Promise.all([files.readBytes(from), files.isExecutable(from)]);
  if (bytes === undefined) throw brokenTemplate(from, 'it went away while the template was read');
  return { path, bytes, executable };
}
