import * as vscode from 'vscode';
import { signalOf } from '../../../platform/vscode/ui';
import type { ActionResult } from '../../actions';
import { runAction, runsUnasked, taskActions } from '../../actions';
import type { Created } from '../../create';
import type { Template, TemplateAction } from '../../template';
import type { ScaffoldHost } from '../vscode';
import { offerToOpen } from './after';
import type { After } from './args';

interface Finishing {
  readonly host: ScaffoldHost;
  readonly after: After;
}

/**
 * What follows once the files are there: the template's tasks, then opening. A template that came with the extension runs its tasks
 * itself in a trusted workspace; others only offer them, with how to do it by hand. Gives whether anything was opened.
 */
export async function finish(made: Created, template: Template, finishing: Finishing): Promise<boolean> {
  await doTasks(made, template, finishing).catch((error: unknown) =>
    finishing.host.world.log.error('Tasks of a new service', error),
  );
  return offerToOpen(made, template, finishing);
}

async function doTasks(made: Created, template: Template, { host, after }: Finishing): Promise<void> {
  const tasks = taskActions(made.actions);
  // Automation asks for files and nothing else.
  if (tasks.length === 0 || after === 'nothing') return;
  const runs = runsUnasked(template) && vscode.workspace.isTrusted;
  for (const action of tasks) {
    if (!runs && !(await wants(action))) continue;
    const result = await runShown(action, made.dir, host);
    if (result?.outcome === 'done') continue;
    await tellFailure(action, result, host);
    return;
  }
}

async function wants(action: TemplateAction): Promise<boolean> {
  const message = `The template asks for: ${action.title}. ${action.manual}`;
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showInformationMessage(message);
    return false;
  }
  return (await vscode.window.showInformationMessage(message, action.title)) === action.title;
}

/** Runs a task with its progress; undefined when the person stopped it. */
async function runShown(
  action: TemplateAction,
  dir: string,
  { world }: ScaffoldHost,
): Promise<ActionResult | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title: action.title, cancellable: true };
  return vscode.window.withProgress(options, async (_progress, token) => {
    const signal = signalOf(token);
    try {
      return await runAction(action, dir, { ...world, signal });
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  });
}

async function tellFailure(
  action: TemplateAction,
  result: ActionResult | undefined,
  { world }: ScaffoldHost,
): Promise<void> {
  if (!result) return;
  world.log.warn([`${action.title} failed`, ...result.lines].join('\n'));
  const message = `The service is there, but this failed: ${action.title}. By hand: ${action.manual}`;
  if ((await vscode.window.showWarningMessage(message, 'Show Log')) === 'Show Log')
    await vscode.commands.executeCommand('servicewright.showLog');
}
