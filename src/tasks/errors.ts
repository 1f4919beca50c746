import { UserError } from '../base/errors';

const install: Readonly<Record<string, string>> = {
  linux: 'install it with your package manager, as in apt install make',
  darwin: 'install it with xcode-select --install',
  win32: 'install it in WSL and set servicewright.tasks.makeCommand to ["wsl", "-e", "make"]',
};

export const toolMissing = (program: string, platform: string): UserError =>
  new UserError(
    'tasks/tool-missing',
    `${program} is not on the PATH, so its targets can be listed but not run; ${install[platform] ?? 'install it'}.`,
    { fix: { kind: 'setting', label: 'Open Setting', setting: 'tasks.makeCommand' } },
  );

export const noSuchTask = (name: string, dir: string, near: string | undefined): UserError =>
  new UserError(
    'tasks/no-such-task',
    `${dir} has no task ${JSON.stringify(name)}${near === undefined ? '' : `; did you mean ${near}?`.replace('?', '')}.`,
    { fix: { kind: 'hint', label: 'servicewright tasks lists them' } },
  );

export const noTaskFile = (dir: string, names: readonly string[]): UserError =>
  new UserError('tasks/no-task-file', `${dir} holds no ${names.join(', ')}, so there are no tasks in it.`);

export const notTrusted = (): UserError =>
  new UserError(
    'tasks/not-trusted',
    'Nothing is run from a folder in Restricted Mode; trust the workspace first.',
    {
      fix: { kind: 'command', label: 'Manage Workspace Trust', command: 'workbench.trust.manage' },
    },
  );
