import { UserError, isAbort } from '../../../base/errors';
import type { DeployEvent } from '../../event';
import { noSuchApp, noSuchRelease } from '../../errors';
import { meanwhile } from '../../errors/kubernetes';
import type { DeployRequest, Target } from '../../provider';
import { StageClock } from '../../stage-clock';
import type { KubeParts } from './client';
import { connect } from './client';
import { explainPod } from './explain';
import { runGate } from './gate';
import type { Verdict } from './judge';
import { isPullTrouble, judge } from './judge';
import { addressOf } from './objects';
import { keys } from './names';
import type { Before } from './ready';
import { askBefore, checkOwners, nextRecord, wantedRelease } from './ready';
import { askDeployments, askPods } from './reading';
import type { Rolling } from './rolling';
import { applyAll, isOvertaken, makeRecord, markAs, objectsOf, prune } from './rolling';
import type { Sent } from './sending';
import { errorOf, failed, unknownEnd } from './verdict';

/**
 * One deploy. What is thrown comes before anything was sent that changes something; from then on every end is told as an outcome.
 * The record of the release is made first: its name is the lock, and what it holds is what runs.
 */
export async function* deployEvents(
  parts: KubeParts,
  target: Target,
  request: DeployRequest,
  signal: AbortSignal,
): AsyncIterable<DeployEvent> {
  const clock = new StageClock(parts.now);
  yield* clock.enter('preflight');
  const wanted = await wantedRelease(parts, target, request);
  const client = await connect(parts, target, signal);
  const before = await askBefore(client, target, signal);
  const record = nextRecord(parts, before, wanted);
  await checkOwners(client, target, { record, before }, signal);
  yield* release({ parts, client, target, before, record, clock, signal }, record.releaseCommand);
}

/** A new release of what an old one ran, with its variables. Its release command is not run again: that of old code could undo what newer code needs. */
export async function* rollbackEvents(
  parts: KubeParts,
  target: Target,
  said: { readonly version: number; readonly message: string | undefined },
  signal: AbortSignal,
): AsyncIterable<DeployEvent> {
  const clock = new StageClock(parts.now);
  yield* clock.enter('preflight');
  const client = await connect(parts, target, signal);
  const before = await askBefore(client, target, signal);
  if (before.records.length === 0) throw noSuchApp(target.app);
  const old = before.records.find((one) => one.version === said.version);
  if (!old || old.image === undefined) throw noSuchRelease(target.app, `v${said.version}`);
  const { version, salt: _salt, deploy: _deploy, createdAt: _at, status: _status, ...rest } = old;
  const description = `Roll back to v${version}${said.message === undefined || said.message.startsWith('Roll back') ? '' : `: ${said.message}`}`;
  const record = nextRecord(parts, before, { ...rest, description });
  await checkOwners(client, target, { record, before }, signal);
  yield* release({ parts, client, target, before, record, clock, signal }, undefined);
}

async function* release(rolling: Rolling, command: string | undefined): AsyncIterable<DeployEvent> {
  const { target, record, clock } = rolling;
  yield* clock.enter('create');
  const made = await makeRecord(rolling);
  if (made.kind !== 'sure') {
    // Nothing runs that was not rolled out, whatever became of the record.
    yield* clock.end('failed');
    const isTaken = made.kind === 'refused' && made.status === 409;
    const { message, ...error } = errorOf(isTaken ? meanwhile(target.app, record.version) : made.error);
    const text = isTaken ? message : `${message} Nothing was rolled out.`;
    yield { type: 'finished', outcome: 'failed', error: { ...error, message: text } };
    return;
  }
  yield { type: 'released', release: record.version };
  if (command !== undefined) {
    yield* clock.enter('release');
    let isOver = false;
    for await (const event of runGate(rolling, command)) {
      yield event;
      isOver ||= event.type === 'finished';
    }
    if (isOver) return;
  }
  yield* rollOut(rolling);
}

async function* rollOut(rolling: Rolling): AsyncIterable<DeployEvent> {
  const { target, record, clock } = rolling;
  yield* clock.enter('boot');
  if (await overtaken(rolling)) {
    yield* clock.end('failed');
    yield {
      type: 'finished',
      outcome: 'failed',
      release: record.version,
      error: {
        code: 'deploy/superseded',
        message: `A newer release of ${target.app} was made before v${record.version} was rolled out, so it was not.`,
        lines: [],
      },
    };
    return;
  }
  const sent = await applyAll(rolling, await objectsOf(rolling, record));
  if (sent?.kind === 'refused') {
    yield* failed(rolling, errorOf(sent.error));
    return;
  }
  await markAs(rolling, 'applied');
  yield* watch(rolling, sent?.kind === 'lost' ? sent.error.message : undefined);
}

/** That it can't be asked is no reason to stop. */
async function overtaken(rolling: Rolling): Promise<boolean> {
  try {
    return await isOvertaken(rolling);
  } catch (error) {
    if (isAbort(error)) throw error;
    return false;
  }
}

/** `doubted`: why it is not known whether all of it was applied; it is applied again then, which changes nothing where it was. */
async function* watch(rolling: Rolling, doubted: string | undefined): AsyncIterable<DeployEvent> {
  let doubt = doubted;
  const { parts, clock } = rolling;
  const { patience } = parts;
  const watching = new Watching(parts.now);
  for (;;) {
    const verdict = await look(rolling, watching);
    if (verdict) yield* tell(verdict, watching);
    if (doubt !== undefined && verdict) {
      const again = await applyAgain(rolling);
      if (again?.kind === 'refused') {
        yield* failed(rolling, errorOf(again.error));
        return;
      }
      // What was seen was seen before.
      if (again === undefined) {
        doubt = undefined;
        continue;
      }
    }
    if (verdict?.kind === 'live' && doubt === undefined) {
      yield* live(rolling);
      return;
    }
    if (verdict?.kind === 'failed') {
      yield* explained(rolling, verdict);
      return;
    }
    const why = hopeless(verdict, watching, { patience, doubt, before: rolling.before });
    if (why !== undefined) {
      yield await unknownEnd(
        rolling,
        why,
        verdict?.kind === 'overtaken' && why !== doubt ? 'deploy/superseded' : 'deploy/unknown',
      );
      return;
    }
    if (verdict?.kind === 'waiting') yield* clock.enter(watching.furthest(verdict.stage));
    await parts.pause(patience.lookEveryMs, rolling.signal);
  }
}

