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
  const picked = await vscode.window.showQuickPick([...rowsOf(choice)], {
    placeHolder: `${app} → ${environment.name}`,
  });
  if (!picked) return;
  if (picked.command === undefined) parts.logs.deploys.show(true);
  else await vscode.commands.executeCommand(picked.command, { kind: 'environment', choice });
}

function* rowsOf({ provider, target, service }: Choice): Iterable<Row> {
  const { environment } = target;
  yield {
    label: '$(rocket) Deploy',
    description: `${target.app} → ${environment.name}`,
    command: 'servicewright.deploy.start',
  };
  yield {
    label: '$(globe) Open',
    description: 'the running service in a browser',
    command: 'servicewright.deploy.openApp',
  };
  yield {
    label: '$(output) Logs',
    description: 'of the running service',
    command: 'servicewright.deploy.showLogs',
  };
  yield {
    label: '$(discard) Roll back',
    description: 'to an earlier release',
    command: 'servicewright.deploy.rollBack',
  };
  if (provider.scaling) {
    yield {
      label: '$(graph) Scale',
      description: 'how many processes run',
      command: 'servicewright.deploy.scale',
    };
    yield {
      label: '$(debug-restart) Restart',
      description: 'every process',
      command: 'servicewright.deploy.restart',
    };
  }
  if (service.environments.length > 1)
    yield {
      label: '$(arrow-swap) Another environment',
      description: service.environments.map((one) => one.name).join(', '),
      command: 'servicewright.deploy.switchEnvironment',
    };
  if (provider.account)
    yield {
      label: '$(account) Sign in',
      description: environment.url ?? '',
      command: 'servicewright.deploy.signIn',
    };
  yield { label: '$(list-tree) What the last deploy said' };
}
