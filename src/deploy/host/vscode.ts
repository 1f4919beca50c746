import * as vscode from 'vscode';
import type { World } from '../../base/ports';
import type { Settings } from '../../base/settings';
import { onSettingChange } from '../../platform/vscode/settings';
import { registerCommand } from '../../platform/vscode/ui';
import type { WorkspaceServices } from '../../services/host/vscode';
import type { SpecChecks } from '../preflight/checks';
import type { Records } from '../records';
import type { Providers } from '../target';
import type { EditorAccounts } from './vscode/accounts';
import { attachRunning } from './vscode/attach';
import { registerDeployCommands } from './vscode/commands';
import { registerConfigFiles } from './vscode/config-files';
import { registerDeployTasks } from './vscode/deploy-tasks';
import { createDeployments } from './vscode/deployments';
import { createLogDocuments } from './vscode/log-documents';
import { createLogChannels } from './vscode/logs';
import { createPages } from './vscode/pages';
import { createSelection } from './vscode/selection';
import { registerStatusBar } from './vscode/status-bar';
import { registerTree } from './vscode/tree';

export interface DeployHost {
  readonly context: vscode.ExtensionContext;
  readonly world: World;
  readonly settings: Settings;
  readonly services: WorkspaceServices;
  /** Loads the platforms when they are first asked for. */
  readonly providers: () => Promise<Providers>;
  readonly accounts: EditorAccounts;
  /** What was deployed from this machine. */
  readonly records: Records;
  /** How API descriptions are checked before a deploy. */
  readonly specs: SpecChecks;
  /** This process, and whether another one still runs. */
  readonly machine: { readonly pid: number; isAlive(pid: number): boolean };
  /** The embedded platform itself. */
  readonly platform: {
    readonly start: (signal: AbortSignal) => Promise<void>;
    readonly stop: (signal: AbortSignal) => Promise<void>;
  };
}

/** Registers the status-bar button, the *Deployments* view and their commands. Nothing is asked of a platform before one is looked at. */
export function registerDeploy(host: DeployHost): vscode.Disposable {
  const logs = createLogChannels();
  const selection = createSelection(host);
  const deployments = createDeployments(host, logs);
  const pages = createPages();
  const base = { host, logs, selection, deployments, pages };
  const logDocuments = createLogDocuments(base);
  const parts = { ...base, logDocuments };
  void attachRunning(parts);
  return vscode.Disposable.from(
    logs,
    pages,
    logDocuments,
    selection,
    deployments,
    registerStatusBar(parts),
    registerTree(parts),
    registerConfigFiles(parts),
    registerDeployTasks(parts),
    registerDeployCommands(parts),
    registerPlatformCommands(host, () => deployments.refresh()),
    host.accounts.onDidChange(() => deployments.refresh()),
    onSettingChange('deploy', () => deployments.refresh()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => deployments.refresh()),
  );
}

function registerPlatformCommands(host: DeployHost, refresh: () => void): vscode.Disposable {
  const during = (title: string, work: (signal: AbortSignal) => Promise<void>): Thenable<void> =>
    vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () =>
      work(new AbortController().signal),
    );
  const { log } = host.world;
  return vscode.Disposable.from(
    registerCommand('servicewright.platform.start', log, async () => {
      await during('Starting the embedded platform', host.platform.start);
      refresh();
    }),
    registerCommand('servicewright.platform.stop', log, async () => {
      await during('Stopping the embedded platform', host.platform.stop);
      refresh();
    }),
  );
}