/** Undefined when all of it is sure now. A newer release has the last word. */
async function applyAgain(rolling: Rolling): Promise<Sent | undefined> {
  try {
    if (await isOvertaken(rolling))
      return { kind: 'lost', error: meanwhile(rolling.target.app, rolling.record.version) };
    return await applyAll(rolling, await objectsOf(rolling, rolling.record));
  } catch (error) {
    if (error instanceof UserError) return { kind: 'lost', error };
    throw error;
  }
}

/** What a watch keeps from one look to the next. Times are in milliseconds. */
class Watching {
  readonly #now: () => Date;
  #said = '';
  #stage = 0;
  /** When something was last seen at all, when it last changed, and since when an image is refused. */
  seenAt: number;
  changedAt: number;
  pullSince: number | undefined;

  constructor(now: () => Date) {
    this.#now = now;
    this.seenAt = this.changedAt = now().getTime();
  }

  get time(): number {
    return this.#now().getTime();
  }

  /** Gives the text where it is new. */
  say(text: string): string | undefined {
    this.seenAt = this.time;
    if (text === this.#said) return undefined;
    this.#said = text;
    this.changedAt = this.time;
    return text;
  }

  /** Stages do not go back, though a process may. */
  furthest(stage: 'boot' | 'health' | 'drain'): 'boot' | 'health' | 'drain' {
    const stages = ['boot', 'health', 'drain'] as const;
    this.#stage = Math.max(this.#stage, stages.indexOf(stage));
    return stages[this.#stage] ?? stage;
  }
}

/** Undefined where it can't be looked at just now. */
async function look(
  { parts, client, target, record, signal }: Rolling,
  watching: Watching,
): Promise<Verdict | undefined> {
  try {
    const [deployments, all] = await Promise.all([
      askDeployments(client, target, signal),
      askPods(client, target, 'process', signal),
    ]);
    const isRefused = all.some((one) => isPullTrouble(one));
    watching.pullSince = isRefused ? (watching.pullSince ?? watching.time) : undefined;
    const isPullOver =
      watching.pullSince !== undefined && watching.time - watching.pullSince >= parts.patience.pullMs;
    return judge({ app: target.app, record, deployments, pods: all, isPullOver });
  } catch (error) {
    if (isAbort(error)) throw error;
    return undefined;
  }
}

function* tell(verdict: Verdict, watching: Watching): Iterable<DeployEvent> {
  const text = watching.say(verdict.kind === 'waiting' ? verdict.text : verdict.kind);
  if (text !== undefined && verdict.kind === 'waiting') yield { type: 'log', text: `${text}.` };
}

interface Limits {
  readonly before: Before;
  readonly patience: KubeParts['patience'];
  readonly doubt: string | undefined;
}

/** Why looking on is of no use; undefined while it is. */
function hopeless(
  verdict: Verdict | undefined,
  watching: Watching,
  { patience, doubt, before }: Limits,
): string | undefined {
  if (verdict?.kind === 'overtaken') {
    // What was there before is still there where nothing of ours arrived.
    const isOld =
      doubt !== undefined &&
      before.deployments.some((one) => one.annotations[keys.deploy] === verdict.deploy);
    if (!isOld) return `another release of ${verdict.name} took over`;
  }
  const isBlind = watching.time - watching.seenAt >= patience.blindMs;
  if (verdict === undefined) return isBlind ? 'the roll out can’t be looked at' : undefined;
  const quiet = watching.time - watching.changedAt;
  if (verdict.kind === 'missing' && quiet >= patience.blindMs)
    return doubt ?? `${verdict.name} is not there though it was applied`;
  if (doubt !== undefined && quiet >= patience.blindMs) return doubt;
  return quiet >= patience.rolloutMs + patience.blindMs ? 'the cluster does nothing about it' : undefined;
}

async function* live(rolling: Rolling): AsyncIterable<DeployEvent> {
  const { clock, record, target } = rolling;
  yield* prune(rolling);
  await markAs(rolling, 'live');
  yield* clock.end('done');
  yield { type: 'finished', outcome: 'live', release: record.version, ...addressOf(target.environment) };
}

async function* explained(
  rolling: Rolling,
  { why, pod }: Extract<Verdict, { kind: 'failed' }>,
): AsyncIterable<DeployEvent> {
  const { client, target, record, signal } = rolling;
  const lines = pod ? await explainPod(client, pod, signal) : [];
  yield* failed(rolling, {
    code: codeOf(pod),
    message: `${target.app} v${record.version} could not be rolled out, because ${client.clean(why).replace(/\.$/, '')}.`,
    lines,
  });
}

function codeOf(pod: Extract<Verdict, { kind: 'failed' }>['pod']): ReleaseCode {
  if (!pod) return 'deploy/not-rolled-out';
  if (isPullTrouble(pod) || pod.container.reason === 'InvalidImageName') return 'deploy/image-missing';
  return pod.container.restarts > 0 ? 'deploy/crashed' : 'deploy/not-rolled-out';
}

type ReleaseCode = 'deploy/not-rolled-out' | 'deploy/image-missing' | 'deploy/crashed';
