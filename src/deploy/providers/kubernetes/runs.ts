import { isAbort } from '../../../base/errors';
import { noCommand } from '../../errors/empire';
import { noImageYet, runFailed, runNotStarted } from '../../errors/kubernetes';
import type { Target } from '../../provider';
import { linesOf, textOf } from '../lines';
import type { Client, KubeParts } from './client';
import { keys, pathsIn } from './names';
import { runPodOf } from './objects';
import { askDeployments, askOne, askRecords, deployedVersion, get } from './reading';
import { baseOf } from './ready';
import { create, remove } from './sending';
import type { Pod } from './wire';
import { readOne, readPod } from './wire';

/** What a command prints in a pod of its own, with the image and the variables of the release that runs. The pod is taken away at the end. */
export async function* runLines(
  parts: KubeParts,
  target: Target,
  client: Client,
  { command, signal }: { readonly command: string; readonly signal: AbortSignal },
): AsyncIterable<string> {
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
  const object = runPodOf({ app: target.app, record }, name, command);
  const what = `run ${command} for ${target.app}`;
  const isOwn = (text: string): boolean => readOne(text, readPod)?.labels[keys.kind] === 'run';
  const sent = await create(client, { path, object, what }, isOwn, signal);
  if (sent.kind !== 'sure') throw sent.error;
  try {
    await started(parts, client, { path: `${path}/${name}`, command, signal });
    yield* linesUntilEnd(client, `${path}/${name}`, signal);
    await ended(parts, client, { path: `${path}/${name}`, command, signal });
  } finally {
    // Also when nobody waits any longer: the pod would run on and hold variables.
    await remove(client, `${path}/${name}`, `take away the pod ${name}`, AbortSignal.timeout(lastMs)).catch(
      ignoreAbort,
    );
  }
}

const lastMs = 10_000;

function ignoreAbort(error: unknown): void {
  if (!isAbort(error) && !(error instanceof Error && error.name === 'TimeoutError')) throw error;
}

interface Running {
  readonly path: string;
  readonly command: string;
  readonly signal: AbortSignal;
}

async function podAt(client: Client, { path, command, signal }: Running): Promise<Pod> {
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

const isOver = ({ phase, container }: Pod): boolean =>
  phase === 'Succeeded' || phase === 'Failed' || container.state === 'terminated';

async function* linesUntilEnd(client: Client, path: string, signal: AbortSignal): AsyncIterable<string> {
  const { status, body } = await client.open(
    get('show what it prints', `${path}/log?container=app&follow=true`),
    signal,
  );
  if (status !== 200) {
    const call = get('show what it prints', path);
    throw client.refusal({ status, text: await textOf(body) }, call);
  }
  for await (const line of linesOf(body)) yield client.clean(line);
}

/** The log can end a moment before the pod is told to have. */
async function ended(parts: KubeParts, client: Client, running: Running): Promise<void> {
  const began = parts.now().getTime();
  for (;;) {
    const pod = await podAt(client, running);
    if (isOver(pod)) {
      const code = pod.container.exitCode ?? (pod.phase === 'Succeeded' ? 0 : 1);
      if (code !== 0)
        throw runFailed(running.command, code, pod.container.reason === 'Error' ? '' : pod.container.reason);
      return;
    }
    if (parts.now().getTime() - began > parts.patience.blindMs)
      throw runNotStarted(running.command, 'its output ended, and nobody says how it did');
    await parts.pause(parts.patience.lookEveryMs, running.signal);
  }
}
