import * as vscode from 'vscode';
import type { Log } from '../../../base/log';
import { basename } from '../../../base/paths';
import type { UpdatePlan } from '../../update';

/** So many updates are remembered. */
const most = 10;

/**
 * Keeps edited files that an update changes as they were, in the extension's own folder: a merge editor that is closed halfway, or saved
 * by auto save, leaves neither markers nor what was there before. The log says where they are.
 */
export async function keepBefore(plan: UpdatePlan, storage: vscode.Uri, log: Log): Promise<void> {
  const edited = plan.items.filter(
    ({ kind, next, ours }) => next && ours && (kind === 'merge' || kind === 'conflict'),
  );
  if (edited.length === 0) return;
  const all = vscode.Uri.joinPath(storage, 'before-updates');
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const folder = vscode.Uri.joinPath(all, `${time}-${basename(plan.dir)}`);
  for (const { path, from, ours } of edited)
    if (ours) await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, from ?? path), ours.bytes);
  log.info(`Edited files of ${plan.dir} as they were before the update are kept in ${folder.fsPath}`);
  await forgetOld(all);
}

async function forgetOld(all: vscode.Uri): Promise<void> {
  const names = (await vscode.workspace.fs.readDirectory(all)).map(([name]) => name).toSorted();
  for (const name of names.slice(0, -most))
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(all, name), { recursive: true });
}
