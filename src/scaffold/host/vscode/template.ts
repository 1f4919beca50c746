import * as vscode from 'vscode';
import type { Template } from '../../template';
import { dress, shown } from './quick';
import type { Reply, Step } from './wizard';

type Item = vscode.QuickPickItem & { readonly template: Template };

/** Asks which template; always the first question. */
export function askTemplate(templates: readonly Template[], step: Step): Promise<Reply<Template>> {
  const pick = vscode.window.createQuickPick<Item>();
  dress(pick, step);
  pick.placeholder = 'What kind of service is it?';
  pick.matchOnDetail = true;
  pick.items = templates.map((template) => ({
    label: template.title,
    description: `${template.id} ${template.version}`,
    detail: template.description,
    template,
  }));
  return shown(pick, (settle) => [
    pick.onDidAccept(() => {
      const chosen = pick.selectedItems[0];
      if (chosen) settle({ value: chosen.template });
    }),
  ]);
}
