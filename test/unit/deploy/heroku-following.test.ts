import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Target } from '../../../src/deploy';
import { startHeroku } from '../../helpers/heroku';
import type { TestHeroku } from '../../helpers/heroku';
import { all, asks, deployUnder, hasty, heroku, once, signal, startBoth } from '../../helpers/heroku-faults';
import { problem } from '../../helpers/heroku-replies';
import { conclude } from '../../helpers/platform';

/** Every way in which a deploy can be disturbed while it builds. */

startBoth();

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
        hasty,
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
      const drip = Array.from(bytes.toString('utf8')).flatMap((letter) =>
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
  test('the network is gone while it builds, and comes back: the end is known and all was read', async () => {
    let left = 40;
    let hasBegun = false;
    const told = await deployUnder((request) => {
      hasBegun ||= request.path.startsWith('/output/');
      if (!hasBegun || left-- <= 0) return undefined;
      return { pieces: [], end: 'reset' };
    }, slow);
    assert.deepEqual([told.outcome, told.release], ['live', 2], told.message);
    assert.ok(left <= 0);
    assert.deepEqual(
      told.log.filter((line) => /^(-----|  )/.test(line)),
      printed,
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
  // The stream of a build that goes on has to end, or it is followed for ever.
  on.override = ({ path }) => (path.startsWith('/output/') ? problem(404, 'not_found', 'gone') : undefined);
  return conclude(on.provider, target, on.provider.deploy(target, {}, signal));
}
