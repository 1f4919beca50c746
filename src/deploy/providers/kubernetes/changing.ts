import { noSuchApp, noSuchRelease } from '../../errors';
import { badConfigKey, badQuantity, noRelease, noSuchProcess } from '../../errors/empire';
import { meanwhile, noSizes, noSuchPod } from '../../errors/kubernetes';
import type { Config, ScaleChange, Scaling, Target } from '../../provider';
import type { ApiCall } from '../api';
import type { Client, KubeParts } from './client';
import { connect } from './client';
import { keys, pathsIn, processName } from './names';
import { askBefore, baseOf, nextRecord } from './ready';
import { askDeployments, askPods, formationOf, namedPods } from './reading';
import type { ReleaseRecord } from './record';
import { StageClock } from '../../stage-clock';
import { applyAll, makeRecord, markAs, objectsOf } from './rolling';
import { remove } from './sending';
import type { Deployment } from './wire';

const mergePatch = { 'content-type': 'application/merge-patch+json' } as const;

const patch = (what: string, path: string, body: object): ApiCall => ({
  what,
  method: 'PATCH',
  path: `${path}?fieldManager=servicewright-changes`,
  headers: mergePatch,
  body,
});

export function createScaling(parts: KubeParts): Scaling {
  return {
    async formation(target, signal) {
      return formationOf(await deployed(await connect(parts, target, signal), target, signal));
    },
    async scale(target, changes, _message, signal) {
      const client = await connect(parts, target, signal);
      for (const { name, quantity } of planScale(target, changes, await deployed(client, target, signal))) {
        // The part of it that autoscalers use; the rest of the Deployment stays whoever's it is.
        const path = `${pathsIn(client.namespace).deployments}/${name}/scale`;
        await client.change(patch(`scale ${name}`, path, { spec: { replicas: quantity } }), signal);
      }
      return formationOf(await deployed(client, target, signal));
    },
    async restart(target, process, _message, signal) {
      const client = await connect(parts, target, signal);
      if (process !== undefined) return restartOne(client, target, process, signal);
      const at = parts.now().toISOString();
      const body = { spec: { template: { metadata: { annotations: { [keys.restarted]: at } } } } };
      for (const { name } of await deployed(client, target, signal))
        await client.change(
          patch(`restart ${name}`, `${pathsIn(client.namespace).deployments}/${name}`, body),
          signal,
        );
    },
  };
}

async function deployed(client: Client, target: Target, signal: AbortSignal): Promise<readonly Deployment[]> {
  const found = await askDeployments(client, target, signal);
  if (found.length === 0) throw noRelease(target.app);
  return found;
}

/** Taken away, it is made anew. */
async function restartOne(
  client: Client,
  target: Target,
  process: string,
  signal: AbortSignal,
): Promise<void> {
  const pods = namedPods(await askPods(client, target, 'process', signal));
  const found = pods.find(({ name, pod }) => name === process || pod.name === process);
  if (!found)
    throw noSuchPod(
      target.app,
      process,
      pods.map(({ name }) => name),
    );
  const error = await remove(
    client,
    `${pathsIn(client.namespace).pods}/${found.pod.name}`,
    `restart ${process}`,
    signal,
  );
  if (error) throw error;
}

/** Everything is checked before anything is changed. */
export function planScale(
  { app }: Pick<Target, 'app'>,
  changes: readonly ScaleChange[],
  now: readonly Deployment[],
): readonly { readonly name: string; readonly quantity: number }[] {
  return changes.map(({ type, quantity, size }) => {
    const found = now.find((one) => one.labels[keys.process] === type);
    if (!found)
      throw noSuchProcess(
        app,
        type,
        formationOf(now).map((one) => one.type),
      );
    if (size !== undefined) throw noSizes();
    if (quantity === undefined || !Number.isInteger(quantity) || quantity < 0 || quantity > 1000)
      throw badQuantity(type);
    return { name: processName(app, type), quantity };
  });
}

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
    async change(target, changes, message, signal) {
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
      if (record.image !== undefined) {
        const sent = await applyAll(rolling, await objectsOf(rolling, record));
        if (sent && sent.kind !== 'sure') throw sent.error;
        await markAs(rolling, 'applied');
      }
      return config;
    },
  };
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
