import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { createEngineAccess } from '../../src/embedded/access';
import type { EngineAccess } from '../../src/embedded/access';
import { apiVersion, readEngineFile, writeEngineFile } from '../../src/embedded/engine-file';
import { identify } from '../../src/embedded/identity';
import { cli, cliPath } from '../helpers/cli';
import { eventually, temporaryFolder, textFrom, writeService } from '../helpers/platform';

/** After an update a window meets the engine that the version before left running, or a window of before meets a newer one. */

/** An engine of version 2 as clients meet it: its paths, no form of the answers, and a deploy that ends after `busy` looks. */
const olderEngine = `
const { rmSync } = require('node:fs');
const [home, busy] = process.argv.slice(1);
let looks = 0;
const server = require('node:http').createServer((request, answer) => {
  const known = request.headers.authorization === 'Bearer old';
  if (known && request.method === 'GET' && request.url === '/apps') {
    const deploy = ++looks <= Number(busy) ? { deploy: 'd1' } : {};
    return answer.end(JSON.stringify([{ name: 'shop', ...deploy }]));
  }
  if (!known || request.method !== 'POST' || request.url !== '/stop') return answer.writeHead(404).end('{}');
  answer.writeHead(202).end('{}');
  console.log('stopped after ' + looks);
  rmSync(home + '/engine.json', { force: true });
  server.close();
  server.closeIdleConnections();
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

interface Older {
  readonly pid: number;
  said(): string;
  end(): void;
}

async function startOlder(home: string, api: number, busy: number): Promise<Older> {
  const child = spawn(process.execPath, ['-e', olderEngine, home, String(busy)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await once(child.stdout, 'data');
  const identity = await identify(child.pid ?? 0);
  await writeEngineFile(home, { ...identity, port: Number(text.split('\n')[0]), token: 'old', api });
  return { pid: identity.pid, said: () => text, end: () => void child.kill('SIGKILL') };
}

describe('an engine of another version', () => {
  const { signal } = new AbortController();
  const told: string[] = [];
  let root: string;
  let database: string;
  let service: string;
  let access: EngineAccess;
  let older: Older | undefined;
  let env: Readonly<Record<string, string>>;
  beforeEach(async () => {
    root = await temporaryFolder();
    database = await temporaryFolder('servicewright-database-');
    service = await writeService(join(root, 'shop'), {
      'servicewright.yaml': 'name: shop\nhealth: /healthz\nenvironments:\n  local:\n    platform: embedded\n',
    });
    env = { SERVICEWRIGHT_HOME: join(root, 'home'), SERVICEWRIGHT_DATABASE_DIR: database };
    told.length = 0;
    access = createEngineAccess({
      cliPath,
      execPath: process.execPath,
      env: { ...process.env, ...env },
      say: (text) => void told.push(text),
    });
  });
  afterEach(async () => {
    older?.end();
    older = undefined;
    await access.stop(signal).catch(() => false);
    for (const dir of [root, database]) await rm(dir, { recursive: true, force: true });
  });
  const run = (...args: readonly string[]): ReturnType<typeof cli> => cli(args, { cwd: service, env });

  /** Deploys with an engine of ours, which then ends; what it keeps is what an older one of that home would run. */
  async function deployed(): Promise<string> {
    const { stdout, stderr, code } = await run('deploy', '--json');
    assert.equal(code, 0, stderr);
    const url = /"url": ?"([^"]+)"/.exec(stdout)?.[1] ?? '';
    assert.equal(await textFrom(`${url}/version`), '1');
    await access.stop(signal);
    return url;
  }

  test('looking hands its services over to one of ours, once its deploy has ended; they serve at their addresses', async () => {
    const url = await deployed();
    older = await startOlder(access.home, 2, 2);
    const [found, again] = await Promise.all([access.find(), access.find()]);
    assert.ok(found);
    assert.deepEqual(again, found, 'whoever asks meanwhile gets the same one');
    assert.match(told.join('\n'), /^The embedded platform of an older Servicewright is replaced[^\n]*$/);
    assert.match(older.said(), /stopped after 3/);
    assert.notEqual(found.pid, older.pid);
    assert.equal((await readEngineFile(access.home))?.api, apiVersion);
    const version = await eventually('it serves', async () => {
      const response = await fetch(`${url}/version`).catch(() => undefined);
      return response?.ok === true && response.text();
    });
    assert.equal(version, '1');
    const { stdout } = await run('ps');
    assert.match(stdout, /web\.1/);
  });

  test('one that was killed in the middle of it is no hindrance', async () => {
    await deployed();
    older = await startOlder(access.home, 2, 0);
    older.end();
    await eventually('it is gone', async () => (await readEngineFile(access.home)) === undefined);
    assert.equal(await access.find(), undefined, 'looking starts nothing where nothing runs');
    assert.ok(await access.connect(signal));
  });

  test('a newer one is left alone, and what to do is said', async () => {
    await deployed();
    older = await startOlder(access.home, apiVersion + 1, 0);
    for (const ask of [access.find(), access.connect(signal)])
      await assert.rejects(ask, { code: 'embedded/newer', message: /reload the window or update/ });
    const { code, stderr } = await run('ps');
    assert.notEqual(code, 0);
    assert.match(stderr, /of a newer Servicewright/);
    assert.doesNotMatch(older.said(), /stopped/);
    assert.match(await readFile(join(access.home, 'engine.json'), 'utf8'), /"token":"old"/);
    await writeFile(join(access.home, 'engine.json'), '{}');
  });
});
