import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Target } from '../../../src/deploy';
import type { RawRequest, Reply } from '../../helpers/empire-http';
import { chunk } from '../../helpers/empire-recordings';
import { canaryKey, startHeroku } from '../../helpers/heroku';
import type { TestHeroku } from '../../helpers/heroku';
import { jsonOf, problem, textHead } from '../../helpers/heroku-replies';
import type { Rendezvous } from '../../helpers/rendezvous';
import { rendezvousSecret, startRendezvous } from '../../helpers/rendezvous';

/** Logs that are followed over cuts, and commands that run in dynos of their own. */

const { signal } = new AbortController();
let heroku: TestHeroku;
let meeting: Rendezvous;
let target: Target;
before(async () => {
  heroku = await startHeroku();
  meeting = await startRendezvous();
  heroku.state.attachUrl = meeting.url;
  heroku.state.seed('orders', '1').formation = { web: { quantity: 1, size: 'Eco' } };
  target = await heroku.service('orders');
});
after(async () => {
  await heroku.stop();
  await meeting.stop();
});
afterEach(() => {
  heroku.override = undefined;
  Object.assign(meeting, { says: [], end: 'close' });
});

const at = (second: number, text: string): string => `2026-12-01T09:00:0${second}+00:00 app[web.1]: ${text}`;
const session = (lines: readonly string[], end: Reply['end'], clean = false): Reply => ({
  pieces: [textHead, chunk(lines.map((line) => `${line}\n`).join('')), ...(clean ? ['0\r\n\r\n'] : [])],
  end,
});
const isLog = ({ path }: RawRequest): boolean => path.startsWith('/logs/');

/** Answers the log's sessions one after the other, and gives what is heard until `last` comes. */
async function follow(sessions: readonly Reply[], last: string): Promise<readonly string[]> {
  const left = [...sessions];
  heroku.override = (request) => (isLog(request) ? left.shift() : undefined);
  const reading = new AbortController();
  const seen: string[] = [];
  for await (const line of heroku.provider.logs(target, { tail: true, lines: 50 }, reading.signal)) {
    seen.push(line);
    if (line.includes(last)) break;
  }
  reading.abort();
  return seen;
}

describe('a log that is followed', () => {
  const [one, two, three, four] = ['one', 'two', 'three', 'four'].map((text, second) => at(second, text));
  assert.ok(one && two && three && four);
  for (const end of ['reset', 'close'] as const)
    test(`goes on after a ${end} without a line twice`, async () => {
      const seen = await follow([session([one, two], end), session([one, two, three], 'stall')], 'three');
      assert.deepEqual(seen, [one, two, three]);
    });
  test('goes on when a session is over', async () => {
    const seen = await follow([session([one], 'close', true), session([one, two], 'stall')], 'two');
    assert.deepEqual(seen, [one, two]);
  });
  test('marks a gap where the last lines are not found again', async () => {
    const seen = await follow([session([one, two], 'reset'), session([three, four], 'stall')], 'four');
    assert.deepEqual([seen.length, seen[0], seen[1], seen[3], seen[4]], [5, one, two, three, four]);
    assert.match(seen[2] ?? '', /^— the log was cut at \S+; lines may be missing —$/);
  });
  test('asks for a new session when the old one timed out', async () => {
    const gone: Reply = { pieces: ['HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n'], end: 'close' };
    const from = heroku.server.requests.length;
    const seen = await follow([session([one], 'reset'), gone, session([one, two], 'stall')], 'two');
    assert.deepEqual(seen, [one, two]);
    const asked = heroku.server.requests.slice(from).filter((each) => each.path.endsWith('/log-sessions'));
    assert.equal(asked.length, 3);
    assert.deepEqual(JSON.parse(asked[0]?.body ?? ''), { tail: true, lines: 50 });
    assert.ok(asked.every((each) => each.headers['authorization'] === `Bearer ${canaryKey}`));
  });
  test('that stays cut is given up with a word', async () => {
    const cut: Reply = { pieces: [], end: 'reset' };
    const tried = follow([session([one], 'reset'), ...Array.from({ length: 9 }, () => cut)], 'never');
    await assert.rejects(tried, { code: 'deploy/connection-lost' });
  });
  test('a key that is taken away ends it', async () => {
    let left = 1;
    heroku.override = (request) => {
      if (isLog(request)) return session([one], 'reset');
      if (request.path.endsWith('/log-sessions') && left-- <= 0) return problem(401, 'unauthorized', 'No.');
      return undefined;
    };
    await assert.rejects(
      async () => {
        for await (const _ of heroku.provider.logs(target, { tail: true, lines: 5 }, signal));
      },
      { code: 'deploy/not-signed-in' },
    );
  });
  test('an app of the newer kind is asked for neither lines nor a tail', async () => {
    heroku.override = (request) => {
      if (request.method === 'GET' && request.path === '/apps/orders')
        return jsonOf(200, { id: 'i', name: 'orders', generation: { name: 'fir' }, stack: { name: 'cnb' } });
      return isLog(request) ? session([one], 'close', true) : undefined;
    };
    const seen: string[] = [];
    for await (const line of heroku.provider.logs(target, { tail: false, lines: 5 }, signal)) seen.push(line);
    assert.deepEqual(seen, [one]);
    const asked = heroku.server.requests.findLast((each) => each.path.endsWith('/log-sessions'));
    assert.deepEqual(JSON.parse(asked?.body ?? ''), {});
  });
  test('only looked at, a cut is told', async () => {
    heroku.override = (request) => (isLog(request) ? session([one], 'reset') : undefined);
    await assert.rejects(
      async () => {
        for await (const _ of heroku.provider.logs(target, { tail: false, lines: 5 }, signal));
      },
      { code: 'deploy/connection-lost' },
    );
  });
});

