import * as vscode from 'vscode';
import { relative } from '../../../base/paths';
import { stringMap } from '../../../base/json';
import { problemMatcher, taskType } from '../../contributes';
import { sources as taskSources } from '../../sources';
import { groupOf } from '../../task';
import type { TasksHost } from '../vscode';
import type { Target, Targets } from './targets';

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
      return lists.flatMap((found) => found.list.tasks.map((task) => taskOf(host, { found, task })));
    },
    resolveTask(task) {
      const definition = readDefinition(task.definition);
      const folder = typeof task.scope === 'object' ? task.scope : vscode.workspace.workspaceFolders?.[0];
      return definition && folder ? build(host, folder, definition, task.definition) : undefined;
    },
  };
}

/** The task of a target, as it runs now. */
export function taskOf(host: TasksHost, { found, task }: Target): vscode.Task {
  const file = relative(found.folder.uri.path, found.entry.path);
  const isPlain = found.source.files.includes(file);
  const definition: TargetDefinition = { type: taskType, target: task.name, ...(isPlain ? {} : { file }) };
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
  const [source] = taskSources;
  const file = definition.file ?? source?.files.at(-1) ?? 'Makefile';
  const entry = vscode.Uri.joinPath(folder.uri, file);
  const program = host.settings.get('tasks.makeCommand', folder.uri.fsPath);
  const args = definition.args ?? [];
  // Without `file` make itself looks for its Makefile, whichever of its names it has.
  const line = source?.commandLine({ entry: entry.fsPath, target: definition.target, args, program });
  const execution =
    line &&
    new vscode.ProcessExecution(line.file, [...line.args], {
      ...(line.cwd === undefined ? {} : { cwd: line.cwd }),
      ...(definition.env ? { env: { ...definition.env } } : {}),
    });
  const name =
    definition.file === undefined ? definition.target : `${definition.target} (${definition.file})`;
  const task = new vscode.Task(original, folder, name, 'make', execution, problemMatcher);
  const group = groupOf(definition.target);
  if (group) task.group = groups[group];
  return task;
}
