import { UserError, isAbort } from '../../../base/errors';
import { connectionLost } from '../../errors/api';
import { noCommand } from '../../errors';
import type { RunEvent, Runs, Target, Terminal, TerminalSize } from '../../provider';
import { createTyped } from '../../typed';
import type { ApiCall } from '../api';
import { linesOf } from '../lines';
import type { Client, EmpireParts } from './client';
import { appPath, connect, messageHeader } from './client';
import { answerOf, withoutNul } from './streams';

/** Commands that run once, in a process of their own. Empire takes the connection over and tells no exit code. */
export function createRuns(parts: EmpireParts): Runs {
  return {
    run: (target, command, message, signal) => runLines(parts, target, { command, message }, signal),
    terminal: async (target, run, signal) => openTerminal(parts, target, run, signal),
  };
}

interface Said {
  readonly command: string;
  readonly message: string;
}

const plain = { TERM: 'dumb', COLUMNS: '120', LINES: '40' };

/** What a command prints, line by line. */
async function* runLines(
  parts: EmpireParts,
  target: Target,
  said: Said,
  signal: AbortSignal,
): AsyncIterable<string> {
  const client = await connect(parts, target, signal);
  const printed = attached(client, callOf(target, said, plain), signal);
  // An error that comes late ends with a bare CR.
  for await (const line of linesOf(printed)) yield client.clean(line.replace(/\r+$/, ''));
}

interface TypedRun extends Said {
  readonly size: TerminalSize;
}

/** The server is told of the size once, at the start, and never how the command ended. */
function openTerminal(parts: EmpireParts, target: Target, run: TypedRun, signal: AbortSignal): Terminal {
  const typed = createTyped();
  const leaving = new AbortController();
  const until = AbortSignal.any([signal, leaving.signal]);
  return {
    tellsExit: false,
    events: typedRun(parts, target, { ...run, input: typed.texts }, until),
    write: typed.push,
    resize: () => undefined,
    end() {
      typed.end();
      leaving.abort();
    },
  };
}

/** What a command prints, as it comes, while it is typed to. */
async function* typedRun(
  parts: EmpireParts,
  target: Target,
  run: TypedRun & { readonly input: AsyncIterable<string> },
  signal: AbortSignal,
): AsyncIterable<RunEvent> {
  const client = await connect(parts, target, signal);
  const { columns, rows } = run.size;
  const env = { TERM: 'xterm-256color', COLUMNS: String(columns), LINES: String(rows) };
  const call = { ...callOf(target, run, env), input: run.input };
  for await (const text of attached(client, call, signal))
    yield { type: 'out', stream: 'stdout', text: client.clean(text) };
}

/** Throws UserError `deploy/no-command`: an empty command makes the server drop the connection. */
function callOf(target: Target, { command, message }: Said, env: Readonly<Record<string, string>>): ApiCall {
  if (command.trim() === '') throw noCommand();
  return {
    what: `run ${command} for ${target.app}`,
    method: 'POST',
    path: appPath(target, '/dynos'),
    headers: messageHeader(message),
    body: { command, attach: true, env },
  };
}

/** What comes after the head. Servers before 0.13 keep the connection alive with NULs here too (server/heroku/processes.go). */
async function* attached(client: Client, call: ApiCall, signal: AbortSignal): AsyncIterable<string> {
  const response = await client.open(call, signal);
  if (response.status !== 200) client.check(await answerOf(response), call);
  try {
    yield* withoutNul(response.body);
    // A body that only the end of the connection ends looks whole when it is left.
    signal.throwIfAborted();
  } catch (error) {
    throw isAbort(error) || error instanceof UserError
      ? error
      : connectionLost(client.where, call.what, error);
  }
}
