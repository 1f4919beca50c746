import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { conclude } from '../../helpers/platform';
import type { TestEmpire } from '../../helpers/empire';
import { startEmpire } from '../../helpers/empire';

let empire: TestEmpire;
before(async () => {
  empire = await startEmpire();
});
after(() => empire.stop());

const signal = new AbortController().signal;

test('a deploy goes to the letter and ends live when its processes run', async () => {
  const target = empire.target('orders');
  const request = { image: 'ghcr.io/acme/orders:1a2b3c4d', message: 'größer — déjà vu ✓' };
  const result = await conclude(empire.provider, target, empire.provider.deploy(target, request, signal));
  assert.equal(result.outcome, 'live', result.error?.message);
  assert.equal(result.release, 1);
  assert.deepEqual(
    result.stages.map((one) => `${one.name} ${one.outcome}`),
    ['preflight done', 'pull done', 'create done', 'boot done'],
  );
  const sent = empire.server.requests.find((one) => one.path === '/apps/orders/deploys');
  assert.equal(sent?.body, '{"image":"ghcr.io/acme/orders:1a2b3c4d","stream":true}');
  assert.ok(sent.head.includes(Buffer.from('ommit-message: größer — déjà vu ✓', 'utf8')), 'UTF-8, once');
});
