import { isAbort } from '../../../base/errors';
import type { DeployEvent } from '../../event';
import type { Formation, Process } from '../../provider';
import type { StageClock } from '../../stage-clock';
import { askFormation, askProcesses, isUp, readStatus } from './reading';
import type { DeployStream } from './stream';
import type { Deploying } from './verdict';
import { unknownEnd } from './verdict';

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
  const release = stream.release ?? (deploying.before ?? 0) + 1;
  const deadline = parts.now().getTime() + parts.patience.bootMs;
  let said = '';
  for (;;) {
    const seen = await see(deploying, release);
    if (seen.isLive) {
      yield* clock.end('done');
      yield { type: 'finished', outcome: 'live', release, ...(await addressOf(deploying)) };
      return;
    }
    if (seen.text !== said) yield { type: 'log', text: seen.text };
    said = seen.text;
    if (parts.now().getTime() >= deadline) break;
    await parts.pause(parts.patience.bootEveryMs, signal);
  }
  const gaveUp = stream.inactive.length > 0 ? `; the scheduler gave up ${stream.inactive.join(', ')}` : '';
  yield await unknownEnd(deploying, release, `v${release} was rolled out but not seen to run${gaveUp}`);
}

interface Seen {
  readonly isLive: boolean;
  readonly text: string;
}

async function see({ client, target, signal }: Deploying, release: number): Promise<Seen> {
  try {
    const [formation, processes] = await Promise.all([
      askFormation(client, target, signal),
      askProcesses(client, target, signal),
    ]);
    if (!formation || !processes)
      return { isLive: false, text: `${target.app} has no processes to look at.` };
    return judge(formation, processes, release);
  } catch (error) {
    if (isAbort(error)) throw error;
    return { isLive: false, text: 'The processes could not be asked for.' };
  }
}

/** Each type that shall run has as many processes of the release up as it shall have; nothing older is left. */
export function judge(formation: readonly Formation[], processes: readonly Process[], release: number): Seen {
  const wanted = formation.filter((one) => one.quantity > 0);
  const own = processes.filter((one) => !one.name.startsWith('run'));
  const up = (type: string): number =>
    own.filter((one) => one.release === release && isUp(one) && one.name.startsWith(`${type}.`)).length;
  const older = own.filter((one) => isUp(one) && one.release !== undefined && one.release < release);
  const missing = wanted.filter((one) => !isCron(one, own) && up(one.type) < one.quantity);
  if (missing.length === 0 && older.length === 0) return { isLive: true, text: '' };
  const parts = [
    ...missing.map((one) => `${up(one.type)} of ${one.quantity} ${one.type} run v${release}`),
    ...(older.length === 0 ? [] : [`${older.length} still run an older release`]),
  ];
  return { isLive: false, text: `${parts.join(', ')}.` };
}

/** What runs by the clock has a quantity and, most of the time, no process; only `web` is sure to be a service. */
function isCron({ type }: Formation, processes: readonly Process[]): boolean {
  return type !== 'web' && !processes.some((one) => one.name.startsWith(`${type}.`));
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
