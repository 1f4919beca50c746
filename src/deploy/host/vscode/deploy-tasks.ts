import * as vscode from 'vscode';
import { isString, stringAt } from '../../../base/json';
import { join, relative } from '../../../base/paths';
import type { DeployAction } from '../../contributes';
import { deployActions, deployTaskType } from '../../contributes';
import { noSuchTaskTarget } from '../../errors/tasks';
import { createDeployTerminal } from './deploy-terminal';
import type { Parts } from './parts';
import type { Choice } from './selection';

/** What tasks.json holds of a deploy. */
export interface DeployDefinition {
  readonly environment: string;
  /** Relative to the workspace folder. */
  readonly service: string;
  readonly action: DeployAction;
  readonly image?: string;
  readonly message?: string;
}

/** Deploys as tasks: in *Run Task*, in `dependsOn` of others, on a key. A definition is made a task without any platform being asked. */
export function registerDeployTasks(parts: Parts): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(deployTaskType, {
    async provideTasks() {
      if (!vscode.workspace.isTrusted) return [];
      return (await parts.selection.all()).flatMap((choice) => taskOf(parts, choice) ?? []);
    },
    resolveTask(task) {
      const definition = readDefinition(task.definition);
      const folder = typeof task.scope === 'object' ? task.scope : vscode.workspace.workspaceFolders?.[0];
      return definition && folder ? buildTask(parts, folder, definition, task.definition) : undefined;
    },
  });
}

function taskOf(parts: Parts, { service, target }: Choice): vscode.Task | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(service.dir));
  if (!folder) return undefined;
  const below = service.dir === folder.uri.path ? '' : relative(folder.uri.path, service.dir);
  const definition = { environment: target.environment.name, service: below, action: 'deploy' as const };
  const raw = {
    type: deployTaskType,
    environment: definition.environment,
    ...(below === '' ? {} : { service: below }),
  };
  return buildTask(parts, folder, definition, raw);
}

// oxlint-disable-next-line max-params
function buildTask(
  parts: Parts,
  folder: vscode.WorkspaceFolder,
  definition: DeployDefinition,
  raw: vscode.TaskDefinition,
): vscode.Task {
  const { action, service, environment } = definition;
  const name = `${action} ${service === '' ? folder.name : service} → ${environment}`;
  const execution = new vscode.CustomExecution(() =>
    Promise.resolve(createDeployTerminal(parts, definition, () => choiceFor(parts, folder, definition))),
  );
  const task = new vscode.Task(raw, folder, name, deployTaskType, execution, []);
  task.detail =
    action === 'deploy'
      ? `Deploys to ${environment} and waits until it answers.`
      : `Tells what a deploy would meet.`;
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, panel: vscode.TaskPanelKind.Dedicated };
  return task;
}

/** Found when the task runs: servicewright.yaml may say something else by then. Throws UserError `deploy/no-such-task-target`. */
async function choiceFor(
  { selection }: Parts,
  folder: vscode.WorkspaceFolder,
  { service, environment }: DeployDefinition,
): Promise<Choice> {
  const dir = join(folder.uri.path, service);
  const found = (await selection.all()).find(
    (one) => one.service.dir === dir && one.target.environment.name === environment,
  );
  if (!found) throw noSuchTaskTarget(service === '' ? folder.name : service, environment);
  return found;
}

/** The door for what tasks.json says. */
export function readDefinition(value: vscode.TaskDefinition): DeployDefinition | undefined {
  const environment = stringAt(value, 'environment');
  if (environment === undefined) return undefined;
  const said = stringAt(value, 'action');
  const action = deployActions.find((one) => one === (said ?? 'deploy'));
  if (!action) return undefined;
  const [image, message] = ['image', 'message'].map((key) => stringAt(value, key));
  return {
    environment,
    service: (stringAt(value, 'service') ?? '').replace(/^\.\/?|\/+$/g, ''),
    action,
    ...(isString(image) && image !== '' ? { image } : {}),
    ...(isString(message) && message !== '' ? { message } : {}),
  };
}
