import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { cli } from '../helpers/cli';

/** The service that *New Microservice* makes, used as its owner does: with make, a real PostgreSQL and another Procfile runner. */

const root = mkdtempSync(join(tmpdir(), 'generated-'));
const orders = join(root, 'orders');
const items = join(root, 'order-items');

/** All that can be chosen, in one service. */
const everything = ['auth=jwt', 'tasks=celery', 'sentry=true', 'newrelic=true', 'opentelemetry=true'];

before(async () => {
  for (const [dir, more] of [
    [orders, []],
    [items, everything],
  ] as const) {
    const answers = ['owner=team-shop', ...more].flatMap((answer) => ['--set', answer]);
    const made = await cli(['new', 'django-service', dir, ...answers]);
    assert.equal(made.code, 0, made.stderr);
  }
});
after(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

function start(dir: string, args: readonly string[], onOutput: (text: string) => void): ChildProcess {
  const child = spawn('make', ['-C', dir, ...args], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', onOutput);
  return child;
}

function make(dir: string, ...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let output = '';
    const child = start(dir, args, (text) => (output += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

test('make setup lint test passes in a fresh virtual environment', async () => {
  const { code, output } = await make(orders, 'setup', 'lint', 'test');
  assert.equal(code, 0, output);
  assert.match(output, /\d+ passed/);
  assert.doesNotMatch(output, /\d+ (failed|skipped|error)/);
});

test('its types, openapi.yaml, migrations and settings are what its own checks ask', async () => {
  const { code, output } = await make(orders, 'typecheck', 'drift');
  assert.equal(code, 0, output);
});

test('a service with everything in it and a hyphen in its name passes all that CI asks', async () => {
  const { code, output } = await make(items, 'check');
  assert.equal(code, 0, output);
  assert.match(output, /Required test coverage of 95/);
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
