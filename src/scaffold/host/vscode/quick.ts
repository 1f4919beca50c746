import * as vscode from 'vscode';
import type { Reply, Step } from './wizard';

export const wizardTitle = 'New Microservice';

/** Sets what every question of the wizard has: title, step count, Back, and that it stays when the focus leaves. */
export function dress(
  input: vscode.QuickInput & { buttons: readonly vscode.QuickInputButton[] },
  step: Step,
): void {
  input.title = step.title ?? wizardTitle;
  input.step = step.step;
  input.totalSteps = step.totalSteps;
  input.ignoreFocusOut = true;
  input.buttons = step.step > 1 ? [vscode.QuickInputButtons.Back] : [];
}

/** Shows a question until `listen` settles it. Leaving it (Escape) throws AbortError. */
export async function shown<Q extends vscode.QuickInput, T>(
  input: Q,
  listen: (settle: (reply: Reply<T>) => void) => readonly vscode.Disposable[],
): Promise<Reply<T>> {
  const listeners: vscode.Disposable[] = [];
  try {
    return await new Promise<Reply<T>>((resolve, reject) => {
      listeners.push(...listen(resolve));
      listeners.push(input.onDidHide(() => reject(new DOMException('left', 'AbortError'))));
      input.show();
    });
  } finally {
    vscode.Disposable.from(...listeners, input).dispose();
  }
}
