import * as vscode from 'vscode';
import { stringMap } from '../../../base/json';
import { relative } from '../../../base/paths';
import { problemMatcherNames, taskType } from '../../contributes';
import { sources as taskSources } from '../../sources';
import type { TaskSource } from '../../sources/source';
import { groupOf } from '../../task';
import type { TasksHost } from '../vscode';
import type { Entry } from './entries';
import type { Target } from './targets';

/** What tasks.json holds: relative, so that it can be shared. */
export interface TargetDefinition extends vscode.TaskDefinition {
  readonly target: string;
  /** make when left out. */
  readonly source?: string;
  readonly file?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** What a run adds to a target: its real name where that is a pattern, and arguments. */
export interface Wanted {
  readonly name?: string;
  readonly args?: readonly string[];
}

const groups = {
  test: vscode.TaskGroup.Test,
  build: vscode.TaskGroup.Build,
  clean: vscode.TaskGroup.Clean,
} as const;

/** The task of a target as it runs now. */
export function taskOf(
  host: TasksHost,
  { found, task }: Target,
  wanted: Wanted = {},
): vscode.Task | undefined {
  const definition = definitionOf(found.entry, wanted.name ?? task.name, wanted.args ?? []);
  const made = buildTask(host, found.entry.folder, definition);
  if (made && task.description !== undefined) made.detail = task.description;
  return made;
}

/** The file that the tool finds by itself is left out, and so is make, the usual one. */
export function definitionOf(
  { folder, uri, source }: Entry,
  target: string,
  args: readonly string[],
): TargetDefinition {
  const file = relative(folder.uri.path, uri.path);
  return {
    type: taskType,
    target,
    ...(source === taskSources[0] ? {} : { source: source.id }),
    ...(source.files.includes(file) ? {} : { file }),
    ...(args.length === 0 ? {} : { args }),
  };
}

export function readDefinition(value: vscode.TaskDefinition): TargetDefinition | undefined {
  const { target, source, file, args, env } = value;
  if (typeof target !== 'string') return undefined;
  return {
    type: taskType,
    target,
    ...(typeof source === 'string' ? { source } : {}),
    ...(typeof file === 'string' ? { file } : {}),
    ...(Array.isArray(args) ? { args: args.map(String) } : {}),
    ...(env === undefined ? {} : { env: stringMap(env) }),
  };
}

/** `original` is what VS Code asked about; a resolved task must keep that very object. Nothing is listed for it. */
export function buildTask(
  host: TasksHost,
  folder: vscode.WorkspaceFolder,
  definition: TargetDefinition,
  original: vscode.TaskDefinition = definition,
): vscode.Task | undefined {
  const { target, file } = definition;
  const source = taskSources.find(({ id }) => id === (definition.source ?? 'make'));
  if (!source) return undefined;
  const name = file === undefined ? target : `${target} (${file})`;
  const execution = executionOf(host, folder, definition, source);
  const task = new vscode.Task(original, folder, name, source.title, execution, [...problemMatcherNames]);
  const group = groupOf(target);
  if (group) task.group = groups[group];
  return task;
}

/** A process with its arguments as a list: no shell reads a name that came out of a file. */
function executionOf(
  host: TasksHost,
  folder: vscode.WorkspaceFolder,
  { target, file, args = [], env = {} }: TargetDefinition,
  source: TaskSource,
): vscode.ProcessExecution {
  // Without `file` the tool itself looks for its file, whichever of its names it has.
  const entry = vscode.Uri.joinPath(folder.uri, file ?? source.files.at(-1) ?? '');
  const program = host.settings.get(source.setting, folder.uri.fsPath);
  const line = source.commandLine({ entry: entry.path, target, args, program });
  const cwd = entry.with({ path: line.cwd ?? folder.uri.path });
  return new vscode.ProcessExecution(line.file, [...line.args], { cwd: cwd.fsPath, env: { ...env } });
}
