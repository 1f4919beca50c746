import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { Secret } from '../../../src/base/secret';
import { withImages } from '../../../src/deploy/providers/empire/images';
import { readDescription, readReleases } from '../../../src/deploy/providers/empire/wire';
import { imageOf, startEmpire } from '../../helpers/empire';
import type { TestEmpire } from '../../helpers/empire';
import type { RawRequest, Reply } from '../../helpers/empire-http';
import { chunk, jsonReply, recorded } from '../../helpers/empire-recordings';
import { conclude } from '../../helpers/platform';

/** What real servers do that no recording holds: of other versions, other set-ups, and what stands before them. */

const signal = new AbortController().signal;

let empire: TestEmpire;
before(async () => {
  empire = await startEmpire();
});
after(() => empire.stop());
beforeEach(() => {
  empire.state.apps.clear();
  empire.state.seed('orders', imageOf('orders', 'v1'));
  empire.server.requests.length = 0;
});
afterEach(() => {
  empire.override = undefined;
});

const target = () => empire.target('orders');
const parts = () => {
  const { scaling, config, domains, runs, account } = empire.provider;
  assert.ok(scaling && config && domains && runs && account);
  return { scaling, config, domains, runs, account };
};
const sent = (method: string): readonly string[] =>
  empire.server.requests
    .filter((one) => one.method === method)
    .map((one) => `${one.path} ${one.body}`.trim());
const answer = (path: string, reply: Reply, method?: string): void => {
  empire.override = (request: RawRequest) =>
    request.path.endsWith(path) && (method === undefined || request.method === method) ? reply : undefined;
};
const problem = (status: number, message: string, id = ''): Reply =>
  jsonReply(status, { id, message, url: '' });

describe('scaling', () => {
  test('takes sizes as the server does, and refuses the others before anything is sent', async () => {
    const { scaling } = parts();
    const sizes = {
      '2x': '2X',
      PX: 'PX',
      '512:1GB': '512:1GB',
      '256:512.5mb:nproc=256': '256:512.5mb:nproc=256',
    };
    for (const [size, expected] of Object.entries(sizes)) {
      await scaling.scale(target(), [{ type: 'web', quantity: 2, size }], 'why', signal);
      assert.match(sent('PATCH').at(-1) ?? '', new RegExp(`"size":"${expected}"`));
    }
    const before = sent('PATCH').length;
    for (const size of [
      '',
      '3X',
      'huge',
      '1:1GB',
      '2000:1GB',
      '512',
      '512:512',
      '512:GB',
      '512:1Gb',
      '512:1GB:NPROC=1',
    ])
      await assert.rejects(
        scaling.scale(target(), [{ type: 'web', quantity: 2, size }], 'why', signal),
        { code: 'deploy/bad-size' },
        size,
      );
    assert.equal(sent('PATCH').length, before);
  });

  test('several at once is one request; what Empire makes nothing for stays so', async () => {
    const { scaling } = parts();
    const app = empire.state.apps.get('orders');
    if (app) app.formation = { web: { quantity: 1, size: '1X' }, worker: { quantity: -1, size: '1X' } };
    await scaling.scale(
      target(),
      [
        { type: 'web', quantity: 3 },
        { type: 'worker', size: '2X' },
      ],
      'why',
      signal,
    );
    assert.deepEqual(sent('PATCH'), [
      '/apps/orders/formation {"updates":[{"process":"web","quantity":3},{"process":"worker","quantity":-1,"size":"2X"}]}',
    ]);
  });

  test('restarts one process by its task, a type by all of its tasks, and nothing that is not there', async () => {
    const { scaling } = parts();
    const names = ['v1.web.0a1b', 'v1.web.2c3d', 'v1.worker.4e5f'];
    answer(
      '/dynos',
      jsonReply(
        200,
        names.map((name) => ({ name, state: 'RUNNING' })),
      ),
      'GET',
    );
    await scaling.restart(target(), 'web.2c3d', 'why', signal);
    await scaling.restart(target(), 'web', 'why', signal);
    await scaling.restart(target(), undefined, 'why', signal);
    assert.deepEqual(sent('DELETE'), [
      '/apps/orders/dynos/2c3d',
      '/apps/orders/dynos/0a1b',
      '/apps/orders/dynos/2c3d',
      '/apps/orders/dynos',
    ]);
    await assert.rejects(
      scaling.restart(target(), 'clock', 'why', signal),
      /web\.0a1b, web\.2c3d, worker\.4e5f/,
    );
    assert.equal(sent('DELETE').length, 4);
  });
});

