import { UserError, isAbort } from '../../../base/errors';
import type { DeployEvent } from '../../event';
import { jobName, keys, pathsIn } from './names';
import { jobOf } from './objects';
import { explainPod, lastLines } from './explain';
import { askOne, askPods, get } from './reading';
import type { Rolling } from './rolling';
import { isCancelled, wantedOf } from './rolling';
import { create, remove } from './sending';
import { cancelled, errorOf, failedBefore, unknownEnd } from './verdict';
import type { Job, Pod } from './wire';
import { readJob, readOne } from './wire';

/**
 * Runs the release command in a Job and waits for it: only its success lets a release go on. Ends without an outcome then, and with one
 * otherwise.
 */
export async function* runGate(rolling: Rolling, command: string): AsyncIterable<DeployEvent> {
  const { parts, client, target, record, signal } = rolling;
  const wanted = {
    ...(await wantedOf(rolling, record)),
    deadline: Math.max(1, Math.round(parts.patience.releaseMs / 1000)),
  };
  const name = jobName(target.app, record.version);
  const path = pathsIn(client.namespace).jobs;
  const isOwn = (text: string): boolean => readOne(text, readJob)?.annotations[keys.deploy] === record.deploy;
  const what = 'run the release command';
  const sent = await create(client, { path, object: jobOf(wanted, command), what }, isOwn, signal);
  if (sent.kind === 'refused') {
    yield* failedBefore(rolling, errorOf(sent.error));
    return;
  }
  if (sent.kind === 'lost') {
    yield await unknownEnd(rolling, `${sent.error.message} Whether its release command runs is not known`);
    return;
  }
  yield* follow(rolling, `${path}/${name}`);
}

async function* follow(rolling: Rolling, path: string): AsyncIterable<DeployEvent> {
  const { parts, client, signal } = rolling;
  let seenAt = parts.now().getTime();
  const began = seenAt;
  for (;;) {
    const job = await look(rolling, path);
    const now = parts.now().getTime();
    if (job) seenAt = now;
    const end = job && endOf(job);
    if (end) {
      yield* conclude(rolling, end);
      return;
    }
    if (await isCancelled(rolling)) {
      await remove(client, path, 'end the release command', signal);
      yield* failedBefore(rolling, cancelled(rolling));
      return;
    }
    if (job === null || now - seenAt >= parts.patience.blindMs) {
      yield await unknownEnd(
        rolling,
        job === null ? 'its release Job was taken away' : 'its release command can’t be looked at',
      );
      return;
    }
    if (now - began >= parts.patience.releaseMs + parts.patience.blindMs) {
      yield await unknownEnd(rolling, 'its release command does not end, and the cluster does not end it');
      return;
    }
    await parts.pause(parts.patience.lookEveryMs, signal);
  }
}

/** Undefined where it can't be asked for, null where it is gone. */
async function look({ client, signal }: Rolling, path: string): Promise<Job | undefined | null> {
  try {
    return (await askOne(client, get('look at the release command', path), readJob, signal)) ?? null;
  } catch (error) {
    if (isAbort(error)) throw error;
    return undefined;
  }
}

interface End {
  readonly isGood: boolean;
  readonly why: string;
}

function endOf({ conditions }: Job): End | undefined {
  const end = conditions.find((one) => one.isTrue && (one.type === 'Complete' || one.type === 'Failed'));
  if (!end) return undefined;
  if (end.type === 'Complete') return { isGood: true, why: '' };
  return {
    isGood: false,
    why: end.reason === 'DeadlineExceeded' ? 'took too long' : 'failed',
  };
}

async function* conclude(rolling: Rolling, { isGood, why }: End): AsyncIterable<DeployEvent> {
  const { client, target, record, signal } = rolling;
  const pod = await podOf(rolling);
  if (isGood) {
    const lines = pod ? await orNothing(lastLines(client, pod, signal)) : [];
    for (const line of lines) yield { type: 'log', text: client.clean(line) };
    return;
  }
  const lines = pod ? await explainPod(client, pod, signal) : [];
  const code = pod?.container.exitCode;
  yield* failedBefore(rolling, {
    code: 'deploy/release-failed',
    message: `The release command of ${target.app} v${record.version} ${why}${code === undefined ? '' : ` (exit code ${code})`}, so nothing of it was rolled out.`,
    lines,
  });
}

async function podOf({ client, target, record, signal }: Rolling): Promise<Pod | undefined> {
  try {
    const pods = await askPods(client, target, 'release', signal);
    return pods.find((one) => one.labels[keys.release] === String(record.version));
  } catch (error) {
    if (isAbort(error) || !(error instanceof UserError)) throw error;
    return undefined;
  }
}

async function orNothing(work: Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await work;
  } catch (error) {
    if (isAbort(error)) throw error;
    return [];
  }
}
