import * as vscode from 'vscode';
import { checkInput } from '../../answers';
import type { Render } from '../../render';
import type { TemplateInput, TemplateManifest } from '../../template';
import { dress, shown } from './quick';
import type { Reply, Step } from './wizard';

export interface InputQuestion {
  readonly template: TemplateManifest;
  readonly input: TemplateInput;
  /** What stands in the box at first. */
  readonly start: string;
  readonly render: Render;
}

/** Asks one input of the template; what is wrong is said while typing. */
export function askInput(question: InputQuestion, step: Step): Promise<Reply<string>> {
  const { template, input, start, render } = question;
  const box = vscode.window.createInputBox();
  dress(box, step);
  box.value = start;
  box.placeholder = ('placeholder' in input ? input.placeholder : undefined) ?? '';
  box.prompt = `${input.title}: ${input.prompt}`;
  const faultOf = (answer: string): string | undefined => checkInput(template, input, answer, { render });
  // An empty box is not wrong yet; it only can't be accepted.
  const say = (): void => {
    const answer = box.value.trim();
    box.validationMessage = answer === '' ? undefined : faultOf(answer);
  };
  say();
  return shown(box, (settle) => [
    box.onDidChangeValue(say),
    box.onDidTriggerButton(() => settle('back')),
    box.onDidAccept(() => {
      const answer = box.value.trim();
      const why = faultOf(answer);
      if (why === undefined) settle({ value: answer });
      else box.validationMessage = why;
    }),
  ]);
}
