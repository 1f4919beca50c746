import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { cli } from '../helpers/cli';
import { make, start } from '../helpers/make';

/** The service that *New Microservice* makes, used as its owner does: with make, a real PostgreSQL and another Procfile runner. */

const root = mkdtempSync(join(tmpdir(), 'generated-'));
const orders = join(root, 'orders');

before(async () => {
  const made = await cli(['new', 'django-service', orders, '--set', 'owner=team-shop']);
  assert.equal(made.code, 0, made.stderr);
});
after(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));

test('make setup lint test passes in a fresh virtual environment', async () => {
  const { code, output } = await make(orders, 'setup', 'lint', 'test');
  assert.equal(code, 0, output);
  assert.match(output, /\d+ passed/);
  assert.doesNotMatch(output, /\d+ (failed|skipped|error)/);
});

test('its types are what its own check asks', async () => {
  const { code, output } = await make(orders, 'typecheck');
  assert.equal(code, 0, output);
});

test('its Procfile runs under honcho and answers from its database', async () => {
  const port = await freePort();
  let output = '';
  const child = start(orders, ['start', `PORT=${port}`], (text) => (output += text));
  const closed = new Promise((resolve) => child.on('close', resolve));
  try {
    const url = `http://127.0.0.1:${port}/api/v1/items`;
    const answer = await untilAnswered(url, () => output);
    assert.deepEqual(await answer.json(), { next: null, previous: null, results: [] });
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    await closed;
  }
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Asks until the service answers 200; within a minute. */
async function untilAnswered(url: string, output: () => string): Promise<Response> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.status === 200) return answer;
    if (Date.now() > deadline) assert.fail(`${url} answered ${answer?.status ?? 'nothing'}\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
