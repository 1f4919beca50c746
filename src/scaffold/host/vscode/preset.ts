import * as vscode from 'vscode';
import { count } from '../../../base/text';
import type { Template } from '../../template';
import { dress, shown } from './quick';
import type { Reply, Step } from './wizard';

type Item = vscode.QuickPickItem & { readonly preset: string | undefined };

/** Asks which preset to start from, or none: then every question is asked. */
export function askPreset(
  template: Template,
  start: string | undefined,
  step: Step,
): Promise<Reply<string | undefined>> {
  const pick = vscode.window.createQuickPick<Item>();
  dress(pick, step);
  pick.placeholder = 'Start from a preset, or answer everything yourself';
  pick.matchOnDetail = true;
  pick.items = [
    ...template.presets.map((preset) => ({
      label: preset.title,
      description: `answers ${count(Object.keys(preset.answers).length, 'question')}`,
      ...(preset.description === undefined ? {} : { detail: preset.description }),
      preset: preset.id,
    })),
    { label: 'No preset', description: 'answer everything', preset: undefined },
  ];
  pick.activeItems = pick.items.filter((item) => item.preset === start).slice(0, 1);
  return shown(pick, (settle) => [
    pick.onDidTriggerButton(() => settle('back')),
    pick.onDidAccept(() => {
      const chosen = pick.selectedItems[0];
      if (chosen) settle({ value: chosen.preset });
    }),
  ]);
}
