import * as vscode from 'vscode';
import { join } from '../../../base/paths';
import type { Log } from '../../../base/log';
import type { UpdateItem, UpdatePlan } from '../../update';
import type { Sides } from './update-documents';

/**
 * Opens what an update left to settle: VS Code's three-way merge editor per file, and files that are no text as they are. The files hold
 * conflict markers, which makes the merge editor start from the two sides. Its command is the one that VS Code's own git support uses
 * (`_open.mergeEditor`); where it is not there, the file opens with its markers.
 */
export async function openConflicts(plan: UpdatePlan, sides: Sides, log: Log): Promise<void> {
  const conflicts = plan.items.filter((item) => item.kind === 'conflict');
  // The first one is opened last, so that it is in front.
  for (const item of conflicts.toReversed()) {
    const output = vscode.Uri.file(join(plan.dir, item.path));
    try {
      if (item.conflicts > 0) await openMergeEditor(item, plan, { output, sides });
    } catch (error) {
      log.warn(`The merge editor can't be opened for ${item.path}: ${String(error)}`);
      await vscode.window.showTextDocument(output, { preview: false });
    }
  }
}

async function openMergeEditor(
  item: UpdateItem,
  { from, to, dir }: UpdatePlan,
  { output, sides }: { readonly output: vscode.Uri; readonly sides: Sides },
): Promise<void> {
  const side = (name: string, bytes: Uint8Array | undefined): vscode.Uri =>
    sides.put(`${name} of ${dir}`, item.path, bytes);
  const base = item.base ? `${from.id} ${from.version}` : 'nothing in common';
  await vscode.commands.executeCommand('_open.mergeEditor', {
    base: side(`base ${base}`, item.base?.bytes),
    input1: {
      uri: side(`template ${to.version}`, item.theirs?.bytes),
      title: 'Template',
      description: `${to.id} ${to.version}`,
    },
    input2: { uri: side('yours before', item.ours?.bytes), title: 'Yours', description: 'as it was before' },
    output,
  });
}
