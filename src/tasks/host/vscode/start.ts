import * as vscode from 'vscode';
import { relative } from '../../../base/paths';
import { problemFolderCommand } from '../../contributes';

/**
 * Where below its workspace folder the task runs that is starting now: `/docs`, or nothing. Matchers of problems have one place for all
 * tasks to look for files in; VS Code asks this command for its end each time a task starts. A task that VS Code starts by itself, from
 * *Run Task* or from tasks.json, is looked up in the workspace folder.
 */
let below = '';

/** Starts a task; problems that it tells are looked for where it runs. */
export async function startTask(task: vscode.Task): Promise<void> {
  below = folderBelow(task);
  await vscode.tasks.executeTask(task);
}

export function registerProblemFolder(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(problemFolderCommand, () => below),
    vscode.tasks.onDidStartTask(() => {
      below = '';
    }),
  );
}

function folderBelow({ scope, execution }: vscode.Task): string {
  const cwd = execution instanceof vscode.ProcessExecution ? execution.options?.cwd : undefined;
  if (typeof scope !== 'object' || cwd === undefined) return '';
  const path = relative(scope.uri.path, vscode.Uri.file(cwd).path);
  return path.startsWith('/') ? '' : `/${path}`;
}
