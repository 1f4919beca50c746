import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { TypedRun } from '../../../src/deploy/provider';
import { canaryToken, startEmpire } from '../../helpers/empire';
import type { TestEmpire } from '../../helpers/empire';
import { recorded } from '../../helpers/empire-recordings';
import { serveTerminal } from '../../helpers/empire-terminal';
import type { TerminalServer } from '../../helpers/empire-terminal';

let empire: TestEmpire;
let terminal: TerminalServer;
beforeEach(async () => {
  empire = await startEmpire();
  terminal = await serveTerminal();
});
afterEach(async () => {
  await terminal.stop();
  await empire.stop();
});

const at = (url: string): ReturnType<TestEmpire['target']> => {
  const target = empire.target('orders');
  return { ...target, environment: { ...target.environment, url } };
};

const attach = (
  url: string,
  typed: Partial<TypedRun>,
  signal = new AbortController().signal,
): AsyncIterable<string> => {
  const run = empire.provider.runs?.attach;
  assert.ok(run);
  const input = async function* (): AsyncIterable<string> {
    yield* [];
  };
  return run(
    at(url),
    { command: 'python manage.py shell', message: 'Look', columns: 90, rows: 30, input: input(), ...typed },
    signal,
  );
};

test('what is typed goes to the command once it is there, and what it prints comes as it is', async () => {
  const hear: ((text: string) => void)[] = [];
  const next = (): Promise<string> => new Promise((done) => hear.push(done));
  const input = async function* (): AsyncIterable<string> {
    yield 'größe 1\r';
    await next();
    yield 'exit\r';
  };
  let printed = '';
  for await (const text of attach(terminal.url, { input: input() })) {
    printed += text;
    if (printed.includes('größe 1')) hear.shift()?.(text);
  }
  assert.equal(printed, 'attached to container\r\necho: größe 1\recho: exit\r');
  assert.equal(terminal.typed(), 'größe 1\rexit\r');
  const [request = ''] = terminal.requests;
  assert.match(request, /commit-message: Look/i);
  assert.ok(
    request.endsWith(
      '{"command":"python manage.py shell","attach":true,"env":{"TERM":"xterm-256color","COLUMNS":"90","LINES":"30"}}',
    ),
    request,
  );
});

test('leaving hangs up', async () => {
  const leaving = new AbortController();
  const input = async function* (): AsyncIterable<string> {
    await new Promise((done) => setTimeout(done, 20_000).unref());
    yield 'never\r';
  };
  await assert.rejects(
    async () => {
      for await (const text of attach(terminal.url, { input: input() }, leaving.signal))
        if (text.includes('attached')) leaving.abort();
    },
    { name: 'AbortError' },
  );
  assert.equal(terminal.typed(), '');
});

test('a command that is not allowed, or empty, or of nobody, is told before anything is typed', async () => {
  const tried = async (typed: Partial<TypedRun>): Promise<void> => {
    for await (const text of attach(empire.server.url, typed)) assert.fail(text);
  };
  empire.override = () => recorded('225');
  await assert.rejects(tried({}), /command not allowed/);
  empire.override = () => recorded('129');
  await assert.rejects(tried({}), (error: Error) => {
    assert.ok(!error.message.includes(canaryToken));
    return true;
  });
  await assert.rejects(tried({ command: ' ' }), { code: 'deploy/no-command' });
});
