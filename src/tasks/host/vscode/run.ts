import * as vscode from 'vscode';
import type { Fix } from '../../../base/errors';
import { notOnDisk, programMissing, untrusted } from '../../errors';
import type { TasksHost } from '../vscode';
import type { Wanted } from './definition';
import { taskOf } from './definition';
import type { Entry } from './entries';
import { startTask } from './start';
import type { Target } from './targets';

/** Runs a target; asks for what a pattern in its name stands for. Nothing happens when that is not answered. */
export async function runTarget(host: TasksHost, target: Target, wanted: Wanted = {}): Promise<void> {
  await checkRunnable(host, target.found.entry);
  const name = wanted.name ?? (await nameFor(target.task.name));
  const task = name === undefined ? undefined : taskOf(host, target, { ...wanted, name });
  if (task) await startTask(task);
}

/** Throws what stands in the way of running anything of this file. */
export async function checkRunnable(host: TasksHost, { source, folder, uri }: Entry): Promise<void> {
  if (!vscode.workspace.isTrusted) throw untrusted();
  if (uri.scheme !== 'file') throw notOnDisk(vscode.workspace.asRelativePath(uri));
  const [program = source.title] = host.settings.get(source.setting, folder.uri.fsPath);
  const fix: Fix = { kind: 'setting', label: 'Open Setting', setting: source.setting };
  if (!program.includes('/') && (await host.world.processes.find(program)) === undefined)
    throw programMissing(program, host.machine.platform, fix);
}

/** A pattern (`deploy-%`, `start:*`) stands for many targets: asks which one. */
export async function nameFor(name: string): Promise<string | undefined> {
  const sign = ['%', '*'].find((one) => name.includes(one));
  if (sign === undefined) return name;
  const stem = await vscode.window.showInputBox({
    title: name,
    prompt: `What stands for ${sign} in ${name}?`,
    validateInput: (text) =>
      /^\s*$|\s/.test(text) ? 'One word, for example the name of a service.' : undefined,
  });
  return stem === undefined || stem === '' ? undefined : name.replace(sign, () => stem);
}
