import { UserError, isAbort } from '../../../base/errors';
import type { DeployEvent } from '../../event';
import { meanwhile } from '../../errors/kubernetes';
import { errorOf } from '../outcome';
import { explainPod } from './explain';
import type { Verdict } from './judge';
import { isPullTrouble, judge } from './judge';
import { keys } from './names';
import { addressOf } from './objects';
import { Following } from './following';
import type { Rolling } from './rolling';
import { applyAll, isOvertaken, markAs, objectsOf, prune } from './rolling';
import type { Sent } from './sending';
import { cancelled, failed, unknownEnd } from './verdict';

/**
 * Looks at what was applied until it is known how it ended. `doubt` says why it is not known whether all of it was applied; it is
 * applied again then, which changes nothing where it was.
 */
export async function* watchRollout(rolling: Rolling, doubt: string | undefined): AsyncIterable<DeployEvent> {
  const watching = new Watching(rolling.parts.now, doubt);
  const following = new Following(rolling);
  try {
    for (;;) {
      const verdict = await look(rolling, watching, following);
      if (verdict) yield* tell(verdict, watching);
      const step = await decide(rolling, watching, verdict);
      if (step.kind === 'end') {
        following.close();
        yield* step.events();
        return;
      }
      if (step.kind === 'again') {
        following.forget();
        continue;
      }
      if (verdict?.kind === 'waiting') yield* rolling.clock.enter(watching.furthest(verdict.stage));
      await following.wait();
    }
  } finally {
    following.close();
  }
}

/** What a watch keeps from one look to the next. Times are in milliseconds. */
class Watching {
  readonly #now: () => Date;
  #said = '';
  #stage = 0;
  doubt: string | undefined;
  /** When something was last seen at all, when it last changed, and since when an image is refused. */
  seenAt: number;
  changedAt: number;
  pullSince: number | undefined;
  /** How many looks in a row saw nothing. */
  blind = 0;
  isCancelled = false;

  constructor(now: () => Date, doubt: string | undefined) {
    this.#now = now;
    this.doubt = doubt;
    this.seenAt = this.changedAt = now().getTime();
  }

  get time(): number {
    return this.#now().getTime();
  }

  /** Gives the text where it is new. */
  say(text: string): string | undefined {
    this.seenAt = this.time;
    this.blind = 0;
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
  { parts, target, record }: Rolling,
  watching: Watching,
  following: Following,
): Promise<Verdict | undefined> {
  try {
    const { deployments, pods, isCancelled } = await following.look();
    watching.isCancelled = isCancelled;
    const isRefused = pods.some((one) => isPullTrouble(one));
    watching.pullSince = isRefused ? (watching.pullSince ?? watching.time) : undefined;
    const isPullOver =
      watching.pullSince !== undefined && watching.time - watching.pullSince >= parts.patience.pullMs;
    return judge({ app: target.app, record, deployments, pods, isPullOver });
  } catch (error) {
    if (isAbort(error)) throw error;
    watching.blind++;
    return undefined;
  }
}

function* tell(verdict: Verdict, watching: Watching): Iterable<DeployEvent> {
  const text = watching.say(verdict.kind === 'waiting' ? verdict.text : verdict.kind);
  if (text !== undefined && verdict.kind === 'waiting') yield { type: 'log', text: `${text}.` };
}

type Step =
  | { readonly kind: 'on' }
  /** Without a pause: what was seen was seen before something was done. */
  | { readonly kind: 'again' }
  | { readonly kind: 'end'; events(): AsyncIterable<DeployEvent> };

const end = (events: () => AsyncIterable<DeployEvent>): Step => ({ kind: 'end', events });

async function decide(rolling: Rolling, watching: Watching, verdict: Verdict | undefined): Promise<Step> {
  if (watching.doubt !== undefined && verdict) {
    const again = await applyAgain(rolling);
    if (again?.kind === 'refused') return end(() => failed(rolling, errorOf(again.error)));
    if (!again) {
      watching.doubt = undefined;
      return { kind: 'again' };
    }
  }
  return known(rolling, watching, verdict) ?? given(rolling, watching, verdict);
}

/** What is known of its end. */
function known(rolling: Rolling, watching: Watching, verdict: Verdict | undefined): Step | undefined {
  if (verdict?.kind === 'live' && watching.doubt === undefined) return end(() => live(rolling));
  if (verdict?.kind === 'failed') return end(() => explained(rolling, verdict));
  const isOver = watching.isCancelled && verdict?.kind !== 'overtaken';
  return isOver ? end(() => failed(rolling, cancelled(rolling))) : undefined;
}

function given(rolling: Rolling, watching: Watching, verdict: Verdict | undefined): Step {
  const taken = overtaker(rolling, watching, verdict);
  const why = taken ?? whyNobodyKnows(rolling, watching, verdict);
  if (why === undefined) return { kind: 'on' };
  const code = taken === undefined ? 'deploy/unknown' : 'deploy/superseded';
  return end(async function* () {
    yield await unknownEnd(rolling, why, code);
  });
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

/** Who took over, as a sentence. What was there before is still there where nothing of ours arrived; then nobody did. */
function overtaker(
  { before }: Rolling,
  { doubt }: Watching,
  verdict: Verdict | undefined,
): string | undefined {
  if (verdict?.kind !== 'overtaken') return undefined;
  const isOld =
    doubt !== undefined && before.deployments.some((one) => one.annotations[keys.deploy] === verdict.deploy);
  return isOld ? undefined : `another release of ${verdict.name} took over`;
}

/** How many looks must have seen nothing before nobody knows. */
const leastBlind = 3;

/** Why looking on is of no use; undefined while it is. */
function whyNobodyKnows(
  { parts: { patience } }: Rolling,
  { time, seenAt, blind, changedAt, doubt }: Watching,
  verdict: Verdict | undefined,
): string | undefined {
  // Time alone says nothing: this machine may have slept.
  if (!verdict)
    return blind >= leastBlind && time - seenAt >= patience.blindMs
      ? 'the roll out can’t be looked at'
      : undefined;
  const quiet = time - changedAt;
  if (doubt !== undefined) return quiet >= patience.blindMs ? doubt : undefined;
  if (verdict.kind === 'missing' && quiet >= patience.blindMs)
    return `${verdict.name} is not there though it was applied`;
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

function codeOf(pod: Extract<Verdict, { kind: 'failed' }>['pod']): string {
  if (!pod) return 'deploy/not-rolled-out';
  if (isPullTrouble(pod) || pod.container.reason === 'InvalidImageName') return 'deploy/image-missing';
  return pod.container.restarts > 0 ? 'deploy/crashed' : 'deploy/not-rolled-out';
}
