import * as vscode from 'vscode';
import type { CommandId } from '../../../base/commands';
import { UserError } from '../../../base/errors';
import { duration } from '../../../base/text';
import { showError } from '../../../platform/vscode/ui';
import type { DeployResult } from '../../run';
import type { Parts } from './parts';
import type { Choice } from './selection';

/** What can be done once a release is live, and the command that does it. */
const actions: Readonly<Record<string, CommandId>> = {
  Open: 'servicewright.deploy.openApp',
  Logs: 'servicewright.deploy.showLogs',
  'Roll Back': 'servicewright.deploy.rollBack',
};

/** Says how a deploy ended: the release and its address, or why it failed with the lines that explain it. */
export async function tellOutcome(parts: Parts, choice: Choice, result: DeployResult): Promise<void> {
  if (result.outcome === 'live') await tellLive(parts, choice, result);
  else await tellFailure(parts, choice, result);
}

async function tellLive({ logs }: Parts, choice: Choice, result: DeployResult): Promise<void> {
  const version = `${choice.target.app} v${result.release ?? '?'}`;
  const { url } = result;
  const where = url === undefined ? `in ${choice.target.environment.name}` : `at ${url}`;
  const text = `${version} is live ${where} (${duration(result.seconds)}).`;
  logs.deploys.appendLine(`✓ ${text}`);
  const offered = Object.keys(actions).filter((one) => one !== 'Open' || url !== undefined);
  const picked = await vscode.window.showInformationMessage(text, ...offered);
  const command = picked === undefined ? undefined : actions[picked];
  if (command !== undefined) await vscode.commands.executeCommand(command, { kind: 'environment', choice });
}

async function tellFailure({ logs, host }: Parts, choice: Choice, result: DeployResult): Promise<void> {
  const fallback = {
    code: 'deploy/failed',
    message: `The deploy of ${choice.target.app} failed.`,
    lines: [],
  };
  const { code, message, lines, fix } = { fix: undefined, ...(result.error ?? fallback) };
  for (const line of lines) logs.deploys.appendLine(`  │ ${line}`);
  logs.deploys.appendLine(
    `${result.outcome === 'unknown' ? '?' : '✗'} ${message}${fix ? ` ${fix.label}` : ''}`,
  );
  logs.deploys.show(true);
  const error = new UserError(`deploy/${code.replace(/^\w+\//, '')}`, message, {
    lines,
    ...(fix ? { fix } : {}),
  });
  await showError(error, host.world.log);
}
