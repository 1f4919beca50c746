import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Journals } from '../../../src/base/ports';
import type { Target } from '../../../src/deploy';
import { createRecords } from '../../../src/deploy';
import { performDeploy, performRollback } from '../../../src/deploy/perform';
import { nodeFiles } from '../../../src/platform/node/files';
import { nodeProcesses } from '../../../src/platform/node/processes';
import type { RawRequest, Reply } from '../../helpers/empire-http';
import { canaries, startHeroku } from '../../helpers/heroku';
import type { StoredApp } from '../../helpers/heroku-state';
import type { TestHeroku } from '../../helpers/heroku';
import { jsonOf, problem } from '../../helpers/heroku-replies';

/** Every way in which a deploy can be disturbed, at every stage: never a second build, a wrong outcome, a lost record or a secret that gets out. */

const signal = new AbortController().signal;
const key = canaries[0] ?? '';

const times = { askMs: 250, changeMs: 250, uploadMs: 150, quietMs: 40, retriesMs: [1, 1] };
/** Soon gives up what does not come. */
let hasty: TestHeroku;
/** Waits for what has to come. */
let heroku: TestHeroku;
before(async () => {
  hasty = await startHeroku({ patience: times });
  heroku = await startHeroku({ patience: { ...times, bootMs: 10_000, releaseMs: 10_000 } });
});
after(async () => {
  await hasty.stop();
  await heroku.stop();
});

interface Told {
  readonly outcome: string;
  readonly code?: string | undefined;
  readonly release?: number | undefined;
  readonly message?: string | undefined;
  readonly log: readonly string[];
}

let serial = 0;

const isBuild = ({ method, path }: RawRequest): boolean => method === 'POST' && path.endsWith('/builds');

type Override = (request: RawRequest, app: StoredApp) => Reply | undefined;

/** Deploys a fresh app, which has one release already, under `override`. */
async function deployUnder(override: Override, files = {}, on = heroku): Promise<Told> {
  const target = await on.service(`app-${++serial}`, files);
  on.state.seed(target.app, '0');
  return under(on, override, target, (performing) =>
    performDeploy(performing, {
      request: {},
      facts: { dirty: [], isPushed: false },
      plan: { notes: [] },
      notes: [],
      build: false,
    }),
  );
}

type Performing = Parameters<typeof performDeploy>[0];

async function under(
  on: TestHeroku,
  override: Override,
  target: Target,
  work: (on: Performing) => ReturnType<typeof performDeploy>,
): Promise<Told> {
  const from = on.server.requests.length;
  const app = on.state.apps.get(target.app);
  assert.ok(app);
  on.override = (request) => override(request, app);
  const { journals, text } = memoryJournals();
  const world = { processes: nodeProcesses, files: nodeFiles, now: () => new Date() };
  const records = createRecords({ journals, now: world.now, warn: (error) => assert.fail(String(error)) });
  const log: string[] = [];
  const accounts = { find: async () => undefined };
  const progress = { line: (line: string) => void log.push(line) };
  const performing = { provider: on.provider, target, world, records, accounts, pid: 1, signal, progress };
  const told = await tell(work(performing), log);
  on.override = undefined;
  const sent = on.server.requests.slice(from);
  assert.ok(sent.filter(isBuild).length <= 1, 'never a second build');
  const [record] = await records.of(target, 'heroku');
  assert.equal(
    record?.outcome,
    told.outcome === 'thrown' ? 'failed' : told.outcome,
    'the record says the same',
  );
  assertClean(text());
  assertClean(log.join('\n'));
  const leaked = sent.filter((one) => one.path.startsWith('/source/') || one.path.startsWith('/output/'));
  for (const { headers } of leaked) assert.equal(headers['authorization'], undefined);
  return told;
}

async function tell(work: ReturnType<typeof performDeploy>, log: readonly string[]): Promise<Told> {
  try {
    const result = await work;
    assertClean(JSON.stringify(result));
    const { outcome, error, release } = result;
    return { outcome, code: error?.code, release, message: error?.message, log };
  } catch (error) {
    assert.ok(error instanceof Error && error.name === 'UserError', String(error));
    assertClean(`${error.message} ${String(error.stack)} ${JSON.stringify(error)}`);
    const code = 'code' in error ? String(error.code) : undefined;
    return { outcome: 'thrown', code, message: error.message, log };
  }
}

function assertClean(text: string): void {
  for (const secret of canaries) assert.ok(!text.includes(secret), `a secret got out: ${text}`);
}

function memoryJournals(): { readonly journals: Journals; readonly text: () => string } {
  const kept = new Map<string, string>();
  return {
    text: () => [...kept.values()].join('\n'),
    journals: {
      list: async () => [...kept.keys()],
      read: async (name) => kept.get(name),
      append: async (name, line) => void kept.set(name, `${kept.get(name) ?? ''}${line}\n`),
      remove: async (name) => void kept.delete(name),
    },
  };
}

