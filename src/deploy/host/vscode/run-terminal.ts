import * as vscode from 'vscode';
import { UserError, isAbort, messageOf } from '../../../base/errors';
import type { Runs, Terminal, TerminalSize } from '../../provider';
import type { Choice } from './selection';

/** A command that is to run once. */
export interface RunWish {
  readonly runs: Runs;
  readonly choice: Choice;
  readonly command: string;
}

/** Until the editor says how large it is. */
const usualSize: TerminalSize = { columns: 120, rows: 30 };
const interrupt = '\x03';

/**
 * The terminal of a command that runs once on a platform. Where the platform can, it is typed to; else Ctrl-C leaves it. Closing the
 * terminal leaves it too. It stays open at the end, so that what was printed can be read; the next key closes it.
 */
export function createRunTerminal(wish: RunWish): vscode.Pseudoterminal {
  const written = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<number | void>();
  const leaving = new AbortController();
  const keys = createKeys();
  let isOver = false;
  const run = async (): Promise<void> => {
    const print = (text: string): void => written.fire(text);
    try {
      print(`\x1b[2m$ ${wish.command}\x1b[0m\r\n`);
      const end = await printRun(wish, { keys, print, signal: leaving.signal });
      print(`\r\n\x1b[2m— ${end} Press any key to close. —\x1b[0m\r\n`);
    } catch (error) {
      print(`\r\n${isAbort(error) ? '— Left. Press any key to close. —' : tell(error)}\r\n`);
    }
    isOver = true;
  };
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open(size) {
      keys.resize(size ?? usualSize);
      void run();
    },
    close() {
      leaving.abort();
      keys.end();
    },
    setDimensions: (size) => keys.resize(size),
    handleInput(text) {
      if (isOver) closed.fire();
      else if (wish.runs.terminal) keys.type(text);
      else if (text === interrupt) leaving.abort();
    },
  };
}

/** What is typed, which waits for the command until it runs. */
interface Keys {
  readonly size: TerminalSize;
  type(text: string): void;
  resize(size: TerminalSize): void;
  lead(to: Terminal): void;
  end(): void;
}

function createKeys(): Keys {
  let size = usualSize;
  let early = '';
  let running: Terminal | undefined;
  return {
    get size() {
      return size;
    },
    type(text) {
      if (running) running.write(text);
      else early += text;
    },
    resize(next) {
      size = next;
      running?.resize(next);
    },
    lead(to) {
      running = to;
      if (early !== '') to.write(early);
    },
    end: () => running?.end(),
  };
}

/** What has no terminal of its own says LF alone. */
const withReturns = (text: string): string => text.replaceAll(/(?<!\r)\n/g, '\r\n');

interface Printing {
  readonly keys: Keys;
  readonly signal: AbortSignal;
  print(text: string): void;
}

/** Gives how it ended, as a sentence. */
async function printRun(wish: RunWish, on: Printing): Promise<string> {
  const { runs, choice, command } = wish;
  const { target } = choice;
  const message = `Run ${command}`;
  const line = (text: string): void => on.print(`${withReturns(text)}\r\n`);
  if (runs.terminal) {
    const run = { command, message, size: on.keys.size };
    return printTerminal(await runs.terminal(target, run, on.signal), run.size, on);
  }
  if (!runs.exec) {
    for await (const text of runs.run(target, command, message, on.signal)) line(text);
    return 'It ended.';
  }
  for await (const event of runs.exec(target, { command }, on.signal)) {
    if (event.type === 'exit') return `It ended with ${event.code}.`;
    line(event.text);
  }
  return notKnown;
}

const notKnown = 'It is not known how it ended.';

async function printTerminal(
  running: Terminal,
  first: TerminalSize,
  { keys, print }: Printing,
): Promise<string> {
  if (keys.size !== first) running.resize(keys.size);
  keys.lead(running);
  for await (const event of running.events) {
    if (event.type === 'exit') return `It ended with ${event.code}.`;
    print(withReturns(event.text));
  }
  return running.tellsExit ? notKnown : 'It ended.';
}

function tell(error: unknown): string {
  const fix = error instanceof UserError && error.fix?.kind === 'hint' ? ` ${error.fix.label}` : '';
  return `\x1b[31m✗ ${messageOf(error)}\x1b[0m${fix}\r\n— Press any key to close. —`;
}
