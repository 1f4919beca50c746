import * as vscode from 'vscode';
import { join } from '../../../base/paths';
import type { Files } from '../../../base/ports';
import { dress, shown } from './quick';
import type { Reply, Step } from './wizard';

interface Place {
  readonly parent: string;
  readonly dir: string;
}

type Item = vscode.QuickPickItem & { readonly place?: Place; readonly taken?: boolean };

export interface FolderQuestion {
  readonly name: string;
  readonly parents: readonly string[];
  readonly files: Files;
}

/** Asks in which folder the service's own folder is made. A folder that holds one of that name already can't be chosen. */
export async function askFolder(question: FolderQuestion, step: Step): Promise<Reply<Place>> {
  const pick = vscode.window.createQuickPick<Item>();
  dress(pick, step);
  pick.placeholder = `In which folder shall ${question.name} be made?`;
  const offered = await Promise.all(question.parents.map((parent) => itemFor(parent, question)));
  const browse: Item = { label: '$(folder-opened) Browse…', alwaysShow: true };
  pick.items = [...offered, browse];
  return shown(pick, (settle) => [
    pick.onDidTriggerButton(() => settle('back')),
    pick.onDidAccept(async () => {
      const chosen = pick.selectedItems[0];
      const item = chosen === browse ? await browseFor(question) : chosen;
      if (item?.place && item.taken !== true) settle({ value: item.place });
      else if (item?.taken === true)
        pick.placeholder = `${item.place?.dir ?? ''} exists and is not empty; choose another folder.`;
      pick.show();
    }),
  ]);
}

async function itemFor(parent: string, { name, files }: FolderQuestion): Promise<Item> {
  const dir = join(parent, name);
  const kind = await files.kind(dir);
  const taken = kind !== undefined && (kind !== 'directory' || (await files.list(dir)).length > 0);
  return {
    label: `$(${taken ? 'circle-slash' : 'folder'}) ${parent}`,
    description: taken ? `holds ${name} already` : '',
    detail: taken ? '' : `makes ${dir}`,
    place: { parent, dir },
    taken,
  };
}

async function browseFor(question: FolderQuestion): Promise<Item | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: `Make ${question.name} here`,
    title: 'Folder for the new service',
  });
  const parent = chosen?.[0]?.fsPath;
  return parent === undefined ? undefined : itemFor(parent, question);
}
