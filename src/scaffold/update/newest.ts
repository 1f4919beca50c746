import { join } from '../../base/paths';
import type { Files } from '../../base/ports';
import { manifestIn } from '../assemble';
import { brokenTemplate } from '../errors';
import type { TemplateRecord } from '../record';

/**
 * The version that a service's template has now, told by its template.yaml alone; undefined for a template from git, which is not asked
 * without need, and where there is no such template. Throws UserError `scaffold/broken-template`.
 */
export async function newestVersion(
  { id, source }: TemplateRecord,
  bundled: string,
  files: Files,
): Promise<string | undefined> {
  if (source.startsWith('git+')) return undefined;
  const dir = source === 'bundled' ? join(bundled, id) : source;
  const bytes = await files.readBytes(join(dir, 'template.yaml'));
  if (!bytes) return undefined;
  const manifest = manifestIn(new Map([['template.yaml', { bytes, executable: false }]]), dir);
  if (manifest.id !== id)
    throw brokenTemplate(join(dir, 'template.yaml'), `its id is ${manifest.id} and not ${id}`);
  return manifest.version;
}
