import { UserError, isAbort } from '../../../base/errors';
import type { DeployError, DeployEvent } from '../../event';
import type { Target } from '../../provider';
import { StageClock } from '../../stage-clock';
import type { Client, KubeParts } from './client';
import { connect } from './client';
import type { Verdict } from './judge';
import { judge } from './judge';
import { addressOf } from './objects';
import { askDeployments, askPods, askRecords } from './reading';
import type { ReleaseRecord } from './record';

/**
 * Looks on while somebody deploys, in this window before it was loaded anew or on another machine. It changes nothing: whoever began the
 * deploy says at its record how it fared, and the cluster shows it. Ends at once where there is no such deploy.
 */
export async function* attachEvents(
  parts: KubeParts,
  target: Target,
  deploy: string,
  signal: AbortSignal,
): AsyncIterable<DeployEvent> {
  const client = await connect(parts, target, signal);
  const first = (await askRecords(client, target, signal)).find((one) => one.deploy === deploy);
  if (!first) return;
  yield { type: 'released', release: first.version };
  yield { type: 'started', deploy };
  yield* lookOn({ parts, client, target, deploy, signal }, first.version);
}

interface Looking {
  readonly parts: KubeParts;
  readonly client: Client;
  readonly target: Target;
  readonly deploy: string;
  readonly signal: AbortSignal;
}

async function* lookOn(looking: Looking, version: number): AsyncIterable<DeployEvent> {
  const { parts, target, signal } = looking;
  const clock = new StageClock(parts.now);
  const time = (): number => parts.now().getTime();
  let said = '';
  let changedAt = time();
  for (;;) {
    const seen = await see(looking);
    const end = seen && endOf(target, version, seen);
    if (end) {
      if (end.outcome !== 'unknown') yield* clock.end(end.outcome === 'live' ? 'done' : 'failed');
      yield end;
      return;
    }
    const now = seen === undefined ? said : textOf(seen);
    if (now !== said) changedAt = time();
    said = now;
    if (seen) yield* clock.enter(stageOf(seen));
    if (time() - changedAt >= longest(parts, seen)) {
      yield unknown(target, version, 'nothing is heard of whoever began it');
      return;
    }
    await parts.pause(parts.patience.lookEveryMs, signal);
  }
}

interface Seen {
  readonly record: ReleaseRecord | undefined;
  readonly isNewest: boolean;
  readonly verdict: Verdict;
}

/** Undefined where it can't be looked at just now. */
async function see({ client, target, deploy, signal }: Looking): Promise<Seen | undefined> {
  try {
    const [records, deployments, pods] = await Promise.all([
      askRecords(client, target, signal),
      askDeployments(client, target, signal),
      askPods(client, target, 'process', signal),
    ]);
    const record = records.find((one) => one.deploy === deploy);
    const verdict: Verdict = record
      ? judge({ app: target.app, record, deployments, pods, isPullOver: false })
      : { kind: 'missing', name: target.app };
    return { record, isNewest: records[0] === record, verdict };
  } catch (error) {
    if (isAbort(error) || !(error instanceof UserError)) throw error;
    return undefined;
  }
}

type Finished = Extract<DeployEvent, { type: 'finished' }>;

/** Undefined while it goes on. What the record says was seen by those who watched; what runs is seen here. */
function endOf(target: Target, version: number, { record, isNewest, verdict }: Seen): Finished | undefined {
  const isLive = record?.status === 'live' || (record?.status === 'rolling' && verdict.kind === 'live');
  if (isLive)
    return { type: 'finished', outcome: 'live', release: version, ...addressOf(target.environment) };
  if (record?.status === 'failed')
    return { type: 'finished', outcome: 'failed', release: version, error: failure(target, version) };
  if (!record) return unknown(target, version, 'its record was taken away');
  return isNewest ? undefined : unknown(target, version, 'a newer release was made');
}

const failure = ({ app }: Target, version: number): DeployError => ({
  code: 'deploy/failed',
  message: `${app} v${version} failed, and does not serve; whoever began the deploy was told why.`,
  lines: [],
});

const unknown = ({ app, environment }: Target, release: number, why: string): Finished => ({
  type: 'finished',
  outcome: 'unknown',
  release,
  error: {
    code: 'deploy/unknown',
    message: `It is not known how the deploy of ${app} v${release} ended, because ${why}.`,
    lines: [],
    fix: { kind: 'hint', label: `Look at what runs: servicewright ps --to ${environment.name}.` },
  },
});

const textOf = ({ record, verdict }: Seen): string =>
  `${record?.status ?? ''} ${verdict.kind === 'waiting' ? verdict.text : verdict.kind}`;

function stageOf({ record, verdict }: Seen): 'release' | 'boot' | 'health' | 'drain' {
  if (record?.status === 'created') return 'release';
  return verdict.kind === 'waiting' ? verdict.stage : 'boot';
}

/** How long nothing may change, in milliseconds: a release command may take its time, and so may a cluster. */
function longest({ patience }: KubeParts, seen: Seen | undefined): number {
  if (!seen) return patience.blindMs;
  return (seen.record?.status === 'created' ? patience.releaseMs : patience.rolloutMs) + patience.blindMs;
}
