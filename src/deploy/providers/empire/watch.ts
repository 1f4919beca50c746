import { UserError, isAbort } from '../../../base/errors';
import type { DeployEvent } from '../../event';
import type { Formation, Process } from '../../provider';
import type { StageClock } from '../../stage-clock';
import { askApp, askFormation, askProcesses, isRun, isUp, readStatus, typeOf } from './reading';
import type { DeployStream } from './stream';
import type { Deploying } from './verdict';
import { inMaintenance, superseded, unknownEnd } from './verdict';

/** While an older release runs, the scheduler is still at it: a roll back answers before anything of it has begun. */
const rollOutTimes = 10;

/** Each question makes the server ask AWS several: the longer it takes, the seldomer. */
const slower = (waitedMs: number): number => Math.min(5, 1 + Math.floor(waitedMs / 10_000));

/**
 * Empire said that it is done, which it also says when services came to nothing: the processes have the last word. Live is what was
 * seen to run the new release with nothing older beside it.
 */
export async function* watchProcesses(
  deploying: Deploying,
  stream: DeployStream,
  clock: StageClock,
): AsyncIterable<DeployEvent> {
  const { parts, signal } = deploying;
  const { bootMs, bootEveryMs } = parts.patience;
  const release = stream.release ?? (deploying.before ?? 0) + 1;
  const services = new Set(['web', ...stream.services, ...deploying.services]);
  const began = parts.now().getTime();
  let said = '';
  let seen: Seen;
  for (let waited = 0; ; waited = parts.now().getTime() - began) {
    const only = waited < bootMs ? undefined : servicesToldBy(stream);
    seen = await see(deploying, { release, services, only });
    if (seen.isLive) {
      yield* clock.end('done');
      yield { type: 'finished', outcome: 'live', release, ...(await addressOf(deploying)) };
      return;
    }
    if (seen.text !== said) yield { type: 'log', text: seen.text };
    said = seen.text;
    if (seen.end !== undefined || waited >= bootMs * (seen.older > 0 ? rollOutTimes : 1)) break;
    await parts.pause(bootEveryMs * slower(waited), signal);
  }
  yield await notSeenToRun(deploying, { release, seen, isOvertaken: stream.inactive.length > 0 });
}

interface NotSeen {
  readonly release: number;
  readonly seen: Seen;
  /** Whether the server said that another rollout took over. */
  readonly isOvertaken: boolean;
}

async function notSeenToRun(
  deploying: Deploying,
  { release, seen, isOvertaken }: NotSeen,
): Promise<DeployEvent> {
  if (seen.end === 'maintenance') return inMaintenance(deploying, release);
  if (seen.end === 'newer' || isOvertaken) return superseded(deploying, release);
  return unknownEnd(deploying, release, `v${release} was rolled out but not seen to run${seen.why}`);
}

/**
 * The services that the server waited for, where it waited for all. What it did not name runs by the clock: such a task of an older
 * release is let go on for hours (docs/deploying_an_application.md), so that it does not count in the end.
 */
function servicesToldBy({ services, inactive }: DeployStream): ReadonlySet<string> | undefined {
  return services.length === 0 || inactive.length > 0 ? undefined : new Set(['web', ...services]);
}

/** What the processes tell while the server is quiet: a roll-out may go on for ever, and a server says nothing of it until it ends. */
export async function tellMeanwhile(deploying: Deploying, stream: DeployStream): Promise<string | undefined> {
  const { release } = stream;
  if (release === undefined || stream.isFinished) return undefined;
  const services = new Set(['web', ...stream.services, ...deploying.services]);
  const { isLive, text } = await see(deploying, { release, services });
  return isLive ? `v${release} is seen to run; the server has not said that it is done.` : text;
}

interface Seen {
  readonly isLive: boolean;
  readonly text: string;
  /** How many processes of older releases are up. */
  readonly older: number;
  /** What makes waiting useless. */
  readonly end?: 'maintenance' | 'newer' | 'refused';
  /** Goes on from "not seen to run". */
  readonly why: string;
}

const nothingSeen = (text: string, more: Partial<Seen> = {}): Seen => ({
  isLive: false,
  text,
  older: 0,
  why: '',
  ...more,
});

async function see(deploying: Deploying, wanted: Wanted): Promise<Seen> {
  const { client, target, signal } = deploying;
  try {
    const [formation, processes] = await Promise.all([
      askFormation(client, target, signal),
      askProcesses(client, target, signal),
    ]);
    if (!formation || !processes) return nothingSeen(`${target.app} has no processes to look at.`);
    const judged = judge(formation, processes, wanted);
    const isQuiet = !judged.isLive && judged.end === undefined && !processes.some(isUp);
    if (!isQuiet || (await askApp(client, target, signal))?.maintenance !== true) return judged;
    return { ...judged, end: 'maintenance' };
  } catch (error) {
    if (isAbort(error)) throw error;
    return notSeen(error);
  }
}

/** Asking once more helps against everything but a token that has ended meanwhile. */
function notSeen(error: unknown): Seen {
  const why = error instanceof UserError ? `; ${error.message.replace(/\.$/, '')}` : '';
  const isRefused = error instanceof UserError && error.code === 'deploy/not-signed-in';
  return nothingSeen('The processes could not be asked for.', {
    why,
    ...(isRefused ? { end: 'refused' } : {}),
  });
}

/** What has to run. */
interface Wanted {
  readonly release: number;
  /** Types that are certain to be services. */
  readonly services: ReadonlySet<string>;
  /** The types that count; all unless said. */
  readonly only?: ReadonlySet<string> | undefined;
}

/** Each type that shall run has as many processes of the release up as it shall have; nothing older is left. */
export function judge(
  formation: readonly Formation[],
  processes: readonly Process[],
  { release, services, only }: Wanted,
): Seen {
  const counts = (type: string): boolean => only?.has(type) ?? true;
  const own = processes.filter((one) => !isRun(one) && isUp(one) && counts(typeOf(one)));
  const wanted = formation.filter((one) => one.quantity > 0 && counts(one.type));
  // Of what shall not run, a process is one that somebody runs by hand.
  const idle = new Set(formation.filter((one) => one.quantity <= 0).map((one) => one.type));
  const up = (type: string): number =>
    own.filter((one) => one.release === release && typeOf(one) === type).length;
  const isClocked = ({ type }: Formation): boolean =>
    !services.has(type) && !processes.some((one) => typeOf(one) === type);
  const missing = wanted.filter((one) => !isClocked(one) && up(one.type) < one.quantity);
  const others = own.filter((one) => one.release !== undefined && !idle.has(typeOf(one)));
  const older = others.filter((one) => (one.release ?? 0) < release).length;
  if (missing.length === 0 && older === 0) return { isLive: true, text: '', older, why: '' };
  const parts = [
    ...missing.map((one) => `${up(one.type)} of ${one.quantity} ${one.type} run v${release}`),
    ...(older === 0 ? [] : [`${older} still run an older release`]),
  ];
  const isOvertaken = others.some((one) => (one.release ?? 0) > release);
  return nothingSeen(`${parts.join(', ')}.`, { older, ...(isOvertaken ? { end: 'newer' } : {}) });
}

async function addressOf({ parts, target, signal }: Deploying): Promise<{ readonly url?: string }> {
  try {
    const url = (await readStatus(parts, target, signal))?.url;
    return url === undefined ? {} : { url };
  } catch (error) {
    if (isAbort(error)) throw error;
    return {};
  }
}
