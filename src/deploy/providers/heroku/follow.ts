import { UserError } from '../../../base/errors';
import type { DeployEvent } from '../../event';
import type { StageClock } from '../../stage-clock';
import type { Place } from './output';
import { outputLines } from './output';
import { askBuild, askRelease, orUndefined } from './reading';
import type { Deploying } from './verdict';
import { attempt, failed, unknownEnd } from './verdict';
import { toldEvents } from './told';
import { watchDynos } from './watch';
import type { Build, HerokuRelease } from './wire';

/** Lines that explain a failure. */
const linesKept = 40;

/** Everything of a build and what comes after it, to the end. */
export async function* followBuild(
  deploying: Deploying,
  first: Build,
  clock: StageClock,
): AsyncIterable<DeployEvent> {
  const { client, target, signal } = deploying;
  yield { type: 'started', deploy: first.id };
  if (client.own && first.events !== undefined && (yield* toldEvents(deploying, first.events, clock))) return;
  yield* clock.enter('build');
  const following = followingOf(first, () => askBuild(client, target, first.id, signal));
  yield* shown(deploying, following);
  const build = await settled(deploying, following);
  // The last lines say why, also where the connection was gone while they came.
  if (build) yield* shown(deploying, following);
  const { tail } = following;
  if (build?.status === 'failed') {
    yield* clock.end('failed');
    yield buildFailed(deploying, first.id, tail);
    return;
  }
  const release = build?.status === 'succeeded' ? await releaseOf(deploying, build) : undefined;
  if (!release) {
    const why =
      build?.status === 'succeeded'
        ? 'its build went well but no release turned up'
        : `${deploying.parts.title} no longer told how its build goes`;
    yield await unknownEnd(deploying, undefined, why);
    return;
  }
  yield* followRelease(deploying, release, clock, first.id);
}

/** Everything of a release that exists, to the end; with the build that it came of, where that is known. */
export async function* followRelease(
  deploying: Deploying,
  first: HerokuRelease,
  clock: StageClock,
  build?: string,
): AsyncIterable<DeployEvent> {
  const { client, target, signal } = deploying;
  const { version } = first;
  if (client.own && first.events !== undefined && (yield* toldEvents(deploying, first.events, clock))) return;
  yield { type: 'released', release: version };
  const following = followingOf(first, () => askRelease(client, target, first.id, signal));
  // What was over before it was looked at has no release command to wait for, but what it printed is worth showing.
  if (first.standing === 'pending' || first.output !== undefined) {
    yield* clock.enter('release');
    yield* shown(deploying, following);
  }
  const release = await settled(deploying, following);
  if (release && first.standing === 'pending') yield* shown(deploying, following);
  if (release?.standing === 'succeeded') {
    yield* clock.enter('boot');
    yield* watchDynos(deploying, version, clock);
    return;
  }
  if (release?.standing === 'failed') {
    yield* clock.end('failed');
    yield releaseFailed(deploying, { version, build }, following.tail);
    return;
  }
  yield await unknownEnd(
    deploying,
    version,
    `${deploying.parts.title} no longer told how the release command of v${version} goes`,
  );
}

/** A build or a release on its way. */
interface Following<T> {
  readonly first: T;
  ask(): Promise<T | undefined>;
  readonly place: Place;
  /** Its last lines. */
  readonly tail: string[];
}

const followingOf = <T>(first: T, ask: () => Promise<T | undefined>): Following<T> => ({
  first,
  ask,
  place: { bytes: 0, chars: 0, isWhole: false },
  tail: [],
});

const standingOf = (one: Build | HerokuRelease): Build['status'] =>
  'standing' in one ? one.standing : one.status;

