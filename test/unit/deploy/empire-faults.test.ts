import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { canaryInner, canaryToken, imageOf, startEmpire } from '../../helpers/empire';
import type { TestEmpire } from '../../helpers/empire';
import type { RawRequest, Reply } from '../../helpers/empire-http';
import { chunk, jsonReply, recorded, streamHead, streamLines } from '../../helpers/empire-recordings';
import { conclude } from '../../helpers/platform';

/** Every way in which a deploy can be cut, at every stage: never a double deploy, a wrong outcome or a secret that gets out. */

const signal = new AbortController().signal;
const base64 = Buffer.from(`:${canaryToken}`).toString('base64');

let empire: TestEmpire;
before(async () => {
  empire = await startEmpire();
});
after(() => empire.stop());

interface Told {
  readonly outcome: string;
  readonly code?: string | undefined;
  readonly release?: number | undefined;
}

let serial = 0;

/** Deploys a fresh app, which has one release already, under `override`. */
async function deployUnder(override: (request: RawRequest, app: string) => Reply | undefined): Promise<Told> {
  const app = `app-${++serial}`;
  empire.state.seed(app, imageOf(app, 'v1'));
  const from = empire.server.requests.length;
  empire.override = (request) => override(request, app);
  const told = await tell(app);
  empire.override = undefined;
  const sent = empire.server.requests.slice(from).filter((one) => isDeploy(one));
  assert.ok(sent.length <= 1, 'never a double deploy');
  return told;
}

const deploys = (app: string, tag: string): ReturnType<TestEmpire['provider']['deploy']> =>
  empire.provider.deploy(empire.target(app), { image: imageOf(app, tag), message: 'why' }, signal);

const isDeploy = ({ method, path }: RawRequest): boolean => method === 'POST' && path.endsWith('/deploys');

async function tell(app: string): Promise<Told> {
  try {
    const result = await conclude(empire.provider, empire.target(app), deploys(app, 'v2'));
    assertClean(JSON.stringify(result));
    return { outcome: result.outcome, code: result.error?.code, release: result.release };
  } catch (error) {
    assert.ok(error instanceof Error && error.name === 'UserError', String(error));
    assertClean(`${error.message} ${String(error.stack)} ${JSON.stringify(error)}`);
    return { outcome: 'thrown', code: 'code' in error ? String(error.code) : undefined };
  }
}

function assertClean(text: string): void {
  for (const secret of [canaryToken, canaryInner, base64])
    assert.ok(!text.includes(secret), `a secret got out: ${text}`);
}

const html = (status: number): Reply => ({
  pieces: [
    `HTTP/1.1 ${status} Bad\r\nContent-Type: text/html\r\nContent-Length: 26\r\n\r\n<html><h1>Proxy</h1></html`,
  ],
  end: 'close',
});
const json = (status: number): Reply =>
  jsonReply(status, { id: '', message: `it broke with ${canaryToken}`, url: '' });

const before200: Readonly<Record<string, Reply>> = {
  'a reset': { pieces: [], end: 'reset' },
  'an empty reply': recorded('128'),
  'half a head': { pieces: ['HTTP/1.1 200 OK\r\nConte'], end: 'close' },
  'half a head and a reset': { pieces: ['HTTP/1.1 200 OK\r\nConte'], end: 'reset' },
  'a head and a reset': { pieces: [streamHead], end: 'reset' },
  'a 502 page': html(502),
  'a 503 page': html(503),
  'a 504 page': html(504),
  'a 500 page': html(500),
  'a 500': json(500),
  'a 429': json(429),
  'a 400': recorded('032'),
  'a 401': recorded('263'),
  'a 403': recorded('260'),
  'a 404': recorded('069'),
  'a 404 that is not Empire’s': recorded('003'),
  'a redirection': {
    pieces: ['HTTP/1.1 302 Found\r\nLocation: https://evil.example\r\nContent-Length: 0\r\n\r\n'],
    end: 'close',
  },
};

