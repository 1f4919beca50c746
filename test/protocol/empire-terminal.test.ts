import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { canaryToken } from '../helpers/empire';
import type { TerminalServer } from '../helpers/empire-terminal';
import { serveTerminal } from '../helpers/empire-terminal';
import { temporaryFolder } from '../helpers/platform';
import type { CliAtTerminal } from '../helpers/pty';
import { cliAtTerminal } from '../helpers/pty';

/** A command on Empire that somebody types to, at a real terminal. */

let root = '';
let server: TerminalServer;
before(async () => {
  root = await temporaryFolder();
  server = await serveTerminal();
  await writeFile(
    join(root, 'servicewright.yaml'),
    `name: orders\nenvironments:\n  staging:\n    platform: empire\n    url: ${server.url}\n    registry: ghcr.io/acme\n`,
  );
});
after(async () => {
  await server.stop();
  await rm(root, { recursive: true, force: true });
});

const exec = (): CliAtTerminal =>
  cliAtTerminal(['exec', '--', 'python', 'manage.py', 'shell'], {
    cwd: root,
    env: { HOME: root, SERVICEWRIGHT_HOME: join(root, 'state'), SERVICEWRIGHT_TOKEN: canaryToken },
  });

test('keys go to the command as they are, Ctrl-C too, and it ends when the command does', async () => {
  const terminal = exec();
  await terminal.until(/Ctrl-\] leaves[\s\S]*attached to container/);
  terminal.type('größe\x03');
  await terminal.until(/echo: größe/);
  terminal.type('exit\r');
  assert.equal(await terminal.ended, 0);
  assert.equal(server.typed(), 'größe\x03exit\r');
  assert.match(server.requests[0] ?? '', /"command":"python manage\.py shell","attach":true/);
});

test('Ctrl-] leaves it', async () => {
  const terminal = exec();
  await terminal.until(/attached to container/);
  terminal.type('\x1d');
  assert.equal(await terminal.ended, 130);
});
