import { join } from '../base/paths';
import type { Files } from '../base/ports';
import { brokenTemplate, noTemplate } from './errors';
import { parseTemplate } from './manifest';
import type { Template, TemplateFile } from './template';

/** The largest template that is read: 20 MB. */
const mostBytes = 20_000_000;

/** Reads the templates in `dir`, sorted by id. */
export async function loadTemplates(dir: string, files: Files): Promise<readonly Template[]> {
  const folders = (await files.list(dir)).filter((entry) => entry.kind === 'directory');
  return Promise.all(folders.map((entry) => loadFolder(join(dir, entry.name), files)));
}

/** Reads one template of `dir`. Throws UserError `scaffold/no-template` or `scaffold/broken-template`. */
export async function loadTemplate(dir: string, id: string, files: Files): Promise<Template> {
  const known = (await files.list(dir))
    .filter((entry) => entry.kind === 'directory')
    .map((entry) => entry.name);
  if (!known.includes(id)) throw noTemplate(id, known);
  return loadFolder(join(dir, id), files);
}

async function loadFolder(dir: string, files: Files): Promise<Template> {
  const path = join(dir, 'template.yaml');
  const text = await files.readText(path);
  if (text === undefined) throw brokenTemplate(path, 'it is missing');
  const sources = await readTree(join(dir, 'files'), '', files);
  const bytes = sources.reduce((sum, file) => sum + file.bytes.length, 0);
  if (bytes > mostBytes) throw brokenTemplate(path, `its files hold ${bytes} bytes, more than ${mostBytes}`);
  return { ...parseTemplate(text, path), sources };
}

async function readTree(root: string, below: string, files: Files): Promise<readonly TemplateFile[]> {
  const out: TemplateFile[] = [];
  for (const entry of await files.list(join(root, below))) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.kind === 'directory' && entry.name !== '__pycache__')
      out.push(...(await readTree(root, path, files)));
    if (entry.kind === 'symlink') throw brokenTemplate(join(root, path), 'templates hold no symbolic links');
    const bytes = entry.kind === 'file' ? await files.readBytes(join(root, path)) : undefined;
    if (bytes) out.push({ path, bytes, executable: await files.isExecutable(join(root, path)) });
  }
  return out;
}
