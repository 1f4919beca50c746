import * as vscode from 'vscode';
import { UserError } from '../../../base/errors';
import { cantDo } from '../../errors';
import type { Parts } from './parts';
import type { Choice } from './selection';

/**
 * Changes variables, with a notification while it goes on: a platform that follows the new release may take minutes. What explains a
 * failure stands in the channel of deploys; the error itself goes to whoever asked. Gives all variables afterwards.
 */
export async function changeConfig(
  { logs, deployments }: Parts,
  { provider, target }: Choice,
  patch: Readonly<Record<string, string | null>>,
  message: string,
): Promise<Readonly<Record<string, string>>> {
  const { config } = provider;
  if (!config) throw cantDo(provider.title, 'set variables');
  const title = `${target.app} → ${target.environment.name}: ${message}`;
  try {
    return await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () =>
      config.change(target, patch, message, new AbortController().signal),
    );
  } catch (error) {
    if (error instanceof UserError && error.lines.length > 0) explain(logs.deploys, title, error);
    throw error;
  } finally {
    deployments.refresh();
  }
}

function explain(channel: vscode.OutputChannel, title: string, { message, lines, fix }: UserError): void {
  channel.appendLine(`\n── ${title} · ${new Date().toLocaleString()} ──`);
  for (const line of lines) channel.appendLine(`  │ ${line}`);
  channel.appendLine(`✗ ${message}${fix ? ` ${fix.label}` : ''}`);
  channel.show(true);
}