describe('before the stream', () => {
  const unknown = new Set([
    'a reset',
    'an empty reply',
    'half a head',
    'half a head and a reset',
    'a head and a reset',
    'a 502 page',
    'a 503 page',
    'a 504 page',
    'a 500 page',
  ]);
  for (const [name, reply] of Object.entries(before200))
    test(`${name} answers the deploy`, async () => {
      const told = await deployUnder((request) => (isDeploy(request) ? reply : undefined));
      assert.equal(told.outcome, unknown.has(name) ? 'unknown' : 'failed', told.code);
    });
});

describe('while it checks', () => {
  for (const [name, reply] of Object.entries(before200))
    test(`${name} answers each question: nothing is deployed`, async () => {
      const told = await deployUnder((request) => (request.path.endsWith('/releases') ? reply : undefined));
      if (name === 'a 404') assert.equal(told.outcome, 'thrown', 'the app is there, so it can’t be made');
      else assert.equal(told.outcome, 'thrown');
    });
  for (const [name, reply] of Object.entries(before200).filter(([one]) =>
    /reset|empty|half|502|503|504|429/.test(one),
  ))
    test(`${name} answers one question only: it is asked again`, async () => {
      let left = 1;
      const told = await deployUnder((request) =>
        request.path.endsWith('/releases') && left-- > 0 ? reply : undefined,
      );
      assert.equal(told.outcome, 'live');
    });
  test('a stall ends with a word', async () => {
    const stalled = await startEmpire({ patience: { askMs: 30 } });
    stalled.override = () => ({ pieces: [], end: 'stall' });
    const tried = conclude(
      stalled.provider,
      stalled.target('orders'),
      stalled.provider.deploy(stalled.target('orders'), { image: imageOf('orders', 'v1') }, signal),
    );
    await assert.rejects(tried, { code: 'deploy/no-answer' });
    await stalled.stop();
  });
});

/** Each recorded stream in each way to put it on the wire. */
const transports: Readonly<Record<string, (lines: readonly string[]) => readonly (Buffer | string)[]>> = {
  'line by line': (lines) => lines.map(chunk),
  'in one chunk': (lines) => [chunk(lines.join(''))],
  'byte by byte': (lines) => [...Buffer.from(lines.join(''))].map((byte) => chunk(String.fromCharCode(byte))),
  'with CRLF and blank lines': (lines) =>
    lines.map((line) => chunk(`\r\n${line.replace(/\r?\n$/, '\r\n')}\r\n`)),
  'with objects side by side': (lines) => [chunk(lines.map((line) => line.trim()).join(''))],
};

const streams: Readonly<Record<string, Told>> = {
  '050': { outcome: 'live', release: 2 },
  '051': { outcome: 'live', release: 2 },
  '251': { outcome: 'live', release: 2 },
  '255': { outcome: 'live', release: 2 },
  '256': { outcome: 'live', release: 2 },
  '060': { outcome: 'failed', code: 'deploy/image-missing' },
  '061': { outcome: 'failed', code: 'deploy/bad-procfile' },
  '062': { outcome: 'failed', code: 'deploy/bad-procfile' },
  '072': { outcome: 'failed', code: 'deploy/not-rolled-out', release: 2 },
  '074': { outcome: 'unknown', code: 'deploy/superseded', release: 2 },
  '252': { outcome: 'failed', code: 'deploy/image-missing' },
  '253': { outcome: 'failed', code: 'deploy/image-denied' },
  '254': { outcome: 'failed', code: 'deploy/image-missing' },
  '257': { outcome: 'failed', code: 'deploy/image-missing' },
};

/** The recorded stream as that of release 2 of `app`; the release is there when the stream says so. */
function serve(record: string, app: string, put: (lines: readonly string[]) => Reply['pieces']): Reply {
  const lines = linesFor(record, app);
  if (lines.some((line) => line.includes('Created new release'))) release(app);
  return { pieces: [streamHead, ...put(lines), '0\r\n\r\n'], end: 'close' };
}

function linesFor(record: string, app: string): readonly string[] {
  return streamLines(record).map((line) =>
    line.replace(/(Created new release|events for release) v\d+ (for|of) [\w-]+/, `$1 v2 $2 ${app}`),
  );
}

