import * as vscode from 'vscode';
import type { Fix } from '../../../base/errors';
import { registerCommand } from '../../../platform/vscode/ui';
import { notOnDisk, programMissing, untrusted } from '../../errors';
import type { TasksHost } from '../vscode';
import { taskOf } from './provider';
import type { Target, Targets } from './targets';

/** What a command is given: a row of the view or a lens, or nothing. */
type Argument = { readonly target?: Target } | undefined;

export function registerTaskCommands(host: TasksHost, targets: Targets): vscode.Disposable {
  const { log } = host.world;
  return vscode.Disposable.from(
    registerCommand('servicewright.tasks.run', log, async (argument: Argument) => {
      if (!vscode.workspace.isTrusted) throw untrusted();
      const target = argument?.target ?? (await pickTarget(targets));
      if (target) await run(host, target);
    }),
    registerCommand('servicewright.tasks.reveal', log, async (argument: Argument) => {
      const target = argument?.target ?? (await pickTarget(targets));
      if (target) await reveal(target);
    }),
    registerCommand('servicewright.tasks.refresh', log, () => targets.refresh()),
  );
}

const settingFix: Fix = { kind: 'setting', label: 'Open Setting', setting: 'tasks.makeCommand' };

async function run(host: TasksHost, target: Target): Promise<void> {
  if (target.found.entry.scheme !== 'file') throw notOnDisk(target.task.name);
  const [program = 'make'] = host.settings.get('tasks.makeCommand', target.found.folder.uri.fsPath);
  if (!program.includes('/') && (await host.world.processes.find(program)) === undefined)
    throw programMissing(program, host.platform, settingFix);
  await vscode.tasks.executeTask(taskOf(host, target));
}

async function reveal({ found, task }: Target): Promise<void> {
  const { start, end } = task.range;
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  await vscode.window.showTextDocument(found.entry.with({ path: task.file }), { selection });
}

async function pickTarget(targets: Targets): Promise<Target | undefined> {
  const items = (await targets.lists()).flatMap((found) =>
    found.list.tasks
      .filter((task) => task.isAction)
      .map((task) => ({
        label: task.name,
        description: vscode.workspace.asRelativePath(found.entry),
        detail: task.description ?? '',
        target: { found, task },
      })),
  );
  const options = { placeHolder: 'Which target?', matchOnDescription: true, matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.target;
}
