import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import type { DeployEvent, Target } from '../../../src/deploy';
import { createHerokuProvider } from '../../../src/deploy';
import type { Reply } from '../../helpers/empire-http';
import { startHeroku } from '../../helpers/heroku';
import type { TestHeroku } from '../../helpers/heroku';
import { jsonOf } from '../../helpers/heroku-replies';
import { conclude, temporaryFolder, writeFiles } from '../../helpers/platform';

/** The source on its way, and deploys that another window takes up. */

const { signal } = new AbortController();
let heroku: TestHeroku;
let temporary: string;
const usual = process.env['TMPDIR'];
before(async () => {
  heroku = await startHeroku();
  temporary = await temporaryFolder();
  process.env['TMPDIR'] = temporary;
});
after(async () => {
  if (usual === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = usual;
  await heroku.stop();
  await rm(temporary, { recursive: true });
});
afterEach(() => Object.assign(heroku, { override: undefined }));

const deploy = (target: Target, over = signal): AsyncIterable<DeployEvent> =>
  heroku.provider.deploy(target, {}, over);

/** Packed sources that are left. */
const left = (): Promise<readonly string[]> => readdir(temporary);

async function all(events: AsyncIterable<DeployEvent>): Promise<readonly DeployEvent[]> {
  const seen: DeployEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

describe('an upload', () => {
  test('tells how far it is, up to its end', async () => {
    const target = await heroku.service('large');
    await writeFile(join(target.dir, 'noise.bin'), randomBytes(3_000_000));
    const events = await all(deploy(target));
    const end = events.at(-1);
    assert.ok(end?.type === 'finished' && end.outcome === 'live', JSON.stringify(end));
    const steps = events.flatMap((one) => (one.type === 'progress' ? [one] : []));
    assert.ok(steps.length > 5 && steps.length <= 102, String(steps.length));
    const done = steps.map((one) => one.done);
    assert.deepEqual(
      done,
      done.toSorted((a, b) => a - b),
    );
    const [source] = [...heroku.state.sources.values()].slice(-1);
    assert.equal(done.at(-1), steps[0]?.total);
    assert.equal(source?.length, steps[0]?.total);
  });

  test('that is left has failed, nothing was built and nothing is left behind', async () => {
    const target = await heroku.service('leaving');
    const stall: Reply = { pieces: [], end: 'stall' };
    const leaving = new AbortController();
    heroku.override = ({ method }) => {
      if (method !== 'PUT') return undefined;
      setTimeout(() => leaving.abort(), 20);
      return stall;
    };
    const end = (await all(deploy(target, leaving.signal))).at(-1);
    assert.ok(end?.type === 'finished' && end.outcome === 'failed' && end.error?.code === 'deploy/cancelled');
    assert.equal(heroku.state.apps.get('leaving')?.builds.length, 0);
    assert.deepEqual(await left(), []);
  });

  test('is answered before all of it was read: the answer counts, or that the connection ended', async () => {
    const target = await heroku.service('early');
    await writeFile(join(target.dir, 'noise.bin'), randomBytes(8_000_000));
    const storage = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end('HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n'));
    });
    await new Promise<void>((done) => storage.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(storage.address() as AddressInfo).port}/x?canarySignature`;
    heroku.override = ({ path }) =>
      path === '/sources' ? jsonOf(201, { source_blob: { get_url: url, put_url: url } }) : undefined;
    const result = await conclude(heroku.provider, target, deploy(target));
    storage.close();
    assert.deepEqual([result.outcome, result.error?.code], ['failed', 'deploy/upload-failed']);
    assert.match(
      result.error?.message ?? '',
      /(answered 413|the connection to \S+ ended); nothing was deployed/,
    );
    assert.doesNotMatch(JSON.stringify(result), /canarySignature/);
  });
});

describe('a source that can’t be packed', () => {
  const packing = async (error: Error): Promise<string> => {
    const target = await heroku.service('unpacked');
    const { options } = heroku;
    const provider = createHerokuProvider({ ...options, archives: { pack: () => Promise.reject(error) } });
    const result = await conclude(provider, target, provider.deploy(target, {}, signal));
    assert.deepEqual([result.outcome, result.error?.code], ['failed', 'deploy/cant-pack']);
    assert.equal(heroku.state.apps.get('unpacked')?.builds.length, 0);
    return result.error?.message ?? '';
  };
  const failure = (code: string): Error =>
    Object.assign(new Error(code), { code, path: '/srv/orders/key.pem' });
  test('says which file and why', async () => {
    assert.match(
      await packing(failure('EACCES')),
      /because \/srv\/orders\/key\.pem may not be read; nothing was deployed/,
    );
    assert.match(await packing(failure('ECHANGED')), /key\.pem was changed while it was packed/);
    assert.match(await packing(failure('ENOSPC')), /does not fit on the disk/);
    assert.match(await packing(failure('EIO')), /gave EIO/);
  });
});

test('a source that holds a file of secrets is warned of; an example of one is not', async () => {
  const target = await heroku.service('secretive', {
    '.env': 'KEY=x\n',
    'app/.env.local': '',
    '.env.example': '',
  });
  const plan = await heroku.provider.plan?.(target, {}, signal);
  const note = plan?.notes.find((one) => one.code === 'deploy/secret-file');
  assert.deepEqual(note?.details, ['.env', 'app/.env.local']);
  await writeFiles(target.dir, { '.slugignore': '.env*\n' });
  const again = await heroku.provider.plan?.(target, {}, signal);
  assert.ok(!again?.notes.some((one) => one.code === 'deploy/secret-file'));
});

describe('a deploy that another window takes up', () => {
  test('by its release, where it has no build', async () => {
    const target = await heroku.service('taken', { Procfile: 'release: ./migrate\nweb: ./serve\n' });
    await all(deploy(target));
    const events = await all(heroku.provider.attach(target, 'v2', signal));
    assert.deepEqual(events[0], { type: 'started', deploy: 'v2' });
    assert.ok(events.some((one) => one.type === 'log' && one.text === 'migrated'));
    assert.deepEqual(events.at(-1), {
      type: 'finished',
      outcome: 'live',
      release: 2,
      url: 'https://taken-1a2b3c.herokuapp.com',
    });
  });
  test('that never was, by neither', async () => {
    const target = await heroku.service('taken');
    for (const name of ['v99', 'no-such-build'])
      assert.deepEqual(await all(heroku.provider.attach(target, name, signal)), []);
  });
});

test('answers that come byte by byte are understood', async () => {
  const target = await heroku.service('dripping');
  heroku.override = (request) => {
    if (!request.path.startsWith('/apps')) return undefined;
    const { pieces, ...rest } = heroku.state.answer(request, heroku.server.url);
    const bytes = Buffer.concat(pieces.map((one) => Buffer.from(typeof one === 'function' ? one() : one)));
    return { ...rest, pieces: [...bytes].map((byte) => Buffer.from([byte])) };
  };
  const result = await conclude(heroku.provider, target, deploy(target));
  assert.equal(result.outcome, 'live', result.error?.message);
});
