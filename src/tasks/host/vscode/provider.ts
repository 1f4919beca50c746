import * as vscode from 'vscode';
import { relative } from '../../../base/paths';
import { stringMap } from '../../../base/json';
import { problemMatcher, taskType } from '../../contributes';
import { sources as taskSources } from '../../sources';
import { groupOf } from '../../task';
import type { TasksHost } from '../vscode';
import type { FoundList, Target, Targets } from './targets';

/** What tasks.json holds: relative, so that it can be shared. */
export interface TargetDefinition extends vscode.TaskDefinition {
  readonly target: string;
  readonly file?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const groups = {
  test: vscode.TaskGroup.Test,
  build: vscode.TaskGroup.Build,
  clean: vscode.TaskGroup.Clean,
} as const;

/** Lists every target as a task, and makes a task of a definition without listing anything. */
export function createProvider(host: TasksHost, targets: Targets): vscode.TaskProvider {
  return {
    async provideTasks() {
      const lists = await targets.lists();
      return lists.filter(({ entry }) => entry.scheme === 'file').flatMap((found) => tasksOf(host, found));
    },
    resolveTask(task) {
      const definition = readDefinition(task.definition);
      const folder = typeof task.scope === 'object' ? task.scope : vscode.workspace.workspaceFolders?.[0];
      return definition && folder ? build(host, folder, definition, task.definition) : undefined;
    },
  };
}

/** A list with more is one of files to be made by the thousand: then only actions are offered. */
const mostTasks = 500;

function tasksOf(host: TasksHost, found: FoundList): readonly vscode.Task[] {
  const { tasks } = found.list;
  return tasks
    .filter((task) => !task.name.includes('%') && (task.isAction || tasks.length <= mostTasks))
    .map((task) => taskOf(host, { found, task }));
}

/** The task of a target, as it runs now; `name` is the real one for a target that is a pattern. */
export function taskOf(host: TasksHost, { found, task }: Target, name = task.name): vscode.Task {
  const file = relative(found.folder.uri.path, found.entry.path);
  const isPlain = found.source.files.includes(file);
  const definition: TargetDefinition = { type: taskType, target: name, ...(isPlain ? {} : { file }) };
  const made = build(host, found.folder, definition);
  if (task.description !== undefined) made.detail = task.description;
  return made;
}

function readDefinition(value: vscode.TaskDefinition): TargetDefinition | undefined {
  const { target, file, args, env } = value;
  if (typeof target !== 'string') return undefined;
  return {
    type: taskType,
    target,
    ...(typeof file === 'string' ? { file } : {}),
    ...(Array.isArray(args) ? { args: args.map(String) } : {}),
    ...(env === undefined ? {} : { env: stringMap(env) }),
  };
}

/** `original` is what VS Code asked about; a resolved task must keep that very object. */
function build(
  host: TasksHost,
  folder: vscode.WorkspaceFolder,
  definition: TargetDefinition,
  original: vscode.TaskDefinition = definition,
): vscode.Task {
  const { target, file } = definition;
  const name = file === undefined ? target : `${target} (${file})`;
  const task = new vscode.Task(
    original,
    folder,
    name,
    'make',
    executionOf(host, folder, definition),
    problemMatcher,
  );
  const group = groupOf(target);
  if (group) task.group = groups[group];
  return task;
}

/** A process with its arguments as a list: no shell reads a name that came out of a file. */
function executionOf(
  host: TasksHost,
  folder: vscode.WorkspaceFolder,
  { target, file, args = [], env = {} }: TargetDefinition,
): vscode.ProcessExecution | undefined {
  const source = taskSources[0];
  // Without `file` make itself looks for its Makefile, whichever of its names it has.
  const entry = vscode.Uri.joinPath(folder.uri, file ?? source?.files.at(-1) ?? '');
  const program = host.settings.get('tasks.makeCommand', folder.uri.fsPath);
  const line = source?.commandLine({ entry: entry.path, target, args, program });
  if (!line) return undefined;
  const cwd = entry.with({ path: line.cwd ?? folder.uri.path });
  return new vscode.ProcessExecution(line.file, [...line.args], { cwd: cwd.fsPath, env: { ...env } });
}