function release(app: string): void {
  const known = empire.state.apps.get(app);
  const [first] = known?.releases ?? [];
  assert.ok(known && first);
  known.releases.push({ ...first, version: 2, description: `Deploy ${imageOf(app, 'v2')} (jane)` });
}

describe('the recorded streams', () => {
  for (const [record, expected] of Object.entries(streams))
    for (const [way, put] of Object.entries(transports))
      test(`${record} ${way}`, async () => {
        const told = await deployUnder((request, app) =>
          isDeploy(request) ? serve(record, app, put) : undefined,
        );
        assert.deepEqual({ code: undefined, release: undefined, ...expected }, told);
      });
  test('an empty answer where nothing happened has failed', async () => {
    const told = await deployUnder((request) => (isDeploy(request) ? recorded('213') : undefined));
    assert.deepEqual([told.outcome, told.code], ['failed', 'deploy/nothing-happened']);
  });
  test('a server that dies in the middle leaves it unknown', async () => {
    const told = await deployUnder((request) => (isDeploy(request) ? recorded('075') : undefined));
    assert.equal(told.outcome, 'unknown');
  });
  test('an HTTP/1.0 proxy that ends the stream by closing is understood', async () => {
    const told = await deployUnder((request, app) => {
      if (!isDeploy(request)) return undefined;
      release(app);
      const head = 'HTTP/1.0 200 OK\r\nContent-Type: application/json; boundary=NL\r\n\r\n';
      return { pieces: [head, linesFor('051', app).join('')], end: 'close' };
    });
    assert.equal(told.outcome, 'live');
  });
});

/** Where the stream of 051 is cut, by what was said last. */
const places: Readonly<Record<string, RegExp>> = {
  'at its first line': /Pulling repository/,
  'while the image is pulled': /Download complete/,
  'when the release was made': /Created new release/,
  'while it is rolled out': /Stack update submitted/,
  'before the last line': /Service web became stable/,
  'after the last line': /Finished processing/,
};

type Cut = { readonly after: readonly (Buffer | string)[]; readonly end: Reply['end'] };
const cuts: Readonly<Record<string, Cut>> = {
  'by a reset': { after: [], end: 'reset' },
  'by a close': { after: [], end: 'close' },
  'by a clean end': { after: ['0\r\n\r\n'], end: 'close' },
  'in half a line': { after: [chunk('{"status":"Status: Fini')], end: 'reset' },
  'in half a line, cleanly': {
    after: [chunk('{"status":"Status: Finished processing ev'), '0\r\n\r\n'],
    end: 'close',
  },
  'in half a chunk': { after: ['7f\r\n{"status":"St'], end: 'reset' },
  'by what is no JSON': { after: [chunk('<html>502</html>\n'), '0\r\n\r\n'], end: 'close' },
  'by bytes that are no text': {
    after: [Buffer.from([0x32, 0x0d, 0x0a, 0xff, 0xfe, 0x0d, 0x0a]), '0\r\n\r\n'],
    end: 'close',
  },
  'by a chunk of nonsense': { after: ['zz\r\nzz\r\n'], end: 'close' },
};

describe('a stream that is cut', () => {
  for (const [where, last] of Object.entries(places))
    for (const [how, cut] of Object.entries(cuts))
      test(`${where} ${how}`, async () => {
        const told = await deployUnder((request, app) =>
          isDeploy(request) ? cutStream(app, last, cut) : undefined,
        );
        const isOver = where === 'after the last line';
        assert.equal(told.outcome, isOver ? 'live' : 'unknown', told.code);
        const isMade = !/first line|pulled/.test(where);
        assert.equal(told.release, isMade ? 2 : undefined);
      });
});

function cutStream(app: string, last: RegExp, { after: rest, end }: Cut): Reply {
  const lines = linesFor('051', app);
  const kept = lines.slice(0, lines.findIndex((line) => last.test(line)) + 1);
  if (kept.some((line) => line.includes('Created new release'))) release(app);
  return { pieces: [streamHead, ...kept.map(chunk), ...rest], end };
}

