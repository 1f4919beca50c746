import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { cli } from '../helpers/cli';

/** The client package and the blank service that *New Microservice* makes, used as their owners do. */

const root = mkdtempSync(join(tmpdir(), 'generated-'));
after(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));

async function made(template: string, name: string, ...answers: readonly string[]): Promise<string> {
  const dir = join(root, name);
  const sets = ['owner=team-shop', ...answers].flatMap((one) => ['--set', one]);
  const { code, stderr } = await cli(['new', template, dir, ...sets]);
  assert.equal(code, 0, stderr);
  return dir;
}

function make(
  dir: string,
  ...args: readonly string[]
): { readonly code: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync('make', ['-C', dir, ...args], { encoding: 'utf8' });
  return { code: status, output: stdout + stderr };
}

test('a client passes its own checks, whatever the service is called', async () => {
  const dir = await made('python-client', 'order-items-api', 'service=order-items');
  const { code, output } = make(dir, 'setup', 'lint', 'typecheck', 'test', 'coverage', 'build');
  assert.equal(code, 0, output);
  assert.match(output, /Required test coverage of 95/);
  assert.match(output, /order_items_api-0\.1\.0-py3-none-any\.whl/);
  const page = readFileSync(join(dir, 'README.md'), 'utf8');
  assert.match(page, /from order_items_api import OrderItemsClient/);
  assert.match(page, /`ORDER_ITEMS_URL`/);
});

test('a blank service is red until it is written, and says where', async () => {
  const dir = await made('blank', 'orders', 'ci=github');
  assert.equal(make(dir).code, 0);
  assert.ok(existsSync(join(dir, '.github/workflows/ci.yml')) && !existsSync(join(dir, '.circleci')));
  for (const target of ['setup', 'lint', 'test', 'check']) {
    const { code, output } = make(dir, target);
    assert.notEqual(code, 0, target);
    assert.match(output, /does nothing yet: write your commands under "(setup|lint|test):" in the Makefile/);
  }
  const run = make(dir, 'run');
  assert.notEqual(run.code, 0);
  assert.match(run.output, /write what starts it into scripts\/web/);
});

test('a blank service that is written runs, and its health check asks it', async () => {
  const dir = await made('blank', 'written');
  const check = (): number | null =>
    spawnSync(join(dir, 'scripts/healthcheck'), { env: { ...process.env, PORT: '9' }, timeout: 10_000 })
      .status;
  assert.notEqual(check(), 0);
  writeFileSync(join(dir, 'scripts/web'), '#!/bin/sh\nexec echo "port $PORT, $DATABASE_URL"\n');
  const { code, output } = make(dir, 'run', 'PORT=8123');
  assert.equal(code, 0, output);
  assert.match(output, /port 8123, postgres:\/\/written:written@localhost:5432\/written/);
});
