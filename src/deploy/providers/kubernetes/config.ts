import type { DeployEvent } from '../../event';
import { noSuchApp, noSuchRelease } from '../../errors';
import { configNotLive } from '../../errors/config';
import { badConfigKey } from '../../errors/empire';
import { meanwhile } from '../../errors/kubernetes';
import type { Config, Target } from '../../provider';
import { StageClock } from '../../stage-clock';
import type { KubeParts } from './client';
import { connect } from './client';
import { rollOut } from './deploy';
import { askBefore, baseOf, nextRecord } from './ready';
import type { ReleaseRecord } from './record';
import type { Rolling } from './rolling';
import { makeRecord } from './rolling';

/**
 * The variables of an app. A change of them is a release like any other: it is followed until it is known how it ended, and where its
 * processes never get ready the release before is put back, with the variables that it had.
 */
export function createConfig(parts: KubeParts): Config {
  return {
    async read(target, release, signal) {
      const before = await askBefore(await connect(parts, target, signal), target, signal);
      if (before.records.length === 0) throw noSuchApp(target.app);
      if (release === undefined) return baseOf(before)?.config ?? {};
      const found = before.records.find((one) => one.version === release);
      if (!found) throw noSuchRelease(target.app, `v${release}`);
      return found.config;
    },
    async change(target: Target, changes, message, signal) {
      const bad = Object.keys(changes).find((key) => !/^[A-Za-z_]\w*$/.test(key));
      if (bad !== undefined) throw badConfigKey(bad);
      const client = await connect(parts, target, signal);
      client.hide(Object.values(changes).filter((one) => one !== null));
      const before = await askBefore(client, target, signal);
      const base = baseOf(before);
      const config = changed(base?.config ?? {}, changes);
      // A change of nothing would restart everything.
      if (base && JSON.stringify(config) === JSON.stringify(base.config)) return base.config;
      const record = nextRecord(parts, before, { ...whatRuns(base), config, description: message });
      const rolling = { parts, client, target, before, record, clock: new StageClock(parts.now), signal };
      const made = await makeRecord(rolling);
      if (made.kind === 'refused' && made.status === 409) throw meanwhile(target.app, record.version);
      if (made.kind !== 'sure') throw made.error;
      // Before the first deploy there is nothing to restart.
      if (record.image !== undefined) await untilLive(rolling);
      return config;
    },
  };
}

/** Throws a UserError with the code and the lines of what went wrong where the release does not come to serve. */
async function untilLive(rolling: Rolling): Promise<void> {
  for await (const event of rollOut(rolling))
    if (event.type === 'finished' && event.outcome !== 'live') throw notLive(rolling, event);
}

function notLive(
  { target, before }: Pick<Rolling, 'target' | 'before'>,
  { outcome, error }: Extract<DeployEvent, { type: 'finished' }>,
): Error {
  const back = outcome === 'failed' ? undefined : before.deployed?.version;
  return configNotLive(target, error, {
    isSure: outcome === 'failed',
    ...(back === undefined ? {} : { back }),
  });
}

function whatRuns(
  base: ReleaseRecord | undefined,
): Pick<ReleaseRecord, 'processes'> & Partial<ReleaseRecord> {
  if (!base) return { processes: [] };
  const { image, processes, releaseCommand, health, plain } = base;
  return {
    processes,
    plain,
    ...(image === undefined ? {} : { image }),
    ...(releaseCommand === undefined ? {} : { releaseCommand }),
    ...(health === undefined ? {} : { health }),
  };
}

/** Sorted by key. */
function changed(
  now: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string | null>>,
): Readonly<Record<string, string>> {
  const all = Object.entries({ ...now, ...changes }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
