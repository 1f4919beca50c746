import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import type { World } from '../../base/ports';
import type { Settings } from '../../base/settings';
import { taskType } from '../contributes';
import type { Machine } from '../machine';
import { registerTaskCommands } from './vscode/commands';
import { registerLenses } from './vscode/lens';
import { createPins } from './vscode/pins';
import { createProvider } from './vscode/provider';
import { createRuns } from './vscode/runs';
import { registerProblemFolder } from './vscode/start';
import { createTargets } from './vscode/targets';
import { registerTree } from './vscode/tree';
import { taskFileSelector } from './vscode/watch';

export interface TasksHost {
  readonly world: World;
  readonly settings: Settings;
  /** The environment and the machine that targets run in: what make would know of them, the lists know too. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly machine: Machine;
  /** Where pins and values are kept, with the workspace. */
  readonly state: vscode.Memento;
  /** Fires when services come or go. */
  readonly onDidChangeServices: vscode.Event<void>;
}

/** Registers the task provider, the *Tasks* view, the lenses and what helps to write. Nothing is searched for before one of them is asked. */
export function registerTasks(host: TasksHost): vscode.Disposable {
  const targets = createTargets(host);
  const runs = createRuns();
  const pins = createPins(host.state);
  const parts = { host, targets, runs, pins };
  return vscode.Disposable.from(
    targets,
    runs,
    pins,
    vscode.tasks.registerTaskProvider(taskType, createProvider(host, targets)),
    registerLenses(host, targets, runs),
    registerTree(parts),
    registerTaskCommands(parts),
    registerProblemFolder(),
    whenOneIsOpen(host.world.log, async () =>
      (await import('./vscode/language')).registerLanguage(host, targets),
    ),
  );
}

/** Loads once, when a file of ours is open; a window without one never does. */
function whenOneIsOpen(log: Log, load: () => Promise<vscode.Disposable>): vscode.Disposable {
  let loading: Promise<vscode.Disposable> | undefined;
  const look = (document: vscode.TextDocument): void => {
    if (loading || vscode.languages.match(taskFileSelector, document) === 0) return;
    loading = load();
    loading.catch((error: unknown) => log.error('The help for Makefiles can’t be loaded', error));
  };
  for (const document of vscode.workspace.textDocuments) look(document);
  return vscode.Disposable.from(vscode.workspace.onDidOpenTextDocument(look), {
    dispose: () => void loading?.then((one) => one.dispose()),
  });
}
