import * as vscode from 'vscode';
import type { World } from '../../base/ports';
import type { Settings } from '../../base/settings';
import { taskType } from '../contributes';
import type { Machine } from '../machine';
import { registerTaskCommands } from './vscode/commands';
import { registerLenses } from './vscode/lens';
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
  /** Fires when services come or go. */
  readonly onDidChangeServices: vscode.Event<void>;
}

/** Registers the task provider, the *Tasks* view and the code lenses. Nothing is searched for before one of them is asked. */
export function registerTasks(host: TasksHost): vscode.Disposable {
  const targets = createTargets(host);
  const runs = createRuns();
  return vscode.Disposable.from(
    targets,
    runs,
    vscode.tasks.registerTaskProvider(taskType, createProvider(host, targets)),
    registerLenses(host, targets),
    registerTree(host, targets, runs),
    registerTaskCommands(host, targets),
  );
}
