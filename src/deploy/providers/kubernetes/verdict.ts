import { isAbort } from '../../../base/errors';
import type { DeployError, DeployEvent } from '../../event';
import { orUndefined, unknownEndOf } from '../outcome';
import { pathsIn, processName, keys } from './names';
import { askDeployments, askPods, askReleases, namedPods, processOf } from './reading';
import type { Rolling } from './rolling';
import { applyAll, markAs, objectsOf } from './rolling';
import { nameOf, remove } from './sending';

/** A failure before anything was rolled out. */
export async function* failedBefore(rolling: Rolling, error: DeployError): AsyncIterable<DeployEvent> {
  yield* rolling.clock.end('failed');
  await markAs(rolling, 'failed');
  yield finished(rolling, error, { isSure: true, text: tellServing(rolling) });
}

/** A failure that is known. What was rolled out of it is put back first, so that it stays failed; where that can't be, nobody knows. */
export async function* failed(rolling: Rolling, error: DeployError): AsyncIterable<DeployEvent> {
  const back = await putBack(rolling);
  if (back.isSure) yield* rolling.clock.end('failed');
  await markAs(rolling, 'failed');
  yield finished(rolling, error, back);
}

function finished({ record }: Rolling, error: DeployError, back: Back): DeployEvent {
  const { code, message, lines, fix } = error;
  return {
    type: 'finished',
    outcome: back.isSure ? 'failed' : 'unknown',
    release: record.version,
    error: { code, message: `${message} ${back.text}`, lines, ...(fix ? { fix } : {}) },
  };
}

/** Whether the cluster does not go on with it, and a sentence about that. */
interface Back {
  readonly isSure: boolean;
  readonly text: string;
}

const tellServing = ({ before: { deployed } }: Rolling): string =>
  deployed ? `v${deployed.version} goes on serving.` : 'Nothing of it was left running.';

/** The release before again, as it was; where there was none, nothing. */
async function putBack(rolling: Rolling): Promise<Back> {
  const { client, target, record, signal, before } = rolling;
  try {
    const now = await askDeployments(client, target, signal);
    const own = now.filter((one) => one.annotations[keys.deploy] === record.deploy).map(({ name }) => name);
    const error = (await applyBefore(rolling, own)) ?? (await removeNew(rolling, own));
    if (error) return couldNot(error.message, before.deployed?.version);
    await settled(rolling);
    return { isSure: true, text: tellServing(rolling) };
  } catch (error) {
    if (isAbort(error) || !(error instanceof Error)) throw error;
    return couldNot(error.message, before.deployed?.version);
  }
}

/** Waits a moment until the cluster has taken its pods away, so that who looks next does not see them crash. It is no matter if it has not. */
async function settled({ parts, client, target, record, signal }: Rolling): Promise<void> {
  const end = parts.now().getTime() + parts.patience.settleMs;
  while (parts.now().getTime() < end) {
    await parts.pause(parts.patience.lookEveryMs, signal);
    const [, pods] = await Promise.all([
      orUndefined(askDeployments(client, target, signal)),
      orUndefined(askPods(client, target, 'process', signal)),
    ]);
    if (!pods?.some((one) => one.labels[keys.release] === String(record.version) && !one.isGoing)) return;
  }
}

async function applyBefore(rolling: Rolling, own: readonly string[]): Promise<Error | undefined> {
  const { deployed } = rolling.before;
  if (!deployed || own.length === 0) return undefined;
  const objects = await objectsOf(rolling, deployed);
  const sent = await applyAll(
    rolling,
    objects.filter((one) => nameOf(one).kind !== 'Deployment' || own.includes(nameOf(one).name)),
  );
  return sent && sent.kind !== 'sure' ? sent.error : undefined;
}

/** Processes that the release before did not have. */
async function removeNew(
  { client, target, signal, before }: Rolling,
  own: readonly string[],
): Promise<Error | undefined> {
  const keep = (before.deployed?.processes ?? []).map(({ type }) => processName(target.app, type));
  for (const name of own.filter((one) => !keep.includes(one))) {
    const path = `${pathsIn(client.namespace).deployments}/${name}`;
    const error = await remove(client, path, `take away the Deployment ${name}`, signal);
    if (error) return error;
  }
  return undefined;
}

function couldNot(why: string, version: number | undefined): Back {
  const then = version === undefined ? 'take it away by hand' : `roll back to v${version}`;
  const text = `It could not be put back, so the cluster may still try it: ${why.replace(/\.$/, '')}; ${then}.`;
  return { isSure: false, text };
}

/** Somebody wanted it to end. */
export const cancelled = ({ target, record }: Rolling): DeployError => ({
  code: 'deploy/cancelled',
  message: `The deploy of ${target.app} v${record.version} was cancelled.`,
  lines: [],
});

/** The end is not known: says what is, and what made it so. */
export async function unknownEnd(
  rolling: Rolling,
  why: string,
  code: 'deploy/unknown' | 'deploy/superseded' = 'deploy/unknown',
): Promise<DeployEvent> {
  const { target, record, before, client, signal } = rolling;
  const [releases, processes] = await Promise.all([
    orUndefined(askReleases(client, target, signal)),
    orUndefined(askPods(client, target, 'process', signal)),
  ]);
  const seen = {
    before: before.records[0]?.version,
    releases,
    processes: processes && namedPods(processes).map(processOf),
  };
  return unknownEndOf({ target, release: record.version, why: why.replace(/\.$/, ''), seen, code });
}
