import { UserError, isAbort, systemCode } from '../../base/errors';
import { isObject, stringAt } from '../../base/json';
import { count } from '../../base/text';

/** What can be wrong when a service is updated from its template. */

export const noRecord = (path: string): UserError =>
  new UserError(
    'scaffold/no-record',
    `${path} does not say which template the service is from, so it can't be updated; only services made by servicewright can.`,
  );

export const noManifest = (dir: string): UserError =>
  new UserError(
    'scaffold/no-manifest',
    `There is no servicewright.yaml in ${dir}; give the folder of a service.`,
  );

export const olderTemplate = (id: string, recorded: string, newest: string): UserError =>
  new UserError(
    'scaffold/older-template',
    `The service is from ${id} ${recorded}, which is newer than ${newest} here; update servicewright, or go back with --to ${newest}.`,
  );

export const noVersion = (id: string, version: string, known: readonly string[]): UserError =>
  new UserError(
    'scaffold/no-version',
    `There is no version ${JSON.stringify(version)} of ${id}; choose one of ${known.join(', ')}.`,
  );

export const unsettled = (dir: string, paths: readonly string[]): UserError =>
  new UserError(
    'scaffold/unsettled',
    `${count(paths.length, 'file')} in ${dir} still ${paths.length === 1 ? 'holds' : 'hold'} conflict markers; settle them first, then update again.`,
    {
      lines: paths,
      fix: { kind: 'file', label: 'Open File', path: `${dir}/${paths[0] ?? ''}` },
    },
  );

const nothing = 'Nothing was changed.';

/** Why the files of a service could not be changed, in words; anything else is passed on as it is. */
export function cannotChange(dir: string, error: unknown): unknown {
  const code = systemCode(error);
  if (isAbort(error) || code === undefined) return error;
  const path = stringAt(isObject(error) ? error : {}, 'path') ?? pathOf(error) ?? dir;
  const why = reasons[code];
  const message = why
    ? why(path, dir)
    : `The files in ${dir} can't be changed: the system refused it (${code}).`;
  return new UserError('scaffold/cannot-change', `${message} ${nothing}`, { cause: error });
}

/** Errors are no plain objects, but may have what these have. */
function pathOf(error: unknown): string | undefined {
  return error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : undefined;
}

type Reason = (path: string, dir: string) => string;
const forbidden: Reason = (path) => `${path} may not be written to; change its permissions.`;
const full: Reason = (_path, dir) => `The disk that holds ${dir} is full; make room and try again.`;
const reasons: Readonly<Record<string, Reason>> = {
  ECHANGED: (path) => `${path} was changed meanwhile; look at the plan again.`,
  ELOOP: (path) => `${path} is a link, or lies behind one; put a file or a folder there.`,
  EISDIR: (path) => `${path} is a folder, where a file should be; move it away.`,
  ENOTDIR: (path) => `A file stands in the way of ${path}; move it away.`,
  EBUSY: (_path, dir) => `Another window or program is changing ${dir}; wait until it is done.`,
  EINVAL: (path) => `${path} is outside the service, or in its .git.`,
  EXDEV: (path) => `${path} is on another disk than the service; move it here.`,
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: (_path, dir) => `${dir} is on a read-only disk.`,
  ENOSPC: full,
  EDQUOT: full,
};

export const notSaved = (path: string): UserError =>
  new UserError(
    'scaffold/not-saved',
    `${path} has changes that could not be saved; save or revert it, then update again.`,
    { fix: { kind: 'file', label: 'Open File', path } },
  );

export const notTrusted = (): UserError =>
  new UserError(
    'scaffold/not-trusted',
    'A service is updated only in a workspace that you trust, because an update writes its files; trust it, then update again.',
    { fix: { kind: 'command', label: 'Manage Workspace Trust', command: 'workbench.trust.manage' } },
  );

export const notTrustedToAsk = (): UserError =>
  new UserError(
    'scaffold/not-trusted',
    'Templates are asked for newer versions only in a workspace that you trust, because its services say where they are; trust it, then check again.',
    { fix: { kind: 'command', label: 'Manage Workspace Trust', command: 'workbench.trust.manage' } },
  );

export const noBase = (path: string, version: string): UserError =>
  new UserError(
    'scaffold/no-base',
    `What ${version} gave for ${path} can't be had any more, so there is nothing to compare it with; update the service to see the newest version's.`,
  );
