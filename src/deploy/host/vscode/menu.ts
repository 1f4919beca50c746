import * as vscode from 'vscode';
import type { CommandId } from '../../../base/commands';
import type { Parts } from './parts';
import type { Choice } from './selection';

interface Row extends vscode.QuickPickItem {
  readonly command?: CommandId;
}

/** What can be done now with the service of the button. */
export async function showMenu(parts: Parts, choice: Choice): Promise<void> {
  const { app, environment } = choice.target;
  if (parts.deployments.running(choice)) {
    parts.logs.deploys.show(true);
    return;
  }
  const picked = await vscode.window.showQuickPick(rowsOf(choice), {
    placeHolder: `${app} → ${environment.name}`,
  });
  if (!picked) return;
  if (picked.command === undefined) parts.logs.deploys.show(true);
  else await vscode.commands.executeCommand(picked.command, { kind: 'environment', choice });
}

function rowsOf(choice: Choice): readonly Row[] {
  return [...always(choice), ...changing(choice), ...elsewhere(choice)];
}

function always({ target }: Choice): readonly Row[] {
  const { environment } = target;
  return [
    {
      label: '$(rocket) Deploy',
      description: `${target.app} → ${environment.name}`,
      command: 'servicewright.deploy.start',
    },
    {
      label: '$(checklist) Check',
      description: 'what a deploy would meet, without deploying',
      command: 'servicewright.deploy.check',
    },
    {
      label: '$(globe) Open',
      description: 'the running service in a browser',
      command: 'servicewright.deploy.openApp',
    },
    {
      label: '$(output) Logs',
      description: 'of the running service',
      command: 'servicewright.deploy.showLogs',
    },
    {
      label: '$(discard) Roll back',
      description: 'to an earlier release',
      command: 'servicewright.deploy.rollBack',
    },
  ];
}

function changing({ provider }: Choice): readonly Row[] {
  const run: Row = {
    label: '$(terminal) Run a command',
    description: 'once, in a process of its own',
    command: 'servicewright.deploy.runCommand',
  };
  const maintenance: Row = {
    label: '$(tools) Maintenance',
    description: 'on or off',
    command: 'servicewright.deploy.maintenance',
  };
  return [
    ...(provider.scaling ? scaling : []),
    ...(provider.maintenance ? [maintenance] : []),
    ...(provider.runs ? [run] : []),
  ];
}

const scaling: readonly Row[] = [
  {
    label: '$(graph) Scale',
    description: 'how many processes run',
    command: 'servicewright.deploy.scale',
  },
  {
    label: '$(debug-restart) Restart',
    description: 'every process',
    command: 'servicewright.deploy.restart',
  },
];

function elsewhere({ provider, target, service }: Choice): readonly Row[] {
  const others: Row = {
    label: '$(arrow-swap) Another environment',
    description: service.environments.map((one) => one.name).join(', '),
    command: 'servicewright.deploy.switchEnvironment',
  };
  const account: Row = {
    label: '$(account) Sign in',
    description: target.environment.url ?? '',
    command: 'servicewright.deploy.signIn',
  };
  return [
    ...(service.environments.length > 1 ? [others] : []),
    ...(provider.account ? [account] : []),
    { label: '$(list-tree) What the last deploy said' },
  ];
}
