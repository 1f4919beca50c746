import { keys, processName } from './names';
import type { ReleaseRecord } from './record';
import type { Deployment, Pod } from './wire';

/** How a roll out stands, of what was seen in one look. */
export type Verdict =
  | { readonly kind: 'live' }
  | { readonly kind: 'waiting'; readonly stage: 'boot' | 'health' | 'drain'; readonly text: string }
  /** It can't go well any more; `pod` is the one that shows why. */
  | { readonly kind: 'failed'; readonly why: string; readonly pod?: Pod }
  /** Somebody else's release stands there. */
  | { readonly kind: 'overtaken'; readonly name: string; readonly deploy: string }
  /** What we applied is not there. */
  | { readonly kind: 'missing'; readonly name: string };

export interface Look {
  readonly app: string;
  readonly record: ReleaseRecord;
  readonly deployments: readonly Deployment[];
  readonly pods: readonly Pod[];
  /** Whether the image was refused for so long that it counts. */
  readonly isPullOver: boolean;
}

/** Each process of the release has as many pods of it serving as it shall have, and nothing older is left. */
export function judge(look: Look): Verdict {
  const waiting: Extract<Verdict, { kind: 'waiting' }>[] = [];
  for (const { type } of look.record.processes) {
    const name = processName(look.app, type);
    const deployment = look.deployments.find((one) => one.name === name);
    if (!deployment) return { kind: 'missing', name };
    const verdict = judgeOne(look, type, deployment);
    if (verdict.kind === 'waiting') waiting.push(verdict);
    else if (verdict.kind !== 'live') return verdict;
  }
  const [first] = waiting.toSorted((a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage));
  return first ? { ...first, text: waiting.map((one) => one.text).join(', ') } : { kind: 'live' };
}

const stages = ['boot', 'health', 'drain'];

function judgeOne(look: Look, type: string, deployment: Deployment): Verdict {
  const { record } = look;
  const deploy = deployment.annotations[keys.deploy] ?? '';
  if (deploy !== record.deploy) return { kind: 'overtaken', name: deployment.name, deploy };
  // Until the controller has seen the change, all else it says is of the one before.
  if (deployment.observed < deployment.generation)
    return { kind: 'waiting', stage: 'boot', text: `${type} has not begun yet` };
  const pods = look.pods.filter(
    (one) =>
      one.labels[keys.process] === type &&
      one.labels[keys.release] === String(record.version) &&
      !one.isGoing,
  );
  return (
    brokenPod(pods, look.isPullOver) ?? brokenRollout(deployment, pods) ?? progress(type, deployment, pods)
  );
}

/** What does not heal by itself. */
const hopeless = new Set(['InvalidImageName', 'ErrImageNeverPull', 'CreateContainerConfigError']);
export const isPullTrouble = ({ container }: Pod): boolean =>
  container.reason === 'ImagePullBackOff' || container.reason === 'ErrImagePull';
/** A process that ended so often at its start will not stay. */
const mostRestarts = 3;

function brokenPod(pods: readonly Pod[], isPullOver: boolean): Verdict | undefined {
  for (const pod of pods) {
    const { container } = pod;
    if (hopeless.has(container.reason))
      return { kind: 'failed', why: `${nameOf(pod)} could not be started (${container.reason})`, pod };
    if (isPullOver && isPullTrouble(pod))
      return { kind: 'failed', why: 'its image could not be pulled', pod };
    if (container.restarts >= mostRestarts && !pod.isReady)
      return { kind: 'failed', why: `${nameOf(pod)} ${howEnded(container)}`, pod };
  }
  return undefined;
}

/** The process that a pod is of. */
const nameOf = ({ labels }: Pod): string => labels[keys.process] ?? 'it';

function howEnded({ restarts, last }: Pod['container']): string {
  const how =
    last === undefined
      ? ''
      : ` (${[last.reason === 'Error' ? '' : last.reason, `exit code ${last.exitCode ?? '?'}`].filter(Boolean).join(', ')})`;
  return `ended ${restarts} times after it was started${how}`;
}

function brokenRollout({ conditions, replicas }: Deployment, pods: readonly Pod[]): Verdict | undefined {
  const progressing = conditions.find((one) => one.type === 'Progressing');
  if (progressing?.reason !== 'ProgressDeadlineExceeded' || replicas === 0) return undefined;
  const bad = pods.find((one) => !one.isReady);
  const failure = conditions.find((one) => one.type === 'ReplicaFailure' && one.isTrue);
  const why = failure ? failure.message : 'it made no progress for too long';
  return { kind: 'failed', why, ...(bad ? { pod: bad } : {}) };
}

function progress(
  type: string,
  { replicas, updated, available, all }: Deployment,
  pods: readonly Pod[],
): Verdict {
  const started = pods.filter((one) => one.container.state === 'running').length;
  const ready = pods.filter((one) => one.isReady).length;
  if (updated < replicas || started < replicas)
    return { kind: 'waiting', stage: 'boot', text: `${started} of ${replicas} ${type} started` };
  if (ready < replicas)
    return { kind: 'waiting', stage: 'health', text: `${ready} of ${replicas} ${type} ready` };
  if (all > updated) return { kind: 'waiting', stage: 'drain', text: `${all - updated} older ${type} left` };
  // All that is left is new, so what serves is new too.
  if (available < updated)
    return { kind: 'waiting', stage: 'health', text: `${available} of ${replicas} ${type} serve` };
  return { kind: 'live' };
}
