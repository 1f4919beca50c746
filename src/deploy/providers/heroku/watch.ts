import type { DeployEvent } from '../../event';
import type { Formation, Process } from '../../provider';
import type { StageClock } from '../../stage-clock';
import { looked } from './logs';
import { askApp, askFormation, askProcesses, isOneOff, orUndefined } from './reading';
import type { Deploying } from './verdict';
import { failed, unknownEnd } from './verdict';
import type { AppFacts } from './wire';

/** A dyno that crashed is started once more at once; one that is seen crashed so often in a row stays so for minutes. */
const crashesSeen = 3;

/** Live is what was seen to run the new release with nothing older beside it, and to answer where it says at which path. */
export async function* watchDynos(
  deploying: Deploying,
  release: number,
  clock: StageClock,
): AsyncIterable<DeployEvent> {
  const { parts, client, signal } = deploying;
  const deadline = parts.now().getTime() + parts.patience.bootMs;
  let said = '';
  for (let crashed = 0; ;) {
    const seen = await see(deploying, release);
    if (seen.state === 'live') {
      yield* answers(deploying, release, clock);
      return;
    }
    if (seen.text !== said) yield { type: 'log', text: seen.text };
    said = seen.text;
    crashed = seen.state === 'crashed' ? crashed + 1 : 0;
    if (crashed >= crashesSeen) {
      yield* clock.end('failed');
      yield await crashedEnd(deploying, release, seen.text);
      return;
    }
    if (seen.state === 'superseded' || parts.now().getTime() >= deadline) break;
    await parts.pause(parts.patience.pollMs * client.slowness(), signal);
  }
  const isSuperseded = said.startsWith('A newer release');
  yield await unknownEnd(
    deploying,
    release,
    isSuperseded ? `a newer release took over from v${release}` : `v${release} was not seen to run`,
    isSuperseded ? 'deploy/superseded' : 'deploy/unknown',
  );
}

export interface Seen {
  readonly state: 'live' | 'coming' | 'crashed' | 'superseded';
  readonly text: string;
}

async function see({ client, target, signal }: Deploying, release: number): Promise<Seen> {
  const [formation, processes] = await Promise.all([
    orUndefined(askFormation(client, target, signal)),
    orUndefined(askProcesses(client, target, signal)),
  ]);
  if (!formation || !processes) return { state: 'coming', text: 'The dynos could not be asked for.' };
  return judge(formation, processes, release);
}

/** Each type that shall run has as many dynos of the release up as it shall have; nothing older is up. */
export function judge(formation: readonly Formation[], processes: readonly Process[], release: number): Seen {
  const own = processes.filter((one) => !isOneOff(one));
  const isOf = (one: Process, type: string): boolean => one.name.startsWith(`${type}.`);
  const up = own.filter((one) => one.state === 'up');
  if (up.some((one) => one.release !== undefined && one.release > release))
    return { state: 'superseded', text: 'A newer release runs.' };
  const count = (type: string): number =>
    up.filter((one) => one.release === release && isOf(one, type)).length;
  const missing = formation.filter((one) => count(one.type) < one.quantity);
  const older = up.filter((one) => one.release !== undefined && one.release < release);
  if (missing.length === 0 && older.length === 0) return { state: 'live', text: '' };
  const crashed = own.filter((one) => one.release === release && one.state === 'crashed');
  const parts = [
    ...missing.map((one) => `${count(one.type)} of ${one.quantity} ${one.type} run v${release}`),
    ...(crashed.length === 0 ? [] : [`${crashed.map((one) => one.name).join(', ')} crashed`]),
    ...(older.length === 0 ? [] : [`${older.length} still run an older release`]),
  ];
  const isCrashed = missing.length > 0 && crashed.some((one) => missing.some(({ type }) => isOf(one, type)));
  return { state: isCrashed ? 'crashed' : 'coming', text: `${parts.join(', ')}.` };
}

/** What a crashed dyno said last explains it, where the log can be had. */
async function crashedEnd(deploying: Deploying, release: number, text: string): Promise<DeployEvent> {
  const { client, target } = deploying;
  const name = /\b(\w[\w-]*\.\d+)[^.]* crashed/.exec(text)?.[1];
  const lines = (await orUndefined(lastWords(deploying, name))) ?? [];
  return failed({
    code: 'deploy/crashed',
    message: `v${release} of ${target.app} does not stay up on ${client.where}: ${text} Roll back, or fix it and deploy again.`,
    lines,
    release,
  });
}

async function lastWords(
  { parts, client, target, signal }: Deploying,
  dyno: string | undefined,
): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const line of looked(parts, { client, target, lines: 40, ...(dyno ? { dyno } : {}) }, signal))
    found.push(line);
  return found;
}

async function* answers(
  deploying: Deploying,
  release: number,
  clock: StageClock,
): AsyncIterable<DeployEvent> {
  const { client, target, signal, parts } = deploying;
  const app = await orUndefined(askApp(client, target, signal));
  const address = await healthAddress(deploying, app);
  const url = app?.url === undefined ? {} : { url: app.url };
  if (address !== undefined) {
    yield* clock.enter('health');
    const deadline = parts.now().getTime() + parts.patience.healthMs;
    for (;;) {
      const status = await statusAt(deploying, address);
      if (status !== undefined && status >= 200 && status < 400) break;
      if (parts.now().getTime() >= deadline) {
        yield* unhealthy(deploying, { release, address, status, clock });
        return;
      }
      await parts.pause(parts.patience.pollMs, signal);
    }
  }
  yield* clock.end('done');
  yield { type: 'finished', outcome: 'live', release, ...url };
}

/** Undefined where nothing can be asked: no path was said, no web dyno shall run, or the app shows its maintenance page. */
async function healthAddress(
  { client, target, signal }: Deploying,
  app: AppFacts | undefined,
): Promise<string | undefined> {
  if (target.health === undefined || app?.url === undefined || app.maintenance) return undefined;
  const formation = await orUndefined(askFormation(client, target, signal));
  const hasWeb = formation?.some((one) => one.type === 'web' && one.quantity > 0) === true;
  return hasWeb ? app.url + target.health : undefined;
}

const longestHealthMs = 10_000;

/** Undefined when there was no answer. */
async function statusAt({ parts, signal }: Deploying, url: string): Promise<number | undefined> {
  const done = new AbortController();
  const within = AbortSignal.any([signal, done.signal, AbortSignal.timeout(longestHealthMs)]);
  try {
    const { status } = await parts.http.send({ method: 'GET', url, headers: { accept: '*/*' } }, within);
    return status;
  } catch {
    signal.throwIfAborted();
    return undefined;
  } finally {
    done.abort();
  }
}

interface Unhealthy {
  readonly release: number;
  readonly address: string;
  readonly status: number | undefined;
  readonly clock: StageClock;
}

async function* unhealthy(
  deploying: Deploying,
  { release, address, status, clock }: Unhealthy,
): AsyncIterable<DeployEvent> {
  if (status === undefined) {
    yield await unknownEnd(deploying, release, `${address} can't be reached from here`);
    return;
  }
  yield* clock.end('failed');
  yield failed({
    code: 'deploy/unhealthy',
    message: `v${release} of ${deploying.target.app} runs, but ${address} answers ${status}. Roll back, or fix it and deploy again.`,
    lines: (await orUndefined(lastWords(deploying, undefined))) ?? [],
    release,
  });
}
