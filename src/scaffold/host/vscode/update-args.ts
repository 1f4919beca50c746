import * as vscode from 'vscode';
import { isObject, stringAt } from '../../../base/json';
import type { Answers } from '../../answers';
import { isAnswer } from '../../answer';
import { pathOf, slashed } from './args';

/**
 * Arguments of `servicewright.services.update` and `.compare` for keybindings, tests and other extensions; the views give a service or
 * its folder.
 */
export interface UpdateArgs {
  /** The service's own folder, absolute; it is asked for without. */
  readonly dir?: string;
  readonly to?: string;
  /** Answers to change. */
  readonly set?: Answers;
  /** Updates without showing what it will do first. */
  readonly yes?: boolean;
  /** A managed file, relative to the service; for comparing. */
  readonly path?: string;
}

/** Reads what a caller gave: an object as above, a service of the view, a folder, or nothing. */
export function readUpdateArgs(value: unknown): UpdateArgs {
  if (value instanceof vscode.Uri) return { dir: pathOf(value) };
  if (typeof value === 'string') return { dir: slashed(value) };
  if (!isObject(value)) return {};
  const { dir } = value;
  const folder = dir instanceof vscode.Uri ? pathOf(dir) : stringAt(value, 'dir');
  const [to, path] = [stringAt(value, 'to'), stringAt(value, 'path')];
  return {
    ...(folder === undefined ? {} : { dir: slashed(folder) }),
    ...(to === undefined ? {} : { to }),
    ...(path === undefined ? {} : { path }),
    ...(isObject(value['set']) ? { set: answersIn(value['set']) } : {}),
    yes: value['yes'] === true,
  };
}

function answersIn(value: Readonly<Record<string, unknown>>): Answers {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, answer]) => (isAnswer(answer) ? [[key, answer] as const] : [])),
  );
}