const html = (status: number): Reply => ({
  pieces: [
    `HTTP/1.1 ${status} Bad\r\nContent-Type: text/html\r\nContent-Length: 26\r\n\r\n<html><h1>Proxy</h1></html`,
  ],
  end: 'close',
});
const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n';
const refusal = (status: number, id: string): Reply => problem(status, id, `it is not to be, ${key}`);

/** Faults after which it is not known whether a change was made. */
const unclear: Readonly<Record<string, Reply>> = {
  'a reset': { pieces: [], end: 'reset' },
  'an empty reply': { pieces: [], end: 'close' },
  'a stall': { pieces: [], end: 'stall' },
  'half a head': { pieces: ['HTTP/1.1 200 OK\r\nConte'], end: 'close' },
  'half a body and a reset': { pieces: [head, '[{"id":"x","stat'], end: 'reset' },
  'half a body and a stall': { pieces: [head, '[{"id":"x","stat'], end: 'stall' },
  'a body that is cut short': { pieces: [head, '[{"id":"x"}'], end: 'close' },
  'a 500': refusal(500, 'internal'),
  'a 503': refusal(503, 'maintenance'),
  'a 502 page': html(502),
  'a 504 page': html(504),
  'no JSON': { ...html(200) },
  'JSON of another kind': jsonOf(200, { hello: 1 }),
};

/** Faults that say that nothing was done. */
const certain: Readonly<Record<string, Reply>> = {
  'a 400': refusal(400, 'bad_request'),
  'a 401': refusal(401, 'unauthorized'),
  'a 402': refusal(402, 'delinquent'),
  'a 403': refusal(403, 'forbidden'),
  'a 403 for a code': refusal(403, 'two_factor'),
  'a 404': refusal(404, 'not_found'),
  'a 404 page': html(404),
  'a 409': refusal(409, 'conflict'),
  'a 422': refusal(422, 'invalid_params'),
  'a 429': refusal(429, 'rate_limit'),
  'a redirection': {
    pieces: ['HTTP/1.1 302 Found\r\nLocation: https://evil.example\r\nContent-Length: 0\r\n\r\n'],
    end: 'close',
  },
};
const all = { ...unclear, ...certain };
/** What a moment later may be answered better. */
const passing = /reset|empty|half|cut short|503|502|504|429/;

/** Answers the first time only. */
function once(matches: (request: RawRequest) => boolean, reply: Reply): Override {
  let left = 1;
  return (request) => (matches(request) && left-- > 0 ? reply : undefined);
}

const asks =
  (end: RegExp) =>
  ({ method, path }: RawRequest): boolean =>
    method === 'GET' && end.test(path);

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

const slow = { slow: '60' };
const printed = [
  '-----> Building on the Heroku-24 stack',
  '-----> Python app detected',
  '       größe ✓',
  '-----> Done',
];

describe('while it builds', () => {
  for (const [name, reply] of Object.entries(all)) {
    test(`${name} answers each time what it prints: how it ends is known all the same`, async () => {
      const told = await deployUnder(
        (request) => (request.path.startsWith('/output/') ? reply : undefined),
        slow,
      );
      assert.equal(told.outcome, 'live', told.message);
    });
    test(`${name} answers each time how it is: not known`, async () => {
      const told = await deployUnder(
        (request) => (asks(/\/builds\/[^/]+$/)(request) ? reply : undefined),
        slow,
      );
      assert.deepEqual([told.outcome, told.release], ['unknown', undefined], told.message);
    });
    test(`${name} answers once how it is: it is asked again`, async () => {
      const told = await deployUnder(once(asks(/\/builds\/[^/]+$/), reply), slow);
      assert.equal(told.outcome, 'live', told.message);
    });
  }
  const bytes = Buffer.from(`${printed.slice(0, -1).join('\n')}\n`);
  const textHead = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n';
  const chunkOf = (part: Buffer): Buffer =>
    Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]);
  // Also in the middle of a letter of two bytes and of one of three.
  for (const at of [0, 1, 10, 39, 40, bytes.length - 6, bytes.length - 3, bytes.length - 2, bytes.length])
    for (const end of ['reset', 'close', 'stall'] as const)
      for (const takesUp of [true, false])
        test(`what it prints is cut at byte ${at} by a ${end}, and ${takesUp ? 'taken up' : 'sent from its beginning'}: each line once`, async () => {
          let left = 1;
          const told = await deployUnder((request) => {
            if (!request.path.startsWith('/output/build/')) return undefined;
            if (left-- > 0)
              return { pieces: at === 0 ? [textHead] : [textHead, chunkOf(bytes.subarray(0, at))], end };
            const headers = takesUp ? request.headers : {};
            return heroku.state.answer({ ...request, headers }, heroku.server.url);
          }, slow);
          assert.equal(told.outcome, 'live', told.message);
          const lines = told.log.filter((line) => /^(-----|  )/.test(line));
          assert.deepEqual(lines, printed);
        });
  test('byte by byte with heartbeats', async () => {
    const told = await deployUnder((request) => {
      if (!request.path.startsWith('/output/build/')) return undefined;
      // A heartbeat comes between letters, whose bytes come one by one.
      const drip = [...bytes.toString('utf8')].flatMap((letter) =>
        [...Buffer.from(letter), 0].map((byte) => chunkOf(Buffer.from([byte]))),
      );
      return { pieces: [textHead, ...drip, '0\r\n\r\n'], end: 'close' };
    });
    assert.equal(told.outcome, 'live');
    assert.deepEqual(
      told.log.filter((line) => /^(-----|  )/.test(line)),
      printed.slice(0, -1),
    );
  });
  test('a build that never ends is not known', async () => {
    const impatient = await startHeroku({ patience: { buildMs: 50 } });
    const target = await impatient.service('orders', { slow: '100000' });
    const result = await performDeployOn(impatient, target);
    await impatient.stop();
    assert.equal(result.outcome, 'unknown');
  });
});

