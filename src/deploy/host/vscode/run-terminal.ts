import * as vscode from 'vscode';
import { isAbort, messageOf } from '../../../base/errors';
import { cantDo } from '../../errors';
import { noCommand } from '../../errors/empire';
import type { Terminal, TerminalSize } from '../../provider';
import { confirm } from './ask';
import type { Choice } from './selection';

/** Asks for a command, unless it is given, and runs it with a terminal of the editor, beside the processes that run. */
export async function openTerminal(choice: Choice, given: string | undefined): Promise<void> {
  const { provider, target } = choice;
  const open = provider.runs?.terminal?.bind(provider.runs);
  if (!open) throw cantDo(provider.title, 'open a terminal');
  const { app, environment } = target;
  const command = given ?? (await askCommand(choice));
  if (command === undefined) return;
  if (command.trim() === '') throw noCommand();
  const question = `Run ${command} in ${environment.name} for ${app}?`;
  if (environment.protected && !(await confirm(question, 'Run'))) return;
  const start = (size: TerminalSize, signal: AbortSignal): Promise<Terminal> =>
    open(target, { command, size }, signal);
  const name = `${app} → ${environment.name}: ${command}`;
  vscode.window.createTerminal({ name, pty: createPty(command, start) }).show();
}

function askCommand({ target }: Choice): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: `Open Terminal: ${target.app} → ${target.environment.name}`,
    prompt: 'The command, which runs once with the image and the variables of the release that runs.',
    value: '/bin/sh',
  });
}

/** Until the editor says how large it is. */
const usual: TerminalSize = { columns: 80, rows: 24 };

/** What is typed before the command runs waits for it. Closing the terminal ends the command. */
function createPty(
  command: string,
  start: (size: TerminalSize, signal: AbortSignal) => Promise<Terminal>,
): vscode.Pseudoterminal {
  const written = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<number>();
  const leaving = new AbortController();
  let size = usual;
  let early = '';
  let running: Terminal | undefined;
  const run = async (): Promise<number> => {
    written.fire(`Starting ${command} …\r\n`);
    const first = size;
    running = await start(first, leaving.signal);
    if (size !== first) running.resize(size);
    if (early !== '') running.write(early);
    for await (const event of running.events) {
      if (event.type === 'exit') return event.code;
      written.fire(event.text);
    }
    return 1;
  };
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open(first) {
      size = first ?? usual;
      void run().then(
        (code) => closed.fire(code),
        (error: unknown) => {
          if (!isAbort(error)) written.fire(`${messageOf(error)}\r\n`);
          closed.fire(1);
        },
      );
    },
    handleInput(text) {
      if (running) running.write(text);
      else early += text;
    },
    setDimensions(next) {
      size = next;
      running?.resize(next);
    },
    close() {
      running?.end();
      leaving.abort();
    },
  };
}
