import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { DeployEvent, DeployRequest, Provider, Target } from '../../src/deploy';
import { runDeploy } from '../../src/deploy';
import { conclude, eventually } from './platform';

/** What every provider must do, whatever its platform; what a platform can't do is said by its caps and tested as that. */
export interface Platform {
  readonly provider: Provider;
  service(app: string): Promise<Target>;
  /** Makes version `version` of the service ready to be deployed. */
  ready(target: Target, version: number): Promise<DeployRequest>;
  /** Which version runs. */
  running(target: Target): Promise<string>;
  /** A deploy that can't go well, and what explains it. */
  broken(target: Target): Promise<{ readonly request: DeployRequest; readonly explains: RegExp }>;
  /** A deploy that does not end by itself for a while. */
  slow(target: Target): Promise<DeployRequest>;
  /** Makes the running service write `text` to its log. */
  say(target: Target, text: string): Promise<void>;
  /** What the log holds, at least. */
  readonly logLine: RegExp;
  /** The release that the first deploy makes, where making the app is one too. */
  readonly firstRelease?: number;
  /** What a second window hears of a deploy, where its beginning was on the machine of the first. */
  shared?(events: readonly DeployEvent[]): readonly DeployEvent[];
  stop(): Promise<void>;
}

const { signal } = new AbortController();

/** Of the events of a deploy those that everybody sees who looks on, whenever that began. */
export const ofAll = (events: readonly DeployEvent[]): readonly DeployEvent[] =>
  events.filter(({ type }) => type === 'released' || type === 'started' || type === 'finished');

export type More = (platform: () => Platform) => void;

