import { badQuantity, noRelease, noSuchProcess } from '../../errors/empire';
import { noSizes, noSuchPod } from '../../errors/kubernetes';
import type { ScaleChange, Scaling, Target } from '../../provider';
import type { ApiCall } from '../api';
import type { Client, KubeParts } from './client';
import { connect } from './client';
import { keys, pathsIn, processName } from './names';
import { askDeployments, askPods, formationOf, namedPods } from './reading';
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
