import * as vscode from 'vscode';
import { taskType } from '../../contributes';

/** What is known of a target's runs in this window. */
export type Run =
  | { readonly state: 'running'; readonly began: number }
  | { readonly state: 'done' | 'failed'; readonly seconds: number };

/** The runs of targets, by `keyOf`. */
export interface Runs extends vscode.Disposable {
  of(key: string): Run | undefined;
  readonly onDidChange: vscode.Event<void>;
}

/** Names a target of a Makefile of the workspace. */
export function keyOf(folder: vscode.WorkspaceFolder, file: string, target: string): string {
  return `${folder.uri.toString()} ${file} ${target}`;
}

/** Watches the tasks of our type, whoever starts them. */
export function createRuns(): Runs {
  const changed = new vscode.EventEmitter<void>();
  const runs = new Map<string, Run>();
  const set = (task: vscode.Task, next: (before: Run | undefined) => Run): void => {
    const { definition, scope } = task;
    if (definition.type !== taskType || typeof scope !== 'object') return;
    const key = keyOf(scope, String(definition['file'] ?? ''), String(definition['target']));
    runs.set(key, next(runs.get(key)));
    changed.fire();
  };
  const listeners = [
    vscode.tasks.onDidStartTaskProcess(({ execution }) =>
      set(execution.task, () => ({ state: 'running', began: Date.now() })),
    ),
    vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) =>
      set(execution.task, (before) => ({
        state: exitCode === 0 ? 'done' : 'failed',
        seconds: before?.state === 'running' ? (Date.now() - before.began) / 1000 : 0,
      })),
    ),
  ];
  return {
    of: (key) => runs.get(key),
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(...listeners, changed).dispose(),
  };
}
