import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Provider, Target } from '../../src/deploy';
import { conclude, deploy, eventually, startPlatform, textFrom, writeFiles } from '../helpers/platform';

/** What every provider must do, whatever its platform. `service` gives a target whose files the suite may change. */
interface Platform {
  readonly provider: Provider;
  service(app: string, files?: Readonly<Record<string, string>>): Promise<Target>;
  stop(): Promise<void>;
}

const { signal } = new AbortController();

function providerContract(name: string, start: () => Promise<Platform>): void {
  describe(name, () => {
    let platform: Platform;
    before(async () => {
      platform = await start();
    });
    after(() => platform.stop());

    test('what was never deployed has no releases and no status', async () => {
      const target = await platform.service('nothing');
      assert.deepEqual(await platform.provider.releases(target, signal), []);
      assert.equal(await platform.provider.status(target, signal), undefined);
    });

    test('a deploy tells its stages in order and ends with a release that answers', async () => {
      const target = await platform.service('first');
      const result = await deploy(platform.provider, target);
      assert.equal(result.outcome, 'live', result.error?.message);
      assert.equal(result.release, 1);
      assert.equal(await textFrom(`${result.url ?? ''}/version`), '1');
      assert.equal(result.events[0]?.type, 'started');
      assert.equal(result.events.at(-1)?.type, 'finished');
      const names = result.stages.map((stage) => stage.name);
      assert.deepEqual([...new Set(names)], names, 'each stage ends once');
      assert.ok(names.indexOf('boot') < names.indexOf('health'));
      assert.ok(names.indexOf('health') < names.indexOf('switch'));
      const status = await platform.provider.status(target, signal);
      assert.equal(status?.release, 1);
      assert.deepEqual(
        status.processes.map((one) => [one.name, one.state]),
        [['web.1', 'up']],
      );
    });

    test('a second deploy replaces the first, and a roll back is a release of what ran before', async () => {
      const target = await platform.service('second');
      await deploy(platform.provider, target);
      await writeFiles(target.dir, { 'version.txt': '2\n' });
      const next = await deploy(platform.provider, target);
      assert.equal(await textFrom(`${next.url ?? ''}/version`), '2');
      const back = await conclude(platform.provider, target, platform.provider.rollback(target, 1, signal));
      assert.equal(back.outcome, 'live', back.error?.message);
      assert.equal(back.url, next.url, 'the address stays');
      assert.equal(await textFrom(`${back.url ?? ''}/version`), '1');
      const releases = await platform.provider.releases(target, signal);
      assert.deepEqual(
        releases.map((one) => [one.version, one.status, one.description]),
        [
          [3, 'current', 'Roll back to v1'],
          [2, 'old', 'Deploy'],
          [1, 'old', 'Deploy'],
        ],
      );
    });

    test('a deploy that fails names its lines and leaves the release before serving', async () => {
      const target = await platform.service('third');
      const first = await deploy(platform.provider, target);
      await writeFiles(target.dir, {
        'serve.py': 'raise RuntimeError("no such setting")\n',
        'version.txt': '2\n',
      });
      const next = await deploy(platform.provider, target);
      assert.equal(next.outcome, 'failed');
      assert.match(next.error?.lines.join('\n') ?? '', /RuntimeError: no such setting/);
      assert.equal(await textFrom(`${first.url ?? ''}/version`), '1');
      const [failed, current] = await platform.provider.releases(target, signal);
      assert.deepEqual([failed?.status, failed?.eligible, current?.status], ['failed', false, 'current']);
    });

    test('a deploy can be followed from its beginning by another window, and after its end', async () => {
      const target = await platform.service('fourth', {
        Procfile: 'release: sleep 1\nweb: exec python3 serve.py\n',
      });
      const first = deploy(platform.provider, target);
      const id = await eventually(
        'a deploy is under way',
        async () => (await platform.provider.status(target, signal))?.deploy,
      );
      const second = await conclude(platform.provider, target, platform.provider.attach(target, id, signal));
      assert.deepEqual(second.events, (await first).events);
      const third = await conclude(platform.provider, target, platform.provider.attach(target, id, signal));
      assert.deepEqual(third.events, second.events);
    });

    test('one deploy at a time: a second one is refused and disturbs nothing', async () => {
      const target = await platform.service('fifth', {
        Procfile: 'release: sleep 1\nweb: exec python3 serve.py\n',
      });
      const first = deploy(platform.provider, target);
      await eventually(
        'a deploy is under way',
        async () => (await platform.provider.status(target, signal))?.deploy,
      );
      await assert.rejects(deploy(platform.provider, target), { code: 'deploy/refused' });
      assert.equal((await first).outcome, 'live');
    });

    test('a cancelled deploy says so, and what ran before goes on', async () => {
      const target = await platform.service('sixth');
      const first = await deploy(platform.provider, target);
      await writeFiles(target.dir, { Procfile: 'release: sleep 60\nweb: exec python3 serve.py\n' });
      const next = deploy(platform.provider, target);
      const id = await eventually(
        'a deploy is under way',
        async () => (await platform.provider.status(target, signal))?.deploy,
      );
      await platform.provider.cancel(target, id, signal);
      const result = await next;
      assert.equal(result.outcome, 'failed');
      assert.match(result.error?.message ?? '', /cancelled/);
      assert.equal(await textFrom(`${first.url ?? ''}/version`), '1');
    });

    test('who watches is told of changes, and the watch ends when nobody looks', async () => {
      const target = await platform.service('watched');
      await deploy(platform.provider, target);
      const looking = new AbortController();
      const changes = platform.provider.changes?.(looking.signal)[Symbol.asyncIterator]();
      assert.ok(changes);
      await changes.next();
      const change = changes.next();
      await deploy(platform.provider, target);
      assert.equal((await change).done, false);
      looking.abort();
      await assert.rejects(async () => {
        while (!(await changes.next()).done);
      });
    });

    test('logs hold what the service says, and go on when they are followed', async () => {
      const target = await platform.service('seventh');
      const { url = '' } = await deploy(platform.provider, target);
      const reading = new AbortController();
      const seen: string[] = [];
      for await (const line of platform.provider.logs(target, { tail: true, lines: 50 }, reading.signal)) {
        seen.push(line);
        if (seen.length === 1) await textFrom(`${url}/say?text=hello-log`);
        if (line.includes('hello-log')) break;
      }
      assert.match(seen.join('\n'), /^\d{4}-\d\d-\d\dT\S+ app\[web\.1\]: listening$/m);
      reading.abort();
    });
  });
}

providerContract('the embedded platform', async () => {
  const platform = await startPlatform();
  return {
    provider: platform.provider,
    service: (app, files) => platform.service(app, files),
    stop: () => platform.stop(),
  };
});
