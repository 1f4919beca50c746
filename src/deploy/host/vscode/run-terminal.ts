import * as vscode from 'vscode';
import { UserError, isAbort, messageOf } from '../../../base/errors';
import type { Runs } from '../../provider';
import { createTyped } from '../../typed';
import type { Choice } from './selection';

/** A command that is to run once. */
export interface RunWish {
  readonly runs: Runs;
  readonly choice: Choice;
  readonly command: string;
}

const usualSize = { columns: 120, rows: 30 };
const interrupt = '\x03';

/**
 * The terminal of a command that runs once on a platform. Where the platform can, it is typed to; else Ctrl-C leaves it. Closing the
 * terminal leaves it too. It stays open at the end, so that what was printed can be read; the next key closes it.
 */
export function createRunTerminal(wish: RunWish): vscode.Pseudoterminal {
  const written = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<number | void>();
  const leaving = new AbortController();
  const typed = createTyped();
  let isOver = false;
  const run = async (size: vscode.TerminalDimensions): Promise<void> => {
    const print = (text: string): void => written.fire(text);
    try {
      print(`\x1b[2m$ ${wish.command}\x1b[0m\r\n`);
      const end = await printRun(wish, { size, typed: typed.texts, print, signal: leaving.signal });
      print(`\r\n\x1b[2m— ${end} Press any key to close. —\x1b[0m\r\n`);
    } catch (error) {
      print(`\r\n${isAbort(error) ? '— Left. Press any key to close. —' : tell(error)}\r\n`);
    }
    isOver = true;
    typed.end();
  };
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open: (size) => void run(size ?? usualSize),
    close() {
      leaving.abort();
      typed.end();
    },
    handleInput(text) {
      if (isOver) closed.fire();
      else if (wish.runs.attach) typed.push(text);
      else if (text === interrupt) leaving.abort();
    },
  };
}

/** What has no terminal of its own says LF alone. */
const withReturns = (text: string): string => text.replaceAll(/(?<!\r)\n/g, '\r\n');

interface Printing {
  readonly size: vscode.TerminalDimensions;
  readonly typed: AsyncIterable<string>;
  readonly signal: AbortSignal;
  print(text: string): void;
}

/** Gives how it ended, as a sentence. */
async function printRun({ runs, choice, command }: RunWish, on: Printing): Promise<string> {
  const { target } = choice;
  const message = `Run ${command}`;
  const line = (text: string): void => on.print(`${withReturns(text)}\r\n`);
  if (runs.attach) {
    const { columns, rows } = on.size;
    const typed = { command, message, columns, rows, input: on.typed };
    for await (const text of runs.attach(target, typed, on.signal)) on.print(withReturns(text));
    return 'It ended.';
  }
  if (!runs.exec) {
    for await (const text of runs.run(target, command, message, on.signal)) line(text);
    return 'It ended.';
  }
  for await (const event of runs.exec(target, { command }, on.signal)) {
    if (event.type === 'exit') return `It ended with ${event.code}.`;
    line(event.text);
  }
  return 'It is not known how it ended.';
}

function tell(error: unknown): string {
  const fix = error instanceof UserError && error.fix?.kind === 'hint' ? ` ${error.fix.label}` : '';
  return `\x1b[31m✗ ${messageOf(error)}\x1b[0m${fix}\r\n— Press any key to close. —`;
}
