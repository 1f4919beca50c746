import { unsafePath } from './errors';
import type { Context } from './render';

/** Names that Windows keeps for devices, whatever their extension. */
const device = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$/i;
/** What Windows refuses in a name. */
const refused = /[<>:"|?*\\]/;
const control = /\p{Cc}/u;

/** The path that a template's file gets: `__key__` stands for an answer, a leading `dot_` for a dot, a last `.hbs` is dropped. */
export function outputPath(path: string, context: Context): string {
  return path
    .replace(/\.hbs$/, '')
    .split('/')
    .map((segment) =>
      segment
        .replace(/^dot_/, '.')
        .replaceAll(/__([a-z][a-zA-Z0-9]*)__/g, (whole, key: string) => valueOf(context, key) ?? whole),
    )
    .join('/');
}

function valueOf(context: Context, key: string): string | undefined {
  const value = Object.hasOwn(context, key) ? context[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/**
 * Refuses paths that would leave the service's folder or that some system can't hold, and two paths that differ only in case.
 * Throws UserError `scaffold/unsafe-path`.
 */
export function confine(paths: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const why = faultOf(path);
    if (why !== undefined) throw unsafePath(path, why);
    const folded = path.toLowerCase().normalize('NFC');
    const twin = seen.get(folded);
    if (twin !== undefined)
      throw unsafePath(path, `is the same file as ${JSON.stringify(twin)} on many systems`);
    seen.set(folded, path);
  }
}

function faultOf(path: string): string | undefined {
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is an absolute path';
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.' || segment === '..') return 'leaves the folder of the service';
    if (segment === '.git') return 'belongs to git';
    if (device.test(segment)) return 'names a device on Windows';
    if (refused.test(segment) || control.test(segment))
      return 'holds a character that file names may not hold everywhere';
    if (/[. ]$/.test(segment)) return 'ends with a dot or a space, which Windows drops';
  }
  return undefined;
}
