import { homedir } from 'node:os';
import type * as vscode from 'vscode';
import { createLog } from '../platform/vscode/log';
import { createSettings } from '../platform/vscode/settings';
import { registerCommand } from '../platform/vscode/ui';
import { registerScaffold } from '../scaffold/host/vscode';
import { createWorkspaceServices, registerServices } from '../services/host/vscode';
import { createWorld } from './world';

/** Wires the rooms to VS Code; nothing is awaited, read or started here. */
export function activate(context: vscode.ExtensionContext): void {
  const log = createLog();
  const settings = createSettings();
  const world = createWorld(log);
  const services = createWorkspaceServices();
  context.subscriptions.push(
    log,
    services,
    registerCommand('servicewright.showLog', log, () => log.show()),
    registerServices(services, log),
    registerScaffold({ context, world, settings, homeDir: homedir() }),
  );
}
