import * as vscode from 'vscode';
import type { World } from '../../base/ports';
import type { Settings } from '../../base/settings';
import { taskType } from '../contributes';
import type { Machine } from '../machine';
import { registerTaskCommands } from './vscode/commands';
import { registerLenses } from './vscode/lens';
import { createPins } from './vscode/pins';
import { createProvider } from './vscode/provider';
import { createRuns } from './vscode/runs';
import { createTargets } from './vscode/targets';
import { registerTree } from './vscode/tree';

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
  );
}