describe('variables', () => {
  test('that would change nothing make no release', async () => {
    const { config } = parts();
    await config.change(target(), { A: '1', B: '2' }, 'why', signal);
    assert.deepEqual(await config.change(target(), { A: '1', C: null }, 'why', signal), { A: '1', B: '2' });
    assert.equal(sent('PATCH').length, 1);
    await config.change(target(), { A: '1', B: '3', C: null }, 'why', signal);
    assert.equal(sent('PATCH').at(-1), '/apps/orders/config-vars {"B":"3"}');
  });

  test('with odd names can be taken away, and not made', async () => {
    const { config } = parts();
    const app = empire.state.apps.get('orders');
    if (app) app.config = { 'a.b-c': '1', KEEP: '2' };
    await assert.rejects(config.change(target(), { 'a.b-c': '2' }, 'why', signal), {
      code: 'deploy/bad-config-key',
    });
    assert.deepEqual(await config.change(target(), { 'a.b-c': null }, 'why', signal), { KEEP: '2' });
  });

  test('of a release that is not there are told from an app that is not', async () => {
    await assert.rejects(parts().config.read(target(), 99, signal), { code: 'deploy/no-such-release' });
  });
});

describe('a roll back', () => {
  const back = (version: number): ReturnType<typeof conclude> =>
    conclude(empire.provider, target(), empire.provider.rollback(target(), version, signal));

  test('to a release that is gone the moment it is asked for', async () => {
    empire.state.seed('orders', imageOf('orders', 'v2'));
    answer('/releases', recorded('091'), 'POST');
    const result = await back(1);
    assert.deepEqual([result.outcome, result.error?.code], ['failed', 'deploy/no-such-release']);
  });

  test('that the scheduler refuses, with its reason', async () => {
    empire.state.seed('orders', imageOf('orders', 'v2'));
    answer('/releases', recorded('192'), 'POST');
    const result = await back(1);
    assert.equal(result.outcome, 'failed');
    assert.match(result.error?.message ?? '', /simulated scheduler failure/);
  });

  test('is previewed on a server that can’t tell old variables', async () => {
    empire.state.seed('orders', imageOf('orders', 'v2'));
    // Gorilla's answer to a route that is not there.
    answer('/config-vars/1', recorded('003'));
    const preview = await empire.provider.previewRollback?.(target(), 1, signal);
    assert.equal(preview?.image, imageOf('orders', 'v1'));
    assert.deepEqual(preview?.config, { added: [], changed: [], removed: [] });
    assert.match(preview?.notes.join('\n') ?? '', /Variables go back.*does not tell/);
  });
});

describe('domains', () => {
  test('that are not there, or another app’s, are told in the server’s words', async () => {
    const { domains } = parts();
    await assert.rejects(domains.remove(target(), 'gone.example.com', signal), {
      code: 'deploy/refused',
      message: /Couldn't find that domain name/,
    });
    await assert.rejects(domains.remove(empire.target('nothing'), 'gone.example.com', signal), {
      code: 'deploy/no-such-app',
    });
    answer('/domains', recorded('133'), 'POST');
    await assert.rejects(domains.add(target(), 'acme.example.com', signal), /in use by another app/);
  });

  test('may be wildcards', async () => {
    const { domains } = parts();
    await domains.add(target(), '*.example.com', signal);
    await domains.remove(target(), '*.example.com', signal);
    assert.deepEqual(await domains.list(target(), signal), []);
  });
});

describe('what prints', () => {
  const lines = async (all: AsyncIterable<string>): Promise<readonly string[]> => {
    const found: string[] = [];
    for await (const line of all) found.push(line);
    return found;
  };
  const streamed = (...pieces: readonly (string | Buffer)[]): Reply => ({
    pieces: [
      'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n',
      ...pieces,
      '0\r\n\r\n',
    ],
    end: 'close',
  });

  test('a run of a server before 0.13 holds NULs, and an error at its end a bare CR', async () => {
    answer('/dynos', {
      pieces: [
        'HTTP/1.1 200 OK\r\nContent-Type: application/vnd.empire.raw-stream\r\n\r\n',
        '\0one\r\nt\0wo\n',
        '\0error attaching to container: gone\r',
      ],
      end: 'close',
    });
    assert.deepEqual(await lines(parts().runs.run(target(), 'ls', 'why', signal)), [
      'one',
      'two',
      'error attaching to container: gone',
    ]);
  });

  test('a log whose backend fails after its first line ends with the reason', async () => {
    const reason =
      '{"id":"","message":"error streaming logs: ResourceNotFoundException: no such stream","url":""}';
    for (const tail of [true, false]) {
      answer('/log-sessions', streamed(chunk('first\n'), chunk(`${reason}\n`)));
      await assert.rejects(lines(empire.provider.logs(target(), { tail, lines: 9 }, signal)), {
        code: 'deploy/refused',
        message: /ResourceNotFoundException/,
      });
    }
    answer('/log-sessions', streamed(chunk(`${reason}\n`), chunk('said by the app itself\n')));
    assert.deepEqual(await lines(empire.provider.logs(target(), { tail: true, lines: 9 }, signal)), [
      reason,
      'said by the app itself',
    ]);
  });
});