/** `more` are tests of what this platform alone can do. */
export function providerContract(name: string, start: () => Promise<Platform>, more?: More): void {
  describe(name, () => {
    let platform: Platform;
    before(async () => {
      platform = await start();
    });
    after(() => platform.stop());
    more?.(() => platform);

    /** The release of the nth deploy of an app. */
    const nth = (deploy: number): number => (platform.firstRelease ?? 1) + deploy - 1;
    const begin = (target: Target, request: DeployRequest): ReturnType<typeof conclude> =>
      conclude(platform.provider, target, platform.provider.deploy(target, request, signal));
    const deploy = async (target: Target, version: number): ReturnType<typeof conclude> =>
      begin(target, await platform.ready(target, version));

    test('what was never deployed has no releases and no status', async () => {
      const target = await platform.service('nothing');
      assert.deepEqual(await platform.provider.releases(target, signal), []);
      assert.equal(await platform.provider.status(target, signal), undefined);
    });

    test('a deploy tells its stages in order and ends with a release that runs', async () => {
      const target = await platform.service('first');
      const result = await deploy(target, 1);
      assert.equal(result.outcome, 'live', result.error?.message);
      assert.equal(result.release, nth(1));
      assert.equal(await platform.running(target), '1');
      assert.equal(result.events.at(-1)?.type, 'finished');
      const names = result.stages.map((stage) => stage.name);
      assert.deepEqual([...new Set(names)], names, 'each stage ends once');
      const known = ['preflight', 'snapshot', 'build', 'pull', 'create', 'boot', 'health', 'switch'] as const;
      const places = known.map((stage) => names.indexOf(stage)).filter((at) => at >= 0);
      assert.deepEqual(
        places.toSorted((a, b) => a - b),
        places,
        'in their order',
      );
      const status = await platform.provider.status(target, signal);
      assert.equal(status?.release, nth(1));
      assert.deepEqual(
        status.processes.map((one) => one.name),
        ['web.1'],
      );
      assert.match(status.processes[0]?.state ?? '', /^(up|running)$/);
    });

    test('a second deploy replaces the first, and a roll back is a release of what ran before', async () => {
      const target = await platform.service('second');
      await deploy(target, 1);
      const next = await deploy(target, 2);
      assert.equal(await platform.running(target), '2');
      const back = await conclude(
        platform.provider,
        target,
        platform.provider.rollback(target, nth(1), signal),
      );
      assert.equal(back.outcome, 'live', back.error?.message);
      assert.equal(back.url, next.url, 'the address stays');
      assert.equal(await platform.running(target), '1');
      const all = await platform.provider.releases(target, signal);
      const releases = all.filter((one) => one.version >= nth(1));
      assert.deepEqual(
        releases.map((one) => [one.version, one.status]),
        [
          [nth(3), 'current'],
          [nth(2), 'old'],
          [nth(1), 'old'],
        ],
      );
      assert.match(releases[0]?.description ?? '', new RegExp(`^Roll ?back to v${nth(1)}`, 'i'));
      assert.match(releases[1]?.description ?? '', /^Deploy/);
    });

    test('rolling back to what never was changes nothing', async () => {
      const target = await platform.service('never');
      await deploy(target, 1);
      const tried = conclude(platform.provider, target, platform.provider.rollback(target, 9, signal));
      await assert.rejects(tried, { name: 'UserError' });
      assert.equal((await platform.provider.releases(target, signal)).length, nth(1));
    });

    test('a deploy that fails names its lines and leaves the release before serving', async () => {
      const target = await platform.service('third');
      await deploy(target, 1);
      const { request, explains } = await platform.broken(target);
      const next = await begin(target, request);
      assert.equal(next.outcome, 'failed');
      assert.match(next.error?.lines.join('\n') ?? '', explains);
      assert.equal(await platform.running(target), '1');
      const current = (await platform.provider.releases(target, signal)).find(
        (one) => one.status === 'current',
      );
      assert.equal(current?.version, nth(1));
    });

    test('a deploy can be followed from its beginning by another window, and after its end, or the platform says that it can’t', async () => {
      const target = await platform.service('fourth');
      if (!platform.provider.caps.attach) {
        for await (const event of platform.provider.attach(target, 'any', signal)) assert.fail(event.type);
        return;
      }
      const first = begin(target, await platform.slow(target));
      const id = await eventually(
        'a deploy is under way',
        async () => (await platform.provider.status(target, signal))?.deploy,
      );
      const second = await conclude(platform.provider, target, platform.provider.attach(target, id, signal));
      const shared = platform.shared ?? ((events) => events);
      assert.deepEqual(shared(second.events), shared((await first).events));
      const third = await conclude(platform.provider, target, platform.provider.attach(target, id, signal));
      assert.deepEqual(shared(third.events), shared(second.events));
    });

    test('a cancelled deploy says so, or one that is left says that it is not known; what ran before goes on', async () => {
      const target = await platform.service('sixth');
      await deploy(target, 1);
      const request = await platform.slow(target);
      if (platform.provider.caps.cancel !== 'full') {
        const leaving = new AbortController();
        const events = platform.provider.deploy(target, request, leaving.signal);
        const { provider } = platform;
        const ask = { provider, target, clock: { now: () => new Date() }, signal: leaving.signal };
        const leave = (): void => leaving.abort();
        const result = await runDeploy(events, ask, { line: leave });
        assert.equal(result.outcome, 'unknown');
        assert.match(result.error?.message ?? '', /nobody watched it any longer/);
        return;
      }
      const next = begin(target, request);
      const id = await eventually(
        'a deploy is under way',
        async () => (await platform.provider.status(target, signal))?.deploy,
      );
      await platform.provider.cancel(target, id, signal);
      const result = await next;
      assert.equal(result.outcome, 'failed');
      assert.match(result.error?.message ?? '', /cancelled/);
      assert.equal(await platform.running(target), '1');
    });

    test('logs hold what the service says, and go on when they are followed', async () => {
      const target = await platform.service('seventh');
      await deploy(target, 1);
      const reading = new AbortController();
      const seen: string[] = [];
      for await (const line of platform.provider.logs(target, { tail: true, lines: 50 }, reading.signal)) {
        seen.push(line);
        if (seen.length === 1) await platform.say(target, 'hello-log');
        if (line.includes('hello-log')) break;
      }
      assert.match(seen.join('\n'), platform.logLine);
      assert.doesNotMatch(seen.join(''), /\0/);
      reading.abort();
    });
  });
}
