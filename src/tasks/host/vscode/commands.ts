import * as vscode from 'vscode';
import type { Fix } from '../../../base/errors';
import { relative } from '../../../base/paths';
import { registerCommand } from '../../../platform/vscode/ui';
import { notOnDisk, programMissing, targetGone, untrusted } from '../../errors';
import type { TasksHost } from '../vscode';
import { taskOf } from './provider';
import type { Target, Targets } from './targets';

/** What a command is given: a row of the view or a lens; names, from a keybinding or another extension; or nothing. */
type Argument = { readonly target?: Target | string; readonly file?: string } | undefined;

export function registerTaskCommands(host: TasksHost, targets: Targets): vscode.Disposable {
  const { log } = host.world;
  return vscode.Disposable.from(
    registerCommand('servicewright.tasks.run', log, async (argument: Argument) => {
      if (!vscode.workspace.isTrusted) throw untrusted();
      const target = await targetOf(argument, targets);
      if (target) await run(host, target);
    }),
    registerCommand('servicewright.tasks.reveal', log, async (argument: Argument) => {
      const target = await targetOf(argument, targets);
      if (target) await reveal(target);
    }),
    registerCommand('servicewright.tasks.refresh', log, () => targets.refresh()),
  );
}

/** The target that the argument names; asks when there is none. `file` is the Makefile, relative to its workspace folder. */
async function targetOf(argument: Argument, targets: Targets): Promise<Target | undefined> {
  const name = argument?.target;
  if (name === undefined) return pickTarget(targets);
  if (typeof name !== 'string') return name;
  for (const found of await targets.lists()) {
    const isAsked =
      argument?.file === undefined || relative(found.folder.uri.path, found.entry.path) === argument.file;
    const task = isAsked ? found.list.tasks.find((one) => one.name === name) : undefined;
    if (task) return { found, task };
  }
  throw targetGone(name);
}

const settingFix: Fix = { kind: 'setting', label: 'Open Setting', setting: 'tasks.makeCommand' };

async function run(host: TasksHost, target: Target): Promise<void> {
  const { folder, entry } = target.found;
  if (entry.scheme !== 'file') throw notOnDisk(vscode.workspace.asRelativePath(entry));
  const [program = 'make'] = host.settings.get('tasks.makeCommand', folder.uri.fsPath);
  if (!program.includes('/') && (await host.world.processes.find(program)) === undefined)
    throw programMissing(program, host.machine.platform, settingFix);
  const name = await namedLike(target.task.name);
  if (name !== undefined) await vscode.tasks.executeTask(taskOf(host, target, name));
}

/** A pattern (`deploy-%`) stands for many targets: asks which one. */
async function namedLike(name: string): Promise<string | undefined> {
  if (!name.includes('%')) return name;
  const stem = await vscode.window.showInputBox({ prompt: `What stands for % in ${name}?` });
  return stem === undefined || stem === '' ? undefined : name.replace('%', () => stem);
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
