import * as vscode from 'vscode';
import { stringMap } from '../../../base/json';
import { argumentsOf } from '../../arguments';
import type { Parameter } from '../../task';
import type { TasksHost } from '../vscode';
import { checkRunnable, nameFor, runTarget } from './run';
import { keyOf } from './runs';
import type { Target } from './targets';

/** The name under which further arguments are remembered: no variable has it. */
const extra = '--';

type Item = vscode.QuickPickItem & { readonly edit?: Parameter | typeof extra };

/**
 * Shows what the recipe reads, each with its value; one is changed by choosing it, the first row runs. Values that were given are there
 * again the next time.
 */
export async function runWith(host: TasksHost, target: Target): Promise<void> {
  await checkRunnable(host, target.found.entry);
  const { found, task } = target;
  const name = await nameFor(task.name);
  if (name === undefined) return;
  const parameters = found.list.parametersOf(task);
  const stored = `tasks.values ${keyOf(found.entry, task.name)}`;
  const values = new Map(Object.entries(stringMap(host.state.get(stored))));
  for (;;) {
    const args = argumentsOf(parameters, values, values.get(extra) ?? '');
    const item = await vscode.window.showQuickPick(itemsFor(name, parameters, values, args), {
      title: `Run ${name} with…`,
      placeHolder: 'Choose a value to change it, or run',
    });
    if (!item) return;
    if (item.edit === undefined) {
      await host.state.update(stored, Object.fromEntries(values));
      await runTarget(host, target, { name, args });
      return;
    }
    await change(item.edit, values);
  }
}

function itemsFor(
  name: string,
  parameters: readonly Parameter[],
  values: ReadonlyMap<string, string>,
  args: readonly string[],
): readonly Item[] {
  return [
    { label: `$(play) Run ${name}`, description: args.join(' ') },
    { label: 'Values that it reads', kind: vscode.QuickPickItemKind.Separator },
    ...parameters.map((one): Item => ({ label: one.name, description: valueShown(one, values), edit: one })),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: 'Further arguments', description: values.get(extra) ?? '', edit: extra },
  ];
}

function valueShown(one: Parameter, values: ReadonlyMap<string, string>): string {
  const given = values.get(one.name);
  if (given !== undefined) return given;
  if (one.default === undefined) return one.kind === 'argument' ? 'has to be given' : 'not set';
  return one.default === '' ? 'empty' : one.default;
}

/** An answer that is cancelled changes nothing; the default itself is not kept as a value. */
async function change(edit: Parameter | typeof extra, values: Map<string, string>): Promise<void> {
  const isExtra = edit === extra;
  const name = isExtra ? extra : edit.name;
  const value = await vscode.window.showInputBox({
    title: isExtra ? 'Further arguments' : name,
    prompt: isExtra ? 'Split at blanks; quotes keep a part together' : `Value of ${name} for this run`,
    value: values.get(name) ?? (isExtra ? '' : (edit.default ?? '')),
  });
  if (value === undefined) return;
  if (value === (isExtra ? '' : edit.default)) values.delete(name);
  else values.set(name, value);
}
