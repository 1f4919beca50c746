import * as vscode from 'vscode';
import type { Answers } from '../../answers';
import { checkAnswer, defaultAnswer } from '../../answers';
import { createRender } from '../../render';
import type { TemplateInput } from '../../template';
import { dress, shown } from './quick';
import type { Reply, Step } from './wizard';

/** Asks one input of the template; what is wrong is said while typing. */
export function askInput(input: TemplateInput, answers: Answers, step: Step): Promise<Reply<string>> {
  const box = vscode.window.createInputBox();
  dress(box, step);
  box.value = answers[input.key] || defaultAnswer(input, answers, createRender());
  box.placeholder = input.placeholder ?? '';
  box.prompt = `${input.title}: ${input.prompt}`;
  // An empty box is not wrong yet; it only can't be accepted.
  const problem = (): string | undefined =>
    box.value === '' ? undefined : checkAnswer(input, box.value.trim());
  box.validationMessage = problem();
  return shown(box, (settle) => [
    box.onDidChangeValue(() => {
      box.validationMessage = problem();
    }),
    box.onDidTriggerButton(() => settle('back')),
    box.onDidAccept(() => {
      const answer = box.value.trim();
      const why = checkAnswer(input, answer);
      if (why === undefined) settle({ value: answer });
      else box.validationMessage = why;
    }),
  ]);
}
