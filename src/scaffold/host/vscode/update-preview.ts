import * as vscode from 'vscode';
import { basename, join } from '../../../base/paths';
import { count } from '../../../base/text';
import type { UpdateItem, UpdatePlan } from '../../update';
import { changes } from '../../update';
import { shown } from './quick';
import type { Sides } from './update-documents';

type Item = vscode.QuickPickItem & { readonly item?: UpdateItem; readonly applies?: boolean };

const icons: Readonly<Record<UpdateItem['kind'], string>> = {
  create: 'diff-added',
  update: 'diff-modified',
  merge: 'git-merge',
  conflict: 'warning',
  delete: 'diff-removed',
  keep: 'circle-slash',
  same: 'check',
};
const words: Readonly<Record<UpdateItem['kind'], string>> = {
  create: 'new',
  update: 'updated',
  merge: 'merged',
  conflict: 'to settle',
  delete: 'deleted',
  keep: 'stays',
  same: 'unchanged',
};

const theirs: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('diff'),
  tooltip: 'What the template changed',
};

/** Shows what an update would do to each file; choosing one shows its lines, the first row updates. Throws AbortError on leaving. */
export async function confirmUpdate(plan: UpdatePlan, sides: Sides): Promise<void> {
  const pick = vscode.window.createQuickPick<Item>();
  const { from, to } = plan;
  pick.title = `Update ${basename(plan.dir)}: ${from.id} ${from.version} → ${to.version}`;
  pick.placeholder = 'Press Enter to update, or choose a file to look at it first';
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = itemsFor(plan);
  await shown<typeof pick, true>(pick, (settle) => [
    pick.onDidTriggerItemButton(({ item }) => void (item.item && showTheirs(item.item, plan, sides))),
    pick.onDidAccept(() => {
      const chosen = pick.selectedItems[0];
      if (chosen?.applies === true) settle({ value: true });
      else if (chosen?.item) void showChange(chosen.item, plan, sides);
    }),
  ]);
}

function itemsFor(plan: UpdatePlan): readonly Item[] {
  const changing = changes(plan);
  const staying = plan.items.filter((item) => item.kind === 'keep');
  const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const conflicts = changing.filter((item) => item.kind === 'conflict').length;
  return [
    {
      label: `$(check) Update ${count(changing.length, 'file')}`,
      description: conflicts === 0 ? 'nothing to settle' : `${count(conflicts, 'file')} to settle afterwards`,
      applies: true,
    },
    ...plan.notes.map((note): Item => ({ label: `$(info) ${note}` })),
    separator('Files'),
    ...changing.map(rowOf),
    ...(staying.length === 0 ? [] : [separator('Stay as they are')]),
    ...staying.map(rowOf),
  ];
}

function rowOf(item: UpdateItem): Item {
  const name = item.from === undefined ? item.path : `${item.from} → ${item.path}`;
  return {
    label: `$(${icons[item.kind]}) ${name}`,
    description: words[item.kind],
    detail: item.reason,
    item,
    buttons: item.base && item.theirs ? [theirs] : [],
  };
}

/** What the update does to the file: as it stands, and as it will. */
async function showChange(item: UpdateItem, plan: UpdatePlan, sides: Sides): Promise<void> {
  if (item.kind === 'keep') return showTheirs(item, plan, sides);
  const now = vscode.Uri.file(join(plan.dir, item.from ?? item.path));
  const left = item.ours ? now : sides.put('nothing yet', item.path, undefined);
  const after = item.kind === 'delete' ? undefined : (item.next ?? item.ours)?.bytes;
  const right = sides.put(`after the update of ${plan.dir}`, item.path, after);
  await showDiff(left, right, `${basename(item.path)} (yours ↔ updated)`);
}

async function showTheirs(item: UpdateItem, plan: UpdatePlan, sides: Sides): Promise<void> {
  const { from, to, dir } = plan;
  const left = sides.put(`${from.id} ${from.version} for ${dir}`, item.path, item.base?.bytes);
  const right = sides.put(`${to.id} ${to.version}, new, for ${dir}`, item.path, item.theirs?.bytes);
  await showDiff(left, right, `${basename(item.path)} (${from.id} ${from.version} ↔ ${to.version})`);
}

async function showDiff(left: vscode.Uri, right: vscode.Uri, title: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.diff', left, right, title, {
    preview: true,
    preserveFocus: true,
  });
}

/** What an update did, in a few words: `3 updated, 1 to settle`. */
export function summaryOf(plan: UpdatePlan): string {
  const kinds = ['create', 'update', 'merge', 'delete', 'conflict'] as const;
  const parts = kinds.flatMap((kind) => {
    const many = plan.items.filter((item) => item.kind === kind).length;
    return many === 0 ? [] : [`${many} ${words[kind]}`];
  });
  return parts.length === 0 ? 'no file changed' : parts.join(', ');
}
