import * as vscode from 'vscode';
import { UserError } from '../../../base/errors';
import { cantDo, maintenanceNotKept, noSuchApp } from '../../errors';
import type { Formation } from '../../provider';
import { confirm } from './ask';
import { changeConfig } from './config-change';
import type { Parts } from './parts';
import type { Choice } from './selection';

/** Asks before a protected environment is changed; AbortError when the answer is no. */
export async function guard({ target }: Choice, what: string): Promise<void> {
  const { app, environment } = target;
  if (!environment.protected) return;
  if (!(await confirm(`${what} ${app} in ${environment.name}?`, what)))
    throw new DOMException('left', 'AbortError');
}

/** `2`, or `2:PX` as the command line has it. */
const quantityAndSize = /^(\d{1,4})(?::(\S+))?$/;

/** Asks for the process and how many of it shall run. */
export async function scale(parts: Parts, choice: Choice): Promise<readonly Formation[] | undefined> {
  const { provider, target } = choice;
  const { scaling } = provider;
  if (!scaling) throw cantDo(provider.title, 'scale');
  const { signal } = new AbortController();
  const items = (await scaling.formation(target, signal)).map((one) => ({
    label: one.type,
    description: `${one.quantity} × ${one.size}`,
    one,
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: `Which process of ${target.app}?` });
  if (!picked) return undefined;
  const text = await vscode.window.showInputBox({
    prompt: `How many ${picked.label} of ${target.app} shall run in ${target.environment.name}?`,
    value: String(picked.one.quantity),
    validateInput: (said) =>
      quantityAndSize.test(said.trim())
        ? undefined
        : 'A whole number from 0 on; where sizes are to be had, a colon and the size may follow.',
  });
  if (text === undefined) return undefined;
  const [, quantity = '', size] = quantityAndSize.exec(text.trim()) ?? [];
  await guard(choice, 'Scale');
  const change = {
    type: picked.label,
    quantity: Number(quantity),
    ...(size === undefined ? {} : { size }),
  };
  const message = `Scale ${picked.label}=${text.trim()}`;
  const formation = await scaling.scale(target, [change], message, signal);
  parts.deployments.refresh();
  return formation;
}

/** Sets a variable: `key` is asked for when it is a new one. The value is never shown as it is typed. */
export async function setVariable(parts: Parts, choice: Choice, named: string | undefined): Promise<void> {
  const { provider, target } = choice;
  if (!provider.config) throw cantDo(provider.title, 'set variables');
  const key =
    named ?? (await vscode.window.showInputBox({ prompt: `Name of the variable of ${target.app}` }));
  if (key === undefined || key === '') return;
  const value = await vscode.window.showInputBox({ prompt: `Value of ${key}`, password: true });
  if (value === undefined) return;
  await guard(choice, 'Change a Variable of');
  await changeConfig(parts, choice, { [key]: value }, `Set ${key}`);
}

export async function unsetVariable(parts: Parts, choice: Choice, key: string): Promise<void> {
  const { provider, target } = choice;
  if (!provider.config) throw cantDo(provider.title, 'unset variables');
  const question = `Take ${key} away from ${target.app} in ${target.environment.name}? Its processes start again.`;
  if (!(await confirm(question, 'Unset'))) return;
  await changeConfig(parts, choice, { [key]: null }, `Unset ${key}`);
}

/** The value goes to the clipboard and is shown nowhere. */
export async function copyVariable({ provider, target }: Choice, key: string): Promise<void> {
  const values = await provider.config?.read(target, undefined, new AbortController().signal);
  const value = values?.[key];
  if (value === undefined) throw noSuchApp(target.app);
  await vscode.env.clipboard.writeText(value);
  vscode.window.setStatusBarMessage(`The value of ${key} is on the clipboard.`, 4000);
}

/** Restarts every process, or the one of that name. */
export async function restart(parts: Parts, choice: Choice, process?: string): Promise<void> {
  const { provider, target } = choice;
  if (!provider.scaling) throw cantDo(provider.title, 'restart processes');
  const what = process ?? 'every process';
  if (!(await confirm(`Restart ${what} of ${target.app} in ${target.environment.name}?`, 'Restart'))) return;
  const message = process === undefined ? 'Restart' : `Restart ${process}`;
  await provider.scaling.restart(target, process, message, new AbortController().signal);
  parts.deployments.refresh();
}

/** Turns maintenance on where it is off, and off where it is on. Gives how it is then. */
export async function toggleMaintenance(parts: Parts, choice: Choice): Promise<boolean | undefined> {
  const { provider, target } = choice;
  if (!provider.maintenance) throw cantDo(provider.title, 'do maintenance');
  const { signal } = new AbortController();
  const isOn = (await provider.status(target, signal))?.maintenance === true;
  const word = isOn ? 'off' : 'on';
  const effect = isOn ? 'Its processes come up again.' : 'Nothing of it answers until it is turned off.';
  const question = `Turn maintenance of ${target.app} in ${target.environment.name} ${word}?`;
  if (!(await confirm(question, `Turn ${isOn ? 'Off' : 'On'}`, effect))) return undefined;
  const isKept = await provider.maintenance.set(target, !isOn, `Maintenance ${word}`, signal);
  parts.deployments.refresh();
  if (!isKept) throw maintenanceNotKept(provider.title, target.app);
  return !isOn;
}

/** Makes another environment the one that the button is about. */
export async function switchEnvironment({ selection }: Parts, choice: Choice): Promise<void> {
  const choices = (await selection.all()).filter((one) => one.service.dir === choice.service.dir);
  if (choices.length === 0)
    throw new UserError('deploy/no-environment', 'No environment of this service can be deployed to.');
  const items = choices.map((one) => ({
    label: one.target.environment.name,
    description: [one.provider.title, one.target.environment.url ?? '']
      .filter((part) => part !== '')
      .join(' · '),
    one,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: `Where shall ${choice.service.name} go?`,
  });
  if (picked) await selection.remember(picked.one);
}
