import { homedir } from 'node:os';
import type * as vscode from 'vscode';
import { createProviders } from '../deploy';
import { registerDeploy } from '../deploy/host/vscode';
import { createEngineAccess } from '../embedded';
import { registerGuidelines } from '../guidelines/host/vscode';
import { createLog } from '../platform/vscode/log';
import { createSettings } from '../platform/vscode/settings';
import { registerCommand } from '../platform/vscode/ui';
import { registerScaffold } from '../scaffold/host/vscode';
import { createWorkspaceServices, registerServices } from '../services/host/vscode';
import { registerTasks } from '../tasks/host/vscode';
import { createWorld } from './world';

/** Wires the rooms to VS Code; nothing is awaited, read or started here. */
export function activate(context: vscode.ExtensionContext): void {
  const log = createLog();
  const settings = createSettings();
  const world = createWorld(log);
  const services = createWorkspaceServices();
  const engine = createEngineAccess({
    cliPath: context.asAbsolutePath('out/cli.js'),
    execPath: process.execPath,
    env: process.env,
  });
  const platform = {
    start: async (signal: AbortSignal) => void (await engine.connect(signal)),
    stop: async (signal: AbortSignal) => void (await engine.stop(signal)),
  };
  const providers = createProviders(engine, world.http);
  context.subscriptions.push(
    log,
    services,
    registerCommand('servicewright.showLog', log, () => log.show()),
    registerServices(services, log),
    registerGuidelines({ context, log, loadClient: () => import('./language-client') }),
    registerScaffold({ context, world, settings, homeDir: homedir(), onCreated: services.announce }),
    registerTasks({
      world,
      settings,
      env: process.env,
      machine: { platform: process.platform, arch: process.arch },
      state: context.workspaceState,
      onDidChangeServices: services.onDidChange,
    }),
    registerDeploy({ context, world, settings, services, providers, platform }),
  );
}
