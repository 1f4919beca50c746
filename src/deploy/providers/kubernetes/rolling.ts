import { isAbort } from '../../../base/errors';
import type { DeployEvent } from '../../event';
import type { Target } from '../../provider';
import type { StageClock } from '../../stage-clock';
import type { Client, KubeParts } from './client';
import { askOne, askRecords, get } from './reading';
import { keys, pathsIn, processName, recordName } from './names';
import type { Wanted } from './objects';
import { deploymentOf, ingressOf, serviceOf } from './objects';
import type { Before } from './ready';
import type { ReleaseRecord } from './record';
import { configHash } from './record';
import { readSecret } from './wire';
import { apply, createRecord, mark, remove } from './sending';
import type { Sent } from './sending';

/** A release that is being made. */
export interface Rolling {
  readonly parts: KubeParts;
  readonly client: Client;
  readonly target: Target;
  readonly before: Before;
  readonly record: ReleaseRecord;
  readonly clock: StageClock;
  readonly signal: AbortSignal;
}

export async function wantedOf(
  { parts, target }: Pick<Rolling, 'parts' | 'target'>,
  record: ReleaseRecord,
): Promise<Wanted> {
  const { app, environment } = target;
  const deadline = Math.max(1, Math.round(parts.patience.rolloutMs / 1000));
  return { app, environment, record, hash: await configHash(record), deadline };
}

/** Everything that a release is, but for its record and its Job; what leads to the processes comes last. */
export async function objectsOf(
  rolling: Pick<Rolling, 'parts' | 'target'>,
  record: ReleaseRecord,
): Promise<readonly object[]> {
  const wanted = await wantedOf(rolling, record);
  const hasWeb = record.processes.some(({ type }) => type === 'web');
  const ingress = hasWeb ? ingressOf(wanted) : undefined;
  return [
    ...record.processes.map((one) => deploymentOf(wanted, one)),
    ...(hasWeb ? [serviceOf(wanted)] : []),
    ...(ingress ? [ingress] : []),
  ];
}

export const makeRecord = ({ client, target, record, signal }: Rolling): Promise<Sent> =>
  createRecord(client, target.app, record, { signal });

/** Whether a newer release was made since: it has the last word then. */
export async function isOvertaken({ client, target, record, signal }: Rolling): Promise<boolean> {
  const [newest] = await askRecords(client, target, signal);
  return newest !== undefined && newest.version > record.version;
}

/** Whether somebody wants this deploy to end. That it can't be asked for is no yes. */
export async function isCancelled({ client, target, record, signal }: Rolling): Promise<boolean> {
  const path = `${pathsIn(client.namespace).secrets}/${recordName(target.app, record.version)}`;
  try {
    const secret = await askOne(client, get('look at the release', path), readSecret, signal);
    return secret?.annotations[keys.cancel] !== undefined;
  } catch (error) {
    if (isAbort(error)) throw error;
    return false;
  }
}

/** Applies one after the other; the first that is not sure ends it. */
export async function applyAll(rolling: Rolling, objects: readonly object[]): Promise<Sent | undefined> {
  for (const object of objects) {
    const sent = await apply(rolling.client, object, { isDry: false }, rolling.signal);
    if (sent.kind !== 'sure') return sent;
  }
  return undefined;
}

export const markAs = (
  { client, target, record, signal }: Rolling,
  status: ReleaseRecord['status'],
): Promise<void> => mark(client, target.app, { version: record.version, status }, signal);

/** Takes away the processes that the release has no more. Says what could not be. */
export async function* prune({
  client,
  target,
  record,
  before,
  signal,
}: Rolling): AsyncIterable<DeployEvent> {
  const wanted = new Set(record.processes.map(({ type }) => processName(target.app, type)));
  for (const { name } of before.deployments.filter((one) => !wanted.has(one.name))) {
    const path = `${pathsIn(client.namespace).deployments}/${name}`;
    const error = await remove(client, path, `take away the Deployment ${name}`, signal);
    yield {
      type: 'log',
      text: error ? error.message : `${name} is in the Procfile no more and was taken away.`,
    };
  }
  yield* pruneRecords({ client, target, before, signal });
}

/** How many releases are kept. */
const kept = 50;

async function* pruneRecords({
  client,
  target,
  before,
  signal,
}: Pick<Rolling, 'client' | 'target' | 'before' | 'signal'>): AsyncIterable<DeployEvent> {
  for (const { version } of before.records.slice(kept)) {
    if (before.deployed?.version === version) continue;
    const path = `${pathsIn(client.namespace).secrets}/${recordName(target.app, version)}`;
    const error = await remove(client, path, `forget release v${version}`, signal);
    if (error) yield { type: 'log', text: error.message };
  }
}
