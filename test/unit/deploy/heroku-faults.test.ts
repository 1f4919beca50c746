import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { performRollback } from '../../../src/deploy/perform';
import type { RawRequest } from '../../helpers/empire-http';
import { startHeroku } from '../../helpers/heroku';
import {
  all,
  asks,
  certain,
  deployUnder,
  heroku,
  isBuild,
  once,
  passing,
  signal,
  startBoth,
  unclear,
  under,
} from '../../helpers/heroku-faults';
import type { Override, Told } from '../../helpers/heroku-faults';
import { jsonOf } from '../../helpers/heroku-replies';
import { conclude } from '../../helpers/platform';

/** Every way in which a deploy can be disturbed until it builds, and a roll back: never a second build or a wrong outcome. */

startBoth();

let serial = 0;

const questions: Readonly<Record<string, RegExp>> = {
  'how the app is': /^\/apps\/[^/]+$/,
  'which releases there are': /\/releases$/,
  'which builds there are': /\/builds$/,
};

describe('while it checks', () => {
  for (const [what, path] of Object.entries(questions))
    for (const [name, reply] of Object.entries(all)) {
      test(`${name} answers each time ${what}: nothing is deployed`, async () => {
        const from = heroku.server.requests.length;
        const told = await deployUnder((request) => (asks(path)(request) ? reply : undefined));
        const isAnswer = name === 'a 404' && what !== 'how the app is';
        assert.equal(told.outcome, isAnswer ? 'live' : 'thrown', told.message);
        const changes = heroku.server.requests.slice(from).filter((one) => one.path.startsWith('/sources'));
        assert.equal(changes.length, isAnswer ? 1 : 0);
      });
      if (passing.test(name) && !/stall/.test(name))
        test(`${name} answers once ${what}: it is asked again`, async () => {
          const told = await deployUnder(once(asks(path), reply));
          assert.equal(told.outcome, 'live', told.message);
        });
    }
});

describe('while the source is sent', () => {
  for (const [name, reply] of Object.entries(all)) {
    test(`${name} answers who asks where to put it: nothing is deployed`, async () => {
      const told = await deployUnder((request) => (request.path === '/sources' ? reply : undefined));
      assert.equal(told.outcome, 'failed', told.message);
    });
    const isTaken = /no JSON|another kind/.test(name);
    test(`${name} answers each upload`, async () => {
      const told = await deployUnder((request) => (request.method === 'PUT' ? reply : undefined));
      // What the storage says in a 200 is of no interest; that nothing is there is found when it is built.
      assert.deepEqual(
        [told.outcome, told.code],
        ['failed', isTaken ? 'deploy/refused' : 'deploy/upload-failed'],
      );
    });
    const isPassing = (passing.test(name) || /stall|a 500/.test(name)) && !isTaken;
    if (isPassing)
      test(`${name} answers one upload: it is sent again`, async () => {
        const told = await deployUnder(once((request) => request.method === 'PUT', reply));
        assert.equal(told.outcome, 'live', told.message);
      });
  }
});

describe('when the build is asked for', () => {
  for (const [name, reply] of Object.entries(certain))
    test(`${name}: it failed`, async () => {
      const told = await deployUnder((request) => (isBuild(request) ? reply : undefined));
      assert.equal(told.outcome, 'failed', told.message);
    });
  for (const [name, reply] of Object.entries(unclear)) {
    test(`${name} and no build: not known`, async () => {
      const told = await deployUnder((request) => (isBuild(request) ? reply : undefined));
      assert.deepEqual([told.outcome, told.code], ['unknown', 'deploy/unknown'], told.message);
      assert.match(told.message ?? '', /No new release was made so far; v1 is the newest\./);
    });
    test(`${name} though it builds: the build is found and followed`, async () => {
      const told = await deployUnder((request) => {
        if (!isBuild(request)) return undefined;
        heroku.state.answer(request, heroku.server.url);
        return reply;
      });
      assert.deepEqual([told.outcome, told.release], ['live', 2], told.message);
    });
  }
  test('the build of somebody else is not taken for it', async () => {
    const told = await deployUnder((request) => {
      if (!isBuild(request)) return undefined;
      const other = JSON.stringify({ source_blob: { url: '', checksum: 'SHA256:of-another' } });
      heroku.state.answer({ ...request, body: other }, heroku.server.url);
      return { pieces: [], end: 'reset' };
    });
    assert.equal(told.outcome, 'unknown');
  });
});

describe('a roll back', () => {
  const isBack = ({ method, path }: RawRequest): boolean => method === 'POST' && path.endsWith('/releases');
  const backUnder = async (override: Override): Promise<Told> => {
    const target = await heroku.service(`back-${serial++}`);
    heroku.state.seed(target.app, '0');
    heroku.state.seed(target.app, '1').formation = { web: { quantity: 1, size: 'Eco' } };
    const from = heroku.server.requests.length;
    const told = await under(heroku, override, target, (on) => performRollback(on, { version: 1 }));
    assert.equal(heroku.server.requests.slice(from).filter(isBack).length, 1);
    return told;
  };
  for (const [name, reply] of Object.entries(all))
    test(`${name} answers it`, async () => {
      const told = await backUnder((request) => (isBack(request) ? reply : undefined));
      assert.equal(told.outcome, name in certain ? 'failed' : 'unknown', told.message);
    });
  for (const [name, reply] of Object.entries(unclear))
    test(`${name} answers it though it was made: it is found`, async () => {
      const told = await backUnder((request) => {
        if (!isBack(request)) return undefined;
        heroku.state.answer(request, heroku.server.url);
        return reply;
      });
      assert.deepEqual([told.outcome, told.release], ['live', 3], told.message);
    });
});

describe('what never got there', () => {
  const tried = async (url: string): Promise<unknown> => {
    const target = await heroku.service('orders');
    const at = { ...target, environment: { ...target.environment, url } };
    return conclude(heroku.provider, at, heroku.provider.deploy(at, {}, signal));
  };
  test('a name that nobody knows', async () => {
    await assert.rejects(tried('http://heroku.invalid'), { code: 'deploy/unreachable' });
  });
  test('a port where nothing listens', async () => {
    const gone = await startHeroku();
    await gone.stop();
    await assert.rejects(tried(gone.server.url), { code: 'deploy/unreachable' });
  });
  test('a storage, and an output, that nobody knows', async () => {
    const elsewhere = 'http://heroku.invalid/x?canarySignature';
    const lost = await deployUnder(({ path }) =>
      path === '/sources'
        ? jsonOf(201, { source_blob: { get_url: elsewhere, put_url: elsewhere } })
        : undefined,
    );
    assert.deepEqual([lost.outcome, lost.code], ['failed', 'deploy/upload-failed']);
    const silent = await deployUnder((request) => {
      if (!isBuild(request)) return undefined;
      const reply = heroku.state.answer(request, heroku.server.url);
      const [head = '', body = ''] = reply.pieces.map((one) => (typeof one === 'string' ? one : ''));
      const output = /"output_stream_url":"[^"]*"/;
      const changed = body.replace(output, `"output_stream_url":"${elsewhere}"`);
      const length = Buffer.byteLength(changed);
      return {
        ...reply,
        pieces: [head.replace(/Content-Length: \d+/, `Content-Length: ${length}`), changed],
      };
    });
    assert.equal(silent.outcome, 'live', silent.message);
  });
  test('a server that speaks no TLS', async () => {
    await assert.rejects(tried(heroku.server.url.replace('http:', 'https:')), (error: Error) => {
      assert.match(error.message, /TLS|ended before/);
      return true;
    });
  });
});
