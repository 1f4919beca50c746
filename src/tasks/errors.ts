import type { Fix } from '../base/errors';
import { UserError, messageOf } from '../base/errors';

const howToInstall: Readonly<Record<string, string>> = {
  darwin: 'install it with `xcode-select --install`',
  win32:
    'install it with `winget install ezwinports.make`, or set servicewright.tasks.makeCommand to `["wsl", "-e", "make"]`',
};

/** What to do where a program is missing: make is a package of its own on Linux, part of the developer tools on macOS. */
function install(program: string, platform: string): string {
  if (program === 'just') return 'install it from https://just.systems';
  if (program === 'task') return 'install it from https://taskfile.dev';
  if (program !== 'make') return 'check the settings that name it, servicewright.tasks.*Command';
  return (
    howToInstall[platform] ??
    'install it with the package manager, for example `apt-get install make`, `dnf install make` or `apk add make`'
  );
}

/** Its message is also the one line that the view shows. `platform` as Node's `process.platform`. */
export const programMissing = (program: string, platform: string, fix?: Fix): UserError =>
  new UserError(
    'tasks/program-missing',
    `${program} is not on the PATH, so its targets can be listed but not run; ${install(program, platform)}.`,
    fix ? { fix } : {},
  );

export const noTaskFile = (dir: string, names: readonly string[]): UserError =>
  new UserError(
    'tasks/no-file',
    `${dir} holds no ${names.slice(0, -1).join(', ')}${names.length > 1 ? ' or ' : ''}${names.at(-1) ?? ''}, so there is nothing to list or run.`,
    {
      fix: { kind: 'hint', label: 'Name the folder that holds it.' },
    },
  );

export const unreadable = (dir: string, cause: unknown): UserError =>
  new UserError('tasks/unreadable', `The Makefile in ${dir} can’t be read: ${messageOf(cause)}.`, { cause });

/** `near` are the known names that look most like the one asked for. */
export const unknownTarget = (name: string, entry: string, near: readonly string[]): UserError =>
  new UserError('tasks/unknown-target', `${entry} has no target ${JSON.stringify(name)}.`, {
    fix: {
      kind: 'hint',
      label: near.length > 0 ? `Did you mean ${near.join(', ')}?` : 'servicewright tasks lists them.',
    },
  });

export const untrusted = (): UserError =>
  new UserError('tasks/untrusted', 'Targets run only in a trusted workspace.', {
    fix: { kind: 'command', label: 'Manage Workspace Trust', command: 'workbench.trust.manage' },
  });

export const notOnDisk = (name: string): UserError =>
  new UserError(
    'tasks/not-on-disk',
    `${name} is in a virtual workspace; targets run only in folders on disk.`,
  );

export const targetGone = (name: string): UserError =>
  new UserError('tasks/target-gone', `The target ${JSON.stringify(name)} is no longer there.`, {
    fix: { kind: 'command', label: 'Refresh Tasks', command: 'servicewright.tasks.refresh' },
  });

/** The tool was asked for its list and gave none. `lines` is the end of what it printed on stderr. */
export const noAnswer = (program: string, entry: string, lines: readonly string[]): UserError =>
  new UserError(
    'tasks/no-answer',
    `${program} gave no list of ${entry}, so the list stays what it was; the log shows what it said.`,
    { lines },
  );

export const listingTooSlow = (program: string, seconds: number): UserError =>
  new UserError(
    'tasks/listing-too-slow',
    `${program} was still listing after ${seconds} s and was ended; run it in a terminal to see what it waits for.`,
  );

export const listingTooLong = (program: string, megabytes: number): UserError =>
  new UserError(
    'tasks/listing-too-long',
    `${program} printed more than ${megabytes} MB while listing and was ended; the list stays what it was.`,
  );