describe('when it was rolled out, the processes have the last word', () => {
  const looks = ['/dynos', '/formation'] as const;
  for (const look of looks)
    for (const [name, reply] of Object.entries(before200))
      test(`${name} answers ${look}: not known`, async () => {
        const told = await deployUnder((request) =>
          request.method === 'GET' && request.path.endsWith(look) ? reply : undefined,
        );
        assert.deepEqual([told.outcome, told.release], ['unknown', 2]);
      });
  test('an older release that still runs', async () => {
    const told = await deployUnder((request, app) => {
      if (isDeploy(request)) Object.assign(empire.state.apps.get(app) ?? {}, { running: undefined });
      if (request.path.endsWith('/dynos')) Object.assign(empire.state.apps.get(app) ?? {}, { running: 1 });
      return undefined;
    });
    assert.deepEqual([told.outcome, told.release], ['unknown', 2]);
  });
  test('no process where one should be', async () => {
    const told = await deployUnder(({ path }) => (path.endsWith('/dynos') ? jsonReply(200, []) : undefined));
    assert.deepEqual([told.outcome, told.release], ['unknown', 2]);
  });
  test('a process that comes a moment later', async () => {
    const patient = await startEmpire({ patience: { bootMs: 5000 } });
    let left = 2;
    patient.override = ({ path }) => (path.endsWith('/dynos') && left-- > 0 ? jsonReply(200, []) : undefined);
    const target = patient.target('orders');
    const request = { image: imageOf('orders', 'v1') };
    const result = await conclude(patient.provider, target, patient.provider.deploy(target, request, signal));
    assert.deepEqual([result.outcome, result.release], ['live', 1]);
    await patient.stop();
  });
});

describe('a roll back', () => {
  const certain = /^a (500|429|400|401|403|404)$/;
  for (const [name, reply] of Object.entries(before200))
    test(`${name} answers it`, async () => {
      const app = `back-${++serial}`;
      const target = empire.target(app);
      empire.state.seed(app, imageOf(app, 'v1'));
      empire.state.seed(app, imageOf(app, 'v2'));
      const from = empire.server.requests.length;
      const isBack = ({ method, path }: RawRequest): boolean =>
        method === 'POST' && path.endsWith('/releases');
      empire.override = (request) => (isBack(request) ? reply : undefined);
      const result = await conclude(empire.provider, target, empire.provider.rollback(target, 1, signal));
      empire.override = undefined;
      assertClean(JSON.stringify(result));
      assert.equal(result.outcome, certain.test(name) ? 'failed' : 'unknown', result.error?.message);
      assert.equal(empire.server.requests.slice(from).filter(isBack).length, 1);
    });
});

describe('what never got there', () => {
  const at = (url: string): ReturnType<TestEmpire['target']> => {
    const target = empire.target('orders');
    return { ...target, environment: { ...target.environment, url } };
  };
  const tried = (url: string): Promise<unknown> =>
    conclude(
      empire.provider,
      at(url),
      empire.provider.deploy(at(url), { image: imageOf('orders', 'v1') }, signal),
    );
  test('a name that nobody knows', async () => {
    await assert.rejects(tried('http://empire.invalid'), { code: 'deploy/unreachable' });
  });
  test('a port where nothing listens', async () => {
    const gone = await startEmpire();
    await gone.stop();
    await assert.rejects(tried(gone.server.url), { code: 'deploy/unreachable' });
  });
  test('a server that speaks no TLS', async () => {
    await assert.rejects(tried(empire.server.url.replace('http:', 'https:')), (error: Error) => {
      assert.match(error.message, /TLS|ended before/);
      return true;
    });
  });
  test('a token that has ended is not sent', async () => {
    const { tokenFor } = await import('../../helpers/empire');
    const old = await startEmpire({ token: tokenFor({ exp: 1_500_000_000, User: { Name: 'jane' } }) });
    const target = old.target('orders');
    await assert.rejects(
      conclude(old.provider, target, old.provider.deploy(target, { image: imageOf('orders', 'v1') }, signal)),
      { code: 'deploy/not-signed-in' },
    );
    assert.equal(old.server.requests.length, 0);
    await old.stop();
  });
});
