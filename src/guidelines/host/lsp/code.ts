/** Whether functions of rule sets may run in the editor: only in a trusted workspace, and only where the settings say so. */
import { isObject } from '../../../base/json';
import type { CodeRunner } from '../../../base/code-runner';
import type { CodeAccess } from '../../code/functions';
import { RunningFunctions, editorLimits } from '../../code/functions';

export class CodeOf {
  readonly #runner: CodeRunner;
  #running: RunningFunctions | undefined;
  /** Whether the client said that its workspace is trusted. */
  isTrusted = false;

  constructor(runner: CodeRunner) {
    this.#runner = runner;
  }

  accessFor(root: string, isOn: boolean): CodeAccess {
    if (!this.isTrusted) return 'untrusted';
    if (!isOn) return 'off';
    if (root !== 'file://') return 'elsewhere';
    return (this.#running ??= new RunningFunctions(this.#runner, editorLimits));
  }

  /** Ends what runs: the files may be others now, and what was stopped may be mended. */
  forget(): void {
    this.#running = undefined;
    this.#runner.end();
  }
}

/** Whether a client says that its workspace is trusted; one that says nothing does not. */
export function saysTrusted(said: unknown): boolean {
  return isObject(said) && said['isTrusted'] === true;
}
