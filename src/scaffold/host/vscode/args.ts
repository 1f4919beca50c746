import * as vscode from 'vscode';
import { isObject, stringAt } from '../../../base/json';
import type { SettingValue } from '../../../base/settings';
import type { Answers } from '../../answers';
import { isAnswer } from '../../answer';
import type { Decision } from '../../create';

export type After = SettingValue<'scaffold.afterCreate'>;

/**
 * Arguments of `servicewright.newMicroservice` for keybindings, tests and other extensions. With `dir` nothing is asked; without it the
 * wizard asks, starting from what is given.
 */
export interface NewMicroserviceArgs {
  /** A template's id. */
  readonly template?: string;
  /** The service's own folder, absolute. `name` is its last part unless it is answered. */
  readonly dir?: string;
  readonly answers: Answers;
  /** A preset's id; `answers` go over its own. */
  readonly preset?: string;
  /** What becomes of files that stand in `dir` otherwise; nothing is made unless said. */
  readonly onConflict?: Decision;
  /** What happens afterwards; nothing unless said when `dir` is given, else what the setting says. */
  readonly open?: After;
  /** The folder that was clicked in the explorer, which shall hold the new one. */
  readonly parent?: string;
}

const afters: readonly After[] = ['ask', 'open', 'openInNewWindow', 'addToWorkspace', 'nothing'];

/** Reads what a caller gave: an object as above, a folder of the explorer, or something that a menu passes and nobody needs. */
export function readArgs(value: unknown): NewMicroserviceArgs {
  if (value instanceof vscode.Uri)
    return value.scheme === 'file' ? { parent: pathOf(value), answers: {} } : { answers: {} };
  const template = stringAt(value, 'template');
  const dir = stringAt(value, 'dir');
  const open = afters.find((one) => one === stringAt(value, 'open'));
  const preset = stringAt(value, 'preset');
  const decisions: readonly Decision[] = ['keep', 'overwrite'];
  const onConflict = decisions.find((one) => one === stringAt(value, 'onConflict'));
  return {
    answers: answersIn(isObject(value) ? value['answers'] : undefined),
    ...(preset === undefined ? {} : { preset }),
    ...(onConflict === undefined ? {} : { onConflict }),
    ...(template === undefined ? {} : { template }),
    ...(dir === undefined ? {} : { dir: slashed(dir) }),
    ...(open === undefined ? {} : { open }),
  };
}

/** Texts, yes and no, and lists of texts; anything else is left out. */
function answersIn(value: unknown): Answers {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, answer]) => (isAnswer(answer) ? [[key, answer] as const] : [])),
  );
}

/** The path of a file's URI with `/`, as the ports take it. */
export function pathOf(uri: vscode.Uri): string {
  return slashed(uri.fsPath);
}

/** A path of Windows, told by its drive, with `/`; every other path as it is. */
export function slashed(path: string): string {
  return /^[A-Za-z]:[\\/]/.test(path) ? path.replaceAll('\\', '/') : path;
}
