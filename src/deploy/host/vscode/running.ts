import * as vscode from 'vscode';
import { cantDo, noCommand } from '../../errors';
import { guard } from './changing';
import { createRunTerminal } from './run-terminal';
import type { Choice } from './selection';

/** The last command of each service: most are run again. */
const last = new Map<string, string>();

/** Asks for a command, unless it is given, and runs it once on the platform, in a terminal; gives that terminal. */
export async function runCommand(
  choice: Choice,
  given: string | undefined,
): Promise<vscode.Terminal | undefined> {
  const { provider, target } = choice;
  const { runs } = provider;
  if (!runs) throw cantDo(provider.title, 'run single commands');
  const command = given ?? (await askFor(choice));
  if (command === undefined) return undefined;
  if (command.trim() === '') throw noCommand();
  await guard(choice, 'Run a Command in');
  last.set(target.dir, command);
  const terminal = vscode.window.createTerminal({
    name: `${target.app} → ${target.environment.name}: ${command}`,
    iconPath: new vscode.ThemeIcon('cloud'),
    pty: createRunTerminal({ runs, choice, command }),
  });
  terminal.show();
  return terminal;
}

const askFor = ({ target }: Choice): Thenable<string | undefined> =>
  vscode.window.showInputBox({
    title: `Run a Command in ${target.app} → ${target.environment.name}`,
    prompt: 'It runs once, in a process of its own with the image and the variables of the release.',
    placeHolder: 'python manage.py shell',
    value: last.get(target.dir) ?? '',
    ignoreFocusOut: true,
  });
