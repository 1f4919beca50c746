import * as vscode from 'vscode';
import type { TasksHost } from '../vscode';
import { buildTask, readDefinition, taskOf } from './definition';
import type { FoundList, Targets } from './targets';

/** Lists every target as a task, and makes a task of a definition without listing anything. */
export function createProvider(host: TasksHost, targets: Targets): vscode.TaskProvider {
  return {
    async provideTasks() {
      const lists = await targets.lists();
      const onDisk = lists.filter(({ entry }) => entry.uri.scheme === 'file');
      return onDisk.flatMap((found) => tasksOf(host, found)).slice(0, mostInAll);
    },
    resolveTask(task) {
      const definition = readDefinition(task.definition);
      const folder = typeof task.scope === 'object' ? task.scope : vscode.workspace.workspaceFolders?.[0];
      return definition && folder ? buildTask(host, folder, definition, task.definition) : undefined;
    },
  };
}

/** A list with more is one of files to be made by the thousand: then only actions are offered. */
const mostTasks = 500;
const mostInAll = 5_000;

function tasksOf(host: TasksHost, found: FoundList): readonly vscode.Task[] {
  const { tasks } = found.list;
  return tasks
    .filter((task) => task.isAction || tasks.length <= mostTasks)
    .flatMap((task) => taskOf(host, { found, task }) ?? []);
}
