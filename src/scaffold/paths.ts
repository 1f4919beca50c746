import { unsafePath } from './errors';
import type { Context } from './render';

/** Names that Windows keeps for devices, whatever their extension. */
const device = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?$/i;
/** Names that are git's own, in the spellings that Windows and macOS take for the same: a template brings no hooks. */
const git = /^(\.git|git~\d+)$/i;
/** Words between double underscores that belong to Python and other tools, and stand for no answer. */
export const dunder: ReadonlySet<string> = new Set([
  'init',
  'main',
  'tests',
  'mocks',
  'snapshots',
  'fixtures',
]);
/** The longest name that every file system takes, in bytes. */
const longestName = 255;
/** What Windows refuses in a name. */
const refused = /[<>:"|?*\\]/;
/** Control characters, and invisible ones that turn text around or that macOS leaves out of names. */
const control = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * The path that a template's file gets: `__key__` stands for an answer, a leading `dot_` for a dot, a last `.hbs` is dropped.
 * Throws UserError `scaffold/unsafe-path` when `__key__` is neither an answer nor one of Python's own names.
 */
export function outputPath(path: string, context: Context): string {
  return path
    .replace(/\.hbs$/, '')
    .split('/')
    .map((segment) =>
      segment.replace(/^dot_/, '.').replaceAll(/__([a-z][a-zA-Z0-9]*)__/g, (whole, key: string) => {
        const value = valueOf(context, key);
        if (value !== undefined) return value;
        if (dunder.has(key)) return whole;
        throw unsafePath(path, `names ${whole}, which is neither asked nor computed`);
      }),
    )
    .join('/');
}

function valueOf(context: Context, key: string): string | undefined {
  const value = Object.hasOwn(context, key) ? context[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/**
 * Refuses paths that would leave the service's folder or that some system can't hold, and paths that are the same to some system:
 * they differ only in case or in how an accent is written, or one is a folder of the other.
 * Throws UserError `scaffold/unsafe-path`.
 */
export function confine(paths: readonly string[]): void {
  const seen = new Map<string, { readonly path: string; readonly isFile: boolean }>();
  for (const path of paths) {
    const why = pathFault(path);
    if (why !== undefined) throw unsafePath(path, why);
    const segments = path.split('/');
    for (let depth = 1; depth <= segments.length; depth++) {
      const part = segments.slice(0, depth).join('/');
      const isFile = depth === segments.length;
      const folded = part.normalize('NFC').toLowerCase();
      const twin = seen.get(folded);
      if (twin && (isFile || twin.isFile || twin.path !== part))
        throw unsafePath(path, `is in the way of ${JSON.stringify(twin.path)} on many systems`);
      seen.set(folded, { path: part, isFile });
    }
  }
}

/** Why a path can't be one of a service's; undefined when it can. */
export function pathFault(path: string): string | undefined {
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is an absolute path';
  for (const segment of path.split('/')) {
    const why = segmentFault(segment);
    if (why !== undefined) return why;
  }
  return undefined;
}

function segmentFault(segment: string): string | undefined {
  if (segment === '' || segment === '.' || segment === '..') return 'leaves the folder of the service';
  if (git.test(segment)) return 'belongs to git';
  if (device.test(segment)) return 'names a device on Windows';
  if (refused.test(segment) || control.test(segment))
    return 'holds a character that file names may not hold everywhere';
  if (/[. ]$/.test(segment)) return 'ends with a dot or a space, which Windows drops';
  if (new TextEncoder().encode(segment).length > longestName) return 'holds a name that is too long';
  return undefined;
}
