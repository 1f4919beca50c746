import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { Terminal } from '../../../src/deploy/provider';
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

interface Said {
  readonly command: string;
  /** Typed as soon as it is there. */
  readonly early: string;
}

const open = async (
  url: string,
  { command = 'python manage.py shell', early = '' }: Partial<Said> = {},
  signal = new AbortController().signal,
): Promise<Terminal> => {
  const start = empire.provider.runs?.terminal;
  assert.ok(start);
  const running = await start(at(url), { command, message: 'Look', size: { columns: 90, rows: 30 } }, signal);
  if (early !== '') running.write(early);
  return running;
};

async function* textsOf({ events }: Terminal): AsyncIterable<string> {
  for await (const event of events) {
    assert.equal(event.type, 'out');
    if (event.type === 'out') yield event.text;
  }
}

test('what is typed goes to the command once it is there, and what it prints comes as it is', async () => {
  const running = await open(terminal.url, { early: 'größe 1\r' });
  let printed = '';
  for await (const text of textsOf(running)) {
    if (!printed.includes('größe 1') && (printed + text).includes('größe 1')) running.write('exit\r');
    printed += text;
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

for (const [how, leave] of [
  ['its terminal', (running: Terminal) => running.end()],
  ['the whole', (_: Terminal, leaving: AbortController) => leaving.abort()],
] as const)
  test(`leaving ${how} hangs up`, async () => {
    const leaving = new AbortController();
    const running = await open(terminal.url, {}, leaving.signal);
    await assert.rejects(
      async () => {
        for await (const text of textsOf(running)) if (text.includes('attached')) leave(running, leaving);
      },
      { name: 'AbortError' },
    );
    assert.equal(terminal.typed(), '');
  });

test('a command that is not allowed, or empty, or of nobody, is told before anything is typed', async () => {
  const tried = async (said: Partial<Said>): Promise<void> => {
    for await (const text of textsOf(await open(empire.server.url, said))) assert.fail(text);
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