const mark = '\uFFFF servicewright-exit-status:';

async function run(command = 'ls', over: AbortSignal = signal): Promise<readonly string[]> {
  const seen: string[] = [];
  for await (const line of heroku.provider.runs?.run(target, command, 'why', over) ?? []) seen.push(line);
  return seen;
}

describe('a command in a dyno of its own', () => {
  test('is met with the secret, and its lines end where it does', async () => {
    const bytes = Buffer.from(`größe\r\nlast ${canaryKey}\r\n${mark} 0\r\n`);
    meeting.says = [...bytes].map((byte) => Buffer.from([byte]));
    assert.deepEqual(await run('./manage.py check'), ['größe', 'last [secret]']);
    assert.deepEqual(meeting.heard.at(-1), `${rendezvousSecret}\r\n`);
    const [asked] = heroku.state.ran.slice(-1) as readonly Readonly<Record<string, unknown>>[];
    assert.equal(asked?.['command'], `./manage.py check; echo "${mark} $?"`);
    assert.deepEqual([asked['attach'], asked['type'], asked['force_no_tty']], [true, 'run', true]);
  });
  test('that fails says with what; text before the mark is kept', async () => {
    meeting.says = [`no newline${mark} 3\n`];
    await assert.rejects(run(), { code: 'deploy/command-failed', message: /exit code 3/ });
  });
  for (const end of ['close', 'reset'] as const)
    test(`whose connection ends by a ${end} before it did is not taken for done`, async () => {
      Object.assign(meeting, { says: ['half'], end });
      await assert.rejects(run(), { code: 'deploy/connection-lost' });
    });
  test('that is left ends at once', async () => {
    Object.assign(meeting, { says: ['hello\n'], end: 'stall' });
    const leaving = new AbortController();
    setTimeout(() => leaving.abort(), 50);
    await assert.rejects(run('ls', leaving.signal), { name: 'AbortError' });
  });
  test('of nothing is not sent; where nobody can be met it is told', async () => {
    await assert.rejects(run(' '), { code: 'deploy/no-command' });
    heroku.state.attachUrl = 'rendezvous://127.0.0.1:1/secret-of-nobody';
    await assert.rejects(run(), (error: Error) => {
      assert.match(error.message, /meet the dyno/);
      assert.doesNotMatch(error.message, /secret-of-nobody/);
      return true;
    });
    heroku.state.attachUrl = 'https://ssh.example.com';
    await assert.rejects(run(), { code: 'deploy/not-the-api' });
  });
});