/** What a build or a release prints, while it does; nothing when all of it was shown. */
async function* shown<T extends Build | HerokuRelease>(
  { parts, client, signal }: Deploying,
  { first, ask, place, tail }: Following<T>,
): AsyncIterable<DeployEvent> {
  for (const text of client.warnings()) yield { type: 'log', text: `${parts.title} warns: ${text}` };
  const url = first.output ?? (await orUndefined(ask()))?.output;
  if (url === undefined || place.isWhole) return;
  const isOver = async (): Promise<boolean> => {
    const now = await orUndefined(ask());
    return now !== undefined && standingOf(now) !== 'pending';
  };
  for await (const text of outputLines({ parts, client, url, isOver, place, signal })) {
    yield { type: 'log', text };
    if (text.trim() === '') continue;
    tail.push(text);
    if (tail.length > linesKept) tail.shift();
  }
}

/** What may be answered again after a while: a line that is down, a server that is. */
const passing = new Set([
  'deploy/connection-lost',
  'deploy/no-answer',
  'deploy/server-failed',
  'deploy/rate-limited',
  'deploy/unreachable',
  'deploy/not-the-api',
]);

/** It when it is no longer pending; undefined when that can't be told, or was not for long. */
async function settled<T extends Build | HerokuRelease>(
  { parts, client, signal }: Deploying,
  { first, ask }: Following<T>,
): Promise<T | undefined> {
  if (standingOf(first) !== 'pending') return first;
  const { pollMs, buildMs, silentMs } = parts.patience;
  const began = parts.now().getTime();
  for (let heard = began; ;) {
    const now = await attempt(ask());
    const isAnswer = !(now instanceof UserError) && now.value !== undefined;
    if (isAnswer && now.value && standingOf(now.value) !== 'pending') return now.value;
    if (now instanceof UserError && !passing.has(now.code)) return undefined;
    const time = parts.now().getTime();
    if (isAnswer) heard = time;
    if (time - heard >= silentMs || time - began >= buildMs) return undefined;
    await parts.pause(pollMs * client.slowness(), signal);
  }
}

/** The release of a build that went well: it comes a moment later. */
export async function releaseOf(
  { parts, client, target, signal }: Deploying,
  build: Pick<Build, 'id' | 'release'>,
): Promise<HerokuRelease | undefined> {
  const deadline = parts.now().getTime() + parts.patience.releaseMs;
  for (let id = build.release; ;) {
    id ??= (await orUndefined(askBuild(client, target, build.id, signal)))?.release;
    const found = id === undefined ? undefined : await orUndefined(askRelease(client, target, id, signal));
    if (found || parts.now().getTime() >= deadline) return found;
    await parts.pause(parts.patience.pollMs * client.slowness(), signal);
  }
}

/** Builds, and releases as `orders v12`, that were cancelled from here; Heroku calls them failed. */
export const cancelled = new Set<string>();

function buildFailed(
  { parts, target, before }: Deploying,
  id: string,
  lines: readonly string[],
): DeployEvent {
  const stays = before === undefined ? 'No release was made.' : 'The release before goes on.';
  if (cancelled.has(id))
    return failed({
      code: 'deploy/cancelled',
      message: `The deploy of ${target.app} was cancelled while it was built. ${stays}`,
      lines,
    });
  return failed({
    code: 'deploy/build-failed',
    message: `${parts.title} could not build ${target.app}; the last lines of the build say why. ${stays}`,
    lines,
  });
}

interface Ended {
  readonly version: number;
  readonly build: string | undefined;
}

function releaseFailed(
  { target }: Deploying,
  { version, build = '' }: Ended,
  lines: readonly string[],
): DeployEvent {
  const name = `v${version}`;
  // The cancel of a build may arrive when that is over and its release under way: it ends that.
  if (cancelled.has(`${target.app} ${name}`) || cancelled.has(build))
    return failed({
      code: 'deploy/cancelled',
      message: `The deploy of ${target.app} was cancelled while the release command of ${name} ran. The release before goes on.`,
      lines,
      release: version,
    });
  return failed({
    code: 'deploy/release-failed',
    message: `The release command of ${target.app} ${name} failed; its last lines say why. The release before goes on.`,
    lines,
    release: version,
  });
}
