import * as vscode from 'vscode';
import { count } from '../../../base/text';
import { planService } from '../../create';
import type { FileChange } from '../../plan';
import { dress, shown, wizardTitle } from './quick';
import type { Choice, Reply, Step, Wizard } from './wizard';

type Item = vscode.QuickPickItem & { readonly file?: FileChange };

/** Shows every file that will be written; choosing one shows its content, the first row writes them. Throws what stands in the way. */
export async function confirmFiles(choice: Choice, wizard: Wizard, step: Step): Promise<Reply<true>> {
  const { files, obstacle } = await planService(choice.template, choice.dir, choice.answers, wizard.world);
  if (obstacle) throw obstacle;
  const pick = vscode.window.createQuickPick<Item>();
  dress(pick, step);
  pick.title = `${wizardTitle}: ${count(files.length, 'file')} in ${choice.dir}`;
  pick.placeholder = 'Press Enter to create, or choose a file to look at it first';
  const create: Item = {
    label: `$(check) Create ${count(files.length, 'file')}`,
    description: `in ${choice.dir}`,
    alwaysShow: true,
  };
  pick.items = [
    create,
    { label: 'Files', kind: vscode.QuickPickItemKind.Separator },
    ...files.map((file) => rowOf(file)),
  ];
  const look = (file: FileChange | undefined): void =>
    void (
      file &&
      wizard.showFile(choice.dir, file).catch((error: unknown) => wizard.world.log.error('Preview', error))
    );
  return shown(pick, (settle) => [
    pick.onDidTriggerButton(() => settle('back')),
    pick.onDidTriggerItemButton(({ item }) => look(item.file)),
    pick.onDidAccept(() => {
      const chosen = pick.selectedItems[0];
      if (chosen === create) settle({ value: true });
      else look(chosen?.file);
    }),
  ]);
}

function rowOf(file: FileChange): Item {
  const { length } = file.bytes;
  return {
    label: `$(file) ${file.path}`,
    description: length < 1000 ? `${length} B` : `${(length / 1000).toFixed(1)} kB`,
    file,
    buttons: [{ iconPath: new vscode.ThemeIcon('open-preview'), tooltip: 'Look at the file' }],
  };
}
