import * as vscode from 'vscode';
import { count } from '../../../base/text';
import { planService } from '../../create';
import type { FileChange } from '../../plan';
import { dress, shown } from './quick';
import type { Choice, Reply, Step, Wizard } from './wizard';

type Item = vscode.QuickPickItem & { readonly file?: FileChange };

/** Shows every file that will be written; choosing one shows its content, the first row writes them. */
export async function confirmFiles(choice: Choice, wizard: Wizard, step: Step): Promise<Reply<true>> {
  const files = await planService(choice.template, choice.dir, choice.answers, wizard.world.files);
  const pick = vscode.window.createQuickPick<Item>();
  dress(pick, step);
  pick.placeholder = 'Press Enter to create, or choose a file to look at it first';
  const create: Item = {
    label: `$(check) Create ${count(files.length, 'file')}`,
    description: `in ${choice.dir}`,
    alwaysShow: true,
  };
  const look: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('eye'),
    tooltip: 'Look at the file',
  };
  pick.items = [
    create,
    { label: 'Files', kind: vscode.QuickPickItemKind.Separator },
    ...files.map((file): Item => ({
      label: `$(file) ${file.path}`,
      description: size(file),
      file,
      buttons: [look],
    })),
  ];
  return shown(pick, (settle) => [
    pick.onDidTriggerButton(() => settle('back')),
    pick.onDidTriggerItemButton(({ item }) => void (item.file && wizard.showFile(choice.dir, item.file))),
    pick.onDidAccept(() => {
      const chosen = pick.selectedItems[0];
      if (chosen === create) settle({ value: true });
      else if (chosen?.file) void wizard.showFile(choice.dir, chosen.file);
    }),
  ]);
}

function size(file: FileChange): string {
  const bytes = file.bytes.length;
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`;
}
