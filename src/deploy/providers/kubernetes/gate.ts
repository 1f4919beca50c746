import { UserError, isAbort } from '../../../base/errors';
import type { DeployEvent } from '../../event';
import { errorOf } from '../outcome';
import { jobName, keys, pathsIn } from './names';
import { jobOf } from './objects';
import { explainPod, newLines } from './explain';
import { askOne, askPods, get } from './reading';
import type { Rolling } from './rolling';
import { isCancelled, wantedOf } from './rolling';
import { create, remove } from './sending';
import { cancelled, failedBefore, unknownEnd } from './verdict';
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
  const began = parts.now().getTime();
  const output = new Output(rolling);
  let seenAt = began;
  for (;;) {
    const job = await look(rolling, path);
    const now = parts.now().getTime();
    if (job) seenAt = now;
    const end = job && endOf(job);
    yield* output.more(end !== undefined);
    if (end) {
      if (!end.isGood) yield* refused(rolling, end);
      return;
    }
    if (await isCancelled(rolling)) {
      await remove(client, path, 'end the release command', signal);
      yield* failedBefore(rolling, cancelled(rolling));
      return;
    }
    const why = whyNobodyKnows(parts, job, { blind: now - seenAt, all: now - began });
    if (why !== undefined) {
      yield await unknownEnd(rolling, why);
      return;
    }
    await parts.pause(parts.patience.lookEveryMs, signal);
  }
}

/** Times are in milliseconds. */
function whyNobodyKnows(
  { patience }: Rolling['parts'],
  job: Job | undefined | null,
  { blind, all }: { readonly blind: number; readonly all: number },
): string | undefined {
  if (job === null) return 'its release Job was taken away';
  if (blind >= patience.blindMs) return 'its release command can’t be looked at';
  const isLate = all >= patience.releaseMs + patience.blindMs;
  return isLate ? 'its release command does not end, and the cluster does not end it' : undefined;
}

/** What the command prints, as it comes. */
class Output {
  readonly #rolling: Rolling;
  #told = 0;

  constructor(rolling: Rolling) {
    this.#rolling = rolling;
  }

  /** The last line may be half a line, so it waits until the end. */
  async *more(isOver: boolean): AsyncIterable<DeployEvent> {
    const { client, signal } = this.#rolling;
    const pod = await podOf(this.#rolling);
    if (!pod || pod.container.state === 'none' || pod.container.state === 'waiting') return;
    const lines = await newLines(client, pod.name, this.#told, signal);
    for (const line of isOver ? lines : lines.slice(0, -1)) {
      this.#told++;
      yield { type: 'log', text: client.clean(line) };
    }
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

async function* refused(rolling: Rolling, { why }: End): AsyncIterable<DeployEvent> {
  const { client, target, record, signal } = rolling;
  const pod = await podOf(rolling);
  const code = pod?.container.exitCode;
  yield* failedBefore(rolling, {
    code: 'deploy/release-failed',
    message: `The release command of ${target.app} v${record.version} ${why}${code === undefined ? '' : ` (exit code ${code})`}, so nothing of it was rolled out.`,
    lines: pod ? await explainPod(client, pod, signal) : [],
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