async function performDeployOn(on: TestHeroku, target: Target): Promise<{ readonly outcome: string }> {
  const { conclude } = await import('../../helpers/platform');
  // The stream of a build that goes on has to end, or it is followed for ever.
  on.override = ({ path }) => (path.startsWith('/output/') ? problem(404, 'not_found', 'gone') : undefined);
  return conclude(on.provider, target, on.provider.deploy(target, {}, signal));
}

const withCommand = { Procfile: 'release: ./migrate\nweb: ./serve\n' };

describe('while its release command runs', () => {
  for (const [name, reply] of Object.entries(all)) {
    test(`${name} answers each time how the release is: not known`, async () => {
      const told = await deployUnder(
        (request) => (asks(/\/releases\/[^/]+$/)(request) ? reply : undefined),
        withCommand,
        hasty,
      );
      assert.equal(told.outcome, 'unknown', told.message);
    });
    test(`${name} answers once how the release is: it is asked again`, async () => {
      const told = await deployUnder(once(asks(/\/releases\/[^/]+$/), reply), withCommand);
      assert.deepEqual([told.outcome, told.release], ['live', 2], told.message);
    });
    test(`${name} answers what it prints: how it ends is known all the same`, async () => {
      const told = await deployUnder(
        (request) => (request.path.startsWith('/output/release/') ? reply : undefined),
        withCommand,
      );
      assert.equal(told.outcome, 'live', told.message);
    });
  }
  test('it fails: the release before goes on', async () => {
    const told = await deployUnder(() => undefined, { Procfile: 'release: false\nweb: ./serve\n' });
    assert.deepEqual([told.outcome, told.code, told.release], ['failed', 'deploy/release-failed', 2]);
  });
});

describe('when it was released, the dynos have the last word', () => {
  for (const look of ['/dynos', '/formation'])
    for (const [name, reply] of Object.entries(all))
      test(`${name} answers ${look}: not known`, async () => {
        const told = await deployUnder(
          (request) => (request.method === 'GET' && request.path.endsWith(look) ? reply : undefined),
          {},
          hasty,
        );
        assert.deepEqual([told.outcome, told.release], ['unknown', 2], told.message);
      });
  test('an older release that still runs', async () => {
    const told = await deployUnder(
      (request, app) => {
        if (request.path.endsWith('/dynos')) Object.assign(app, { running: 1 });
        return undefined;
      },
      {},
      hasty,
    );
    assert.deepEqual([told.outcome, told.release], ['unknown', 2]);
  });
  test('a newer release that took over', async () => {
    const told = await deployUnder(
      (request, app) => {
        if (request.path.endsWith('/dynos')) Object.assign(app, { running: 3 });
        return undefined;
      },
      {},
      hasty,
    );
    assert.deepEqual([told.outcome, told.code], ['unknown', 'deploy/superseded']);
  });
  test('dynos that crash: it failed, and their last words say why', async () => {
    const told = await deployUnder(
      (request, app) => {
        if (request.path.endsWith('/dynos')) Object.assign(app, { dynoState: 'crashed' });
        return undefined;
      },
      {},
      hasty,
    );
    assert.deepEqual([told.outcome, told.code, told.release], ['failed', 'deploy/crashed', 2]);
    assert.match(told.message ?? '', /web\.1 crashed/);
  });
  test('dynos that stay in between: not known', async () => {
    const told = await deployUnder(
      (request, app) => {
        if (request.path.endsWith('/dynos')) Object.assign(app, { dynoState: 'starting' });
        return undefined;
      },
      {},
      hasty,
    );
    assert.deepEqual([told.outcome, told.release], ['unknown', 2]);
  });
});

describe('a roll back', () => {
  const isBack = ({ method, path }: RawRequest): boolean => method === 'POST' && path.endsWith('/releases');
  const backUnder = async (override: Override): Promise<Told> => {
    const target = await heroku.service(`back-${++serial}`);
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
    const { conclude } = await import('../../helpers/platform');
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
  test('a server that speaks no TLS', async () => {
    await assert.rejects(tried(heroku.server.url.replace('http:', 'https:')), (error: Error) => {
      assert.match(error.message, /TLS|ended before/);
      return true;
    });
  });
});
