import * as vscode from 'vscode';
import type { Answer, Answers } from '../../answers';
import { checkAnswer, choicesOf } from '../../answers';
import type { BooleanInput, ChoiceInput, MultiChoiceInput } from '../../template';
import { dress, shown } from './quick';
import type { Reply, Step } from './wizard';

type Item = vscode.QuickPickItem & { readonly value: string; readonly reason: string | undefined };

interface Asked<I> {
  readonly input: I;
  /** The answers before it, which may keep some from being chosen. */
  readonly before: Answers;
  readonly start: Answer;
}

const itemsOf = (input: ChoiceInput | MultiChoiceInput, before: Answers): readonly Item[] =>
  choicesOf(input, before).map(({ choice, reason }) => ({
    label: reason === undefined ? choice.title : `$(circle-slash) ${choice.title}`,
    ...(choice.title === choice.value ? {} : { description: choice.value }),
    ...(reason === undefined ? detailOf(choice.description) : { detail: reason }),
    value: choice.value,
    reason,
  }));

const detailOf = (description: string | undefined): { readonly detail?: string } =>
  description === undefined ? {} : { detail: description };

/** Asks for one value. One that can't be chosen says why and stays where it is. */
export function askChoice({ input, before, start }: Asked<ChoiceInput>, step: Step): Promise<Reply<string>> {
  const pick = pickOf(input, itemsOf(input, before), step);
  pick.activeItems = pick.items.filter((item) => item.value === start);
  return shown(pick, (settle) => [
    pick.onDidTriggerButton(() => settle('back')),
    pick.onDidAccept(() => {
      const chosen = pick.selectedItems[0];
      if (chosen?.reason !== undefined) pick.placeholder = chosen.reason;
      else if (chosen) settle({ value: chosen.value });
    }),
  ]);
}

/** Asks for several values; those that can't be chosen are not offered, and the title says why. */
export function askSeveral(
  { input, before, start }: Asked<MultiChoiceInput>,
  step: Step,
): Promise<Reply<readonly string[]>> {
  const items = itemsOf(input, before);
  const pick = pickOf(
    input,
    items.filter((item) => item.reason === undefined),
    step,
  );
  pick.canSelectMany = true;
  pick.selectedItems = pick.items.filter((item) => typeof start === 'object' && start.includes(item.value));
  const barred = items.filter((item) => item.reason !== undefined);
  const usual = [pick.placeholder, ...barred.map((item) => `${item.value}: ${item.reason ?? ''}`)].join(
    ' · ',
  );
  pick.placeholder = usual;
  return shown(pick, (settle) => [
    pick.onDidTriggerButton(() => settle('back')),
    pick.onDidChangeSelection(() => (pick.placeholder = usual)),
    pick.onDidAccept(() => {
      const chosen = input.choices
        .map((choice) => choice.value)
        .filter((value) => pick.selectedItems.some((item) => item.value === value));
      const why = checkAnswer(input, chosen, before);
      if (why === undefined) settle({ value: chosen });
      else pick.placeholder = why;
    }),
  ]);
}

/** Asks yes or no. */
export function askYesNo(
  { input, start }: { readonly input: BooleanInput; readonly start: boolean },
  step: Step,
): Promise<Reply<boolean>> {
  const items = ['Yes', 'No'].map((label): Item => ({ label, value: label, reason: undefined }));
  const pick = pickOf(input, items, step);
  pick.activeItems = pick.items.filter((item) => (item.value === 'Yes') === start);
  return shown(pick, (settle) => [
    pick.onDidTriggerButton(() => settle('back')),
    pick.onDidAccept(() => {
      const chosen = pick.selectedItems[0];
      if (chosen) settle({ value: chosen.value === 'Yes' });
    }),
  ]);
}

function pickOf(
  input: { readonly title: string; readonly prompt: string },
  items: readonly Item[],
  step: Step,
): vscode.QuickPick<Item> {
  const pick = vscode.window.createQuickPick<Item>();
  dress(pick, step);
  pick.placeholder = `${input.title}: ${input.prompt}`;
  pick.matchOnDescription = true;
  pick.items = items;
  return pick;
}
