import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { all, asks, deployUnder, hasty, once, startBoth } from '../../helpers/heroku-faults';

/** Every way in which a deploy can be disturbed once it is built: the release command, the dynos. */

startBoth();

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
