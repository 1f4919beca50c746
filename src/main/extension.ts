import { homedir } from 'node:os';
import type * as vscode from 'vscode';
import { registerGuidelines } from '../guidelines/host/vscode';
import { createCache } from '../platform/node/cache';
import { cacheFolder } from '../platform/node/cache-folder';
import { createLog } from '../platform/vscode/log';
import { createSettings } from '../platform/vscode/settings';
import { registerCommand } from '../platform/vscode/ui';
import { registerScaffold } from '../scaffold/host/vscode';
import { registerUpdate } from '../scaffold/host/vscode/update';
import type { FoundService } from '../services/host/vscode';
import { createWorkspaceServices, registerServices } from '../services/host/vscode';
import { registerManifestEditor } from '../services/host/vscode/manifest-editor';
import { registerTasks } from '../tasks/host/vscode';
import { wireDeploy } from './extension/deploy';
import { createWorld } from './world';

/** Wires the rooms to VS Code; nothing is awaited, read or started here. */
export function activate(context: vscode.ExtensionContext): void {
  const log = createLog();
  const settings = createSettings();
  const world = createWorld(log);
  const services = createWorkspaceServices();
  // One for both, and the command line's too: what a new service fetched, its update finds again.
  const cache = createCache(cacheFolder(process.env));
  const update = registerUpdate({
    context,
    world,
    cache,
    services: async () => (await services.all()).map(describeService),
    onUpdated: services.refresh,
  });
  const guidelines = registerGuidelines({ context, log, loadClient: () => import('./language-client') });
  context.subscriptions.push(
    log,
    services,
    registerCommand('servicewright.showLog', log, () => log.show()),
    update,
    guidelines,
    registerServices(services, { details: update.details, scores: guidelines.scores }, log),
    registerManifestEditor(),
    registerScaffold({
      context,
      world,
      cache,
      settings,
      homeDir: homedir(),
      onCreated: services.announce,
    }),
    registerTasks({
      world,
      settings,
      env: process.env,
      machine: { platform: process.platform, arch: process.arch },
      state: context.workspaceState,
      onDidChangeServices: services.onDidChange,
    }),
    wireDeploy({ context, world, settings, services }),
  );
}

/** A service as *Update from Template* asks for it. */
function describeService({ dir, manifest }: FoundService): {
  readonly dir: string;
  readonly name: string;
  readonly template: string | undefined;
} {
  const { template } = manifest ?? {};
  return {
    dir: dir.fsPath.replaceAll('\\', '/'),
    name: manifest?.name ?? dir.path,
    template: template && `${template.id} ${template.version}`,
  };
}
