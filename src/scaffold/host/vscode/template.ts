import * as vscode from 'vscode';
import { originOf } from '../../origin';
import type { Offer, Resolved } from '../../sources/resolve';
import type { Template } from '../../template';
import { dress, shown } from './quick';
import { sorted } from './sources';
import type { Reply, Step } from './wizard';

type Item = vscode.QuickPickItem & { readonly template?: Template };

/** Asks which template; always the first question. Sources that can't be read are shown with their error and can't be taken. */
export function askTemplate(offers: readonly Offer[], step: Step): Promise<Reply<Template>> {
  const pick = vscode.window.createQuickPick<Item>();
  dress(pick, step);
  pick.placeholder = 'What kind of service is it?';
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  const { templates, unreadable } = sorted(offers);
  pick.items = [
    ...templates.map(itemOf),
    ...unreadable.map(({ source, error }) => ({
      label: `$(error) ${source}`,
      detail: [error.message, ...error.lines].join(' '),
    })),
  ];
  return shown(pick, (settle) => [
    pick.onDidAccept(() => {
      const chosen = pick.selectedItems[0];
      if (chosen?.template) settle({ value: chosen.template });
    }),
  ]);
}

function itemOf({ template, notes }: Resolved): Item {
  const origin = originOf(template);
  return {
    label: template.title,
    description: [template.id, template.version, origin].filter((text) => text !== '').join(' '),
    detail: [template.description, ...notes].join(' '),
    template,
  };
}
