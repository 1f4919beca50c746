import { isAbort } from '../../../base/errors';
import { noCommand } from '../../errors';
import { noImageYet, runNotStarted } from '../../errors/kubernetes';
import type { Target } from '../../provider';
import type { Client, KubeParts } from './client';
import { keys, pathsIn } from './names';
import { runPodOf } from './objects';
import { askDeployments, askOne, askRecords, deployedVersion, get } from './reading';
import { baseOf } from './ready';
import { create, remove } from './sending';
import type { Pod } from './wire';
import { readOne, readPod } from './wire';

/** A pod of its own for a command, with the image and the variables of the release that runs. */
export interface Running {
  readonly path: string;
  readonly command: string;
  readonly signal: AbortSignal;
}

/** Makes the pod and waits until it runs or is over. `inside` is what it runs: the command, or what waits for it. Who makes it takes it away. */
export async function startPod(
  parts: KubeParts,
  target: Target,
  client: Client,
  run: { readonly command: string; readonly inside: string; readonly signal: AbortSignal },
): Promise<Running> {
  const { command, inside, signal } = run;
  if (command.trim() === '') throw noCommand();
  const [records, deployments] = await Promise.all([
    askRecords(client, target, signal),
    askDeployments(client, target, signal),
  ]);
  const version = deployedVersion(deployments);
  const record = baseOf({ records, deployed: records.find((one) => one.version === version) });
  if (record?.image === undefined) throw noImageYet(target.app);
  const name = `${target.app}-run-${parts.nonce().slice(0, 8).toLowerCase()}`;
  const path = pathsIn(client.namespace).pods;
  const object = runPodOf({ app: target.app, record }, name, inside);
  const what = `run ${command} for ${target.app}`;
  const isOwn = (text: string): boolean => readOne(text, readPod)?.labels[keys.kind] === 'run';
  const sent = await create(client, { path, object, what }, isOwn, signal);
  if (sent.kind !== 'sure') throw sent.error;
  const running = { path: `${path}/${name}`, command, signal };
  try {
    await started(parts, client, running);
  } catch (error) {
    await removePod(client, running);
    throw error;
  }
  return running;
}

/** Also when nobody waits any longer: the pod would run on and hold variables. */
export async function removePod(client: Client, { path }: Pick<Running, 'path'>): Promise<void> {
  const what = `take away the pod ${path.split('/').at(-1) ?? ''}`;
  await remove(client, path, what, AbortSignal.timeout(lastMs)).catch(ignoreAbort);
}

const lastMs = 10_000;

function ignoreAbort(error: unknown): void {
  if (!isAbort(error) && !(error instanceof Error && error.name === 'TimeoutError')) throw error;
}

export async function podAt(client: Client, { path, command, signal }: Running): Promise<Pod> {
  const pod = await askOne(client, get('look at the command', path), readPod, signal);
  if (!pod) throw runNotStarted(command, 'its pod was taken away');
  return pod;
}

async function started(parts: KubeParts, client: Client, running: Running): Promise<void> {
  const began = parts.now().getTime();
  for (;;) {
    const pod = await podAt(client, running);
    if (pod.container.state === 'running' || isOver(pod)) return;
    const isHopeless = /^(InvalidImageName|ErrImageNeverPull|CreateContainerConfigError)$/.test(
      pod.container.reason,
    );
    const waited = parts.now().getTime() - began;
    const unscheduled = pod.conditions.find((one) => one.type === 'PodScheduled' && !one.isTrue);
    const why =
      pod.container.message ||
      pod.container.reason ||
      unscheduled?.message ||
      'the cluster does not start it';
    const isPull = pod.container.reason === 'ImagePullBackOff' && waited >= parts.patience.pullMs;
    if (isHopeless || isPull || waited >= parts.patience.rolloutMs)
      throw runNotStarted(running.command, client.clean(why));
    await parts.pause(parts.patience.lookEveryMs, running.signal);
  }
}

export const isOver = ({ phase, container }: Pod): boolean =>
  phase === 'Succeeded' || phase === 'Failed' || container.state === 'terminated';
