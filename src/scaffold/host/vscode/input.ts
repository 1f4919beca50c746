import * as vscode from 'vscode';
import { checkInput } from '../../answers';
import { renderOf } from '../../plan';
import type { SecretInput, StringInput, Template } from '../../template';
import { dress, shown } from './quick';
import type { Reply, Step } from './wizard';

export interface TextQuestion {
  readonly template: Template;
  readonly input: StringInput | SecretInput;
  /** What stands in the box at first. */
  readonly start: string;
}

/** Asks a text; what is wrong is said while typing. A secret is not shown, and kept as it is typed. */
export function askText({ template, input, start }: TextQuestion, step: Step): Promise<Reply<string>> {
  const box = vscode.window.createInputBox();
  dress(box, step);
  box.value = start;
  box.password = input.type === 'secret';
  box.placeholder = input.placeholder ?? '';
  box.prompt = `${input.title}: ${input.prompt}`;
  const render = renderOf(template);
  const answerOf = (): string => (input.type === 'secret' ? box.value : box.value.trim());
  const faultOf = (answer: string): string | undefined => checkInput(template, input, answer, { render });
  // An empty box is not wrong yet; it only can't be accepted.
  const say = (): void => {
    const answer = answerOf();
    box.validationMessage = answer === '' ? undefined : faultOf(answer);
  };
  say();
  return shown(box, (settle) => [
    box.onDidChangeValue(say),
    box.onDidTriggerButton(() => settle('back')),
    box.onDidAccept(() => {
      const answer = answerOf();
      const why = faultOf(answer);
      if (why === undefined) settle({ value: answer });
      else box.validationMessage = why;
    }),
  ]);
}