describe('what stands before the server', () => {
  const moved = (status: number, to: string): Reply => ({
    pieces: [`HTTP/1.1 ${status} Moved\r\nLocation: ${to}\r\nContent-Length: 0\r\n\r\n`],
    end: 'close',
  });

  test('sends on to https: said, and no token goes there', async () => {
    const other = await startEmpire();
    empire.override = () => moved(301, `${other.server.url}/apps?token=x`);
    await assert.rejects(empire.provider.releases(target(), signal), (error: Error) => {
      assert.ok(
        error.message.includes(other.server.url) && !error.message.includes('token=x'),
        error.message,
      );
      return true;
    });
    await assert.rejects(
      parts().account.signIn(
        parts().account.place(target()),
        'github',
        { token: new Secret('gho_x') },
        signal,
      ),
      { code: 'deploy/not-the-api' },
    );
    assert.deepEqual(other.server.requests, []);
    await other.stop();
  });

  test('sends to a page to sign in: that is not the platform', async () => {
    empire.override = () => moved(302, '/login');
    await assert.rejects(empire.provider.releases(target(), signal), /answered 302 with a page/);
  });
});

describe('who asks', () => {
  test('is no member of the organisation: told from a token that has ended', async () => {
    const why = 'jane is not a member of the "acme" organization.';
    empire.override = () => problem(401, why, 'unauthorized');
    await assert.rejects(empire.provider.releases(target(), signal), (error: Error) => {
      assert.match(error.message, /does not let you in \(jane is not a member.*ask to be made a member/);
      return true;
    });
  });

  test('pasted a GitHub token with a newline', async () => {
    answer('/oauth/authorizations', recorded('244'));
    const { account } = parts();
    await account.signIn(account.place(target()), 'github', { token: new Secret(' gho_octocat\n') }, signal);
    const basic = empire.server.requests.at(-1)?.headers['authorization'] ?? '';
    assert.equal(Buffer.from(basic.slice(6), 'base64').toString(), '$token$:gho_octocat');
  });
});

test('descriptions of every server and every kind of user are read', () => {
  const cases: Readonly<Record<string, readonly [string | undefined, string | undefined]>> = {
    'Deploy acme/orders:1': ['acme/orders:1', undefined],
    "Deploy acme/orders:1 (o'brien@acme.com)": ['acme/orders:1', "o'brien@acme.com"],
    "Deploy acme/orders:1 (o'brien: 'it''s (fine): \"x\"')": ['acme/orders:1', "o'brien"],
    "Rollback to v1 (DOMAIN\\jane: '')": [undefined, 'DOMAIN\\jane'],
    'Set A, B config vars (jane)': [undefined, 'jane'],
    'Creating new application': [undefined, undefined],
  };
  for (const [text, [image, user]] of Object.entries(cases))
    assert.deepEqual(readDescription(text), {
      ...(image === undefined ? {} : { image }),
      ...(user === undefined ? {} : { user }),
    });
  assert.deepEqual(readReleases('null'), []);
});

test('thousands of releases that only set a variable are read at once', () => {
  const many = Array.from({ length: 20_000 }, (_, at) => ({
    version: at + 1,
    description: at === 0 ? 'Deploy acme/orders:1a2b3c4 (jane)' : 'Set A config var (jane)',
  }));
  const releases = readReleases(JSON.stringify(many.toReversed())) ?? [];
  const began = Date.now();
  const read = withImages(releases);
  assert.ok(Date.now() - began < 2000);
  assert.deepEqual(
    [read[0]?.version, read[0]?.image, read[0]?.commit],
    [20_000, 'acme/orders:1a2b3c4', '1a2b3c4'],
  );
});
