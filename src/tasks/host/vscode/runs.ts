import * as vscode from 'vscode';
import { taskType } from '../../contributes';
import { readDefinition } from './definition';
import type { Entry } from './entries';
import { definitionOf } from './definition';

/** What is known of a target's runs in this window. */
export type Run =
  | { readonly state: 'running'; readonly began: number }
  | { readonly state: 'done' | 'failed' | 'stopped'; readonly seconds: number };

/** The runs of targets, by `keyOf`. */
export interface Runs extends vscode.Disposable {
  of(key: string): Run | undefined;
  /** The task as it ran last. */
  last(key: string): vscode.Task | undefined;
  stop(key: string): void;
  /** Tells the key of the target whose run began or ended. */
  readonly onDidChange: vscode.Event<string>;
}

/** Names a target of the workspace, the same for its row and for a task that runs it. */
export function keyOf(entry: Entry, target: string): string {
  return keyOfDefinition(entry.folder, definitionOf(entry, target, []));
}

function keyOfDefinition(
  folder: vscode.WorkspaceFolder,
  definition: ReturnType<typeof definitionOf>,
): string {
  const { source = 'make', file = '', target } = definition;
  return `${folder.uri.toString()} ${source} ${file} ${target}`;
}

function keyOfTask({ definition, scope }: vscode.Task): string | undefined {
  const read = definition.type === taskType ? readDefinition(definition) : undefined;
  return read && typeof scope === 'object' ? keyOfDefinition(scope, read) : undefined;
}

/** Watches the tasks of our type, whoever starts them. */
export function createRuns(): Runs {
  const changed = new vscode.EventEmitter<string>();
  const runs = new Map<string, Run>();
  const executions = new Map<string, vscode.TaskExecution>();
  const stopping = new Set<string>();
  const tasks = new Map<string, vscode.Task>();
  const onStart = ({ execution }: vscode.TaskProcessStartEvent): void => {
    const key = keyOfTask(execution.task);
    if (key === undefined) return;
    runs.set(key, { state: 'running', began: Date.now() });
    executions.set(key, execution);
    tasks.set(key, execution.task);
    changed.fire(key);
  };
  const onEnd = ({ execution, exitCode }: vscode.TaskProcessEndEvent): void => {
    const key = keyOfTask(execution.task);
    if (key === undefined) return;
    const before = runs.get(key);
    const seconds = before?.state === 'running' ? (Date.now() - before.began) / 1000 : 0;
    const wasStopped = stopping.delete(key) || exitCode === undefined;
    const failed = wasStopped ? 'stopped' : 'failed';
    runs.set(key, { state: exitCode === 0 ? 'done' : failed, seconds });
    executions.delete(key);
    changed.fire(key);
  };
  const listeners = [vscode.tasks.onDidStartTaskProcess(onStart), vscode.tasks.onDidEndTaskProcess(onEnd)];
  return {
    of: (key) => runs.get(key),
    last: (key) => tasks.get(key),
    stop(key) {
      stopping.add(key);
      executions.get(key)?.terminate();
    },
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(...listeners, changed).dispose(),
  };
}
