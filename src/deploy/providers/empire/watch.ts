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

const slowerAfterMs = 10_000;
const slowest = 5;

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
  for (;;) {
    seen = await see(deploying, { release, services });
    if (seen.isLive) {
      yield* clock.end('done');
      yield { type: 'finished', outcome: 'live', release, ...(await addressOf(deploying)) };
      return;
    }
    if (seen.text !== said) yield { type: 'log', text: seen.text };
    said = seen.text;
    const waited = parts.now().getTime() - began;
    if (seen.end !== undefined || waited >= bootMs * (seen.older > 0 ? rollOutTimes : 1)) break;
    // Each question makes the server ask AWS several: the longer it takes, the seldomer.
    await parts.pause(bootEveryMs * Math.min(slowest, 1 + Math.floor(waited / slowerAfterMs)), signal);
  }
  if (seen.end === 'maintenance') yield inMaintenance(deploying, release);
  else if (seen.end === 'newer' || stream.inactive.length > 0) yield await superseded(deploying, release);
  else
    yield await unknownEnd(deploying, release, `v${release} was rolled out but not seen to run${seen.why}`);
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
}

/** Each type that shall run has as many processes of the release up as it shall have; nothing older is left. */
export function judge(
  formation: readonly Formation[],
  processes: readonly Process[],
  { release, services }: Wanted,
): Seen {
  const own = processes.filter((one) => !isRun(one) && isUp(one));
  const wanted = formation.filter((one) => one.quantity > 0);
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
