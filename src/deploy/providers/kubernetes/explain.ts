import { UserError, isAbort } from '../../../base/errors';
import type { Client } from './client';
import { pathsIn } from './names';
import { get } from './reading';
import type { Pod } from './wire';
import { readHappening, readPage } from './wire';

const last = '&tailLines=30';

/**
 * What explains that a pod does not run: what its container says, what the cluster noted of it, and the last lines that it wrote before
 * it ended. What can't be asked for is left out.
 */
export async function explainPod(client: Client, pod: Pod, signal: AbortSignal): Promise<readonly string[]> {
  const [happenings, log] = await Promise.all([
    orNothing(askHappenings(client, pod.name, signal)),
    orNothing(lastLines(client, pod, signal)),
  ]);
  return [...stateLines(pod), ...happenings, ...log].map((line) => client.clean(line));
}

function stateLines({ name, container, conditions, reason, message }: Pod): readonly string[] {
  const unscheduled = conditions.find((one) => one.type === 'PodScheduled' && !one.isTrue);
  return [
    ...(container.message === '' ? [] : [`${name}: ${container.reason}: ${container.message}`]),
    ...(unscheduled === undefined || unscheduled.message === '' ? [] : [`${name}: ${unscheduled.message}`]),
    ...(message === '' ? [] : [`${name}: ${reason}: ${message}`]),
  ];
}

/** The warnings about something, oldest first. */
export async function askHappenings(
  client: Client,
  name: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const fields = encodeURIComponent(`involvedObject.name=${name},type=Warning`);
  const path = `${pathsIn(client.namespace).events}?fieldSelector=${fields}&limit=50`;
  const text = await client.ask(get('list events', path), signal);
  const found = (text === undefined ? undefined : readPage(text, readHappening))?.items ?? [];
  const sorted = found.toSorted((a, b) => (a.at < b.at ? -1 : 1)).slice(-10);
  return sorted.map(
    ({ reason, message, count }) => `${name}: ${reason}: ${message}${count > 1 ? ` (${count} times)` : ''}`,
  );
}

/** Of the container that ended, where it was started again since; else of the one that is there. */
async function lastLines(client: Client, pod: Pod, signal: AbortSignal): Promise<readonly string[]> {
  const wasRestarted = pod.container.restarts > 0 && pod.container.state !== 'terminated';
  const before = wasRestarted ? await readLog(client, pod.name, `${last}&previous=true`, signal) : [];
  return before.length > 0 ? before : readLog(client, pod.name, last, signal);
}

async function readLog(
  client: Client,
  name: string,
  more: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const path = `${pathsIn(client.namespace).pods}/${name}/log?container=app${more}`;
  const { status, text } = await client.answer(get('show logs', path), signal);
  return status === 200 ? text.split(/\r?\n/).filter((line) => line !== '') : [];
}

/** What a pod wrote that the first `told` lines are not; the last of it may be half a line. */
export async function newLines(
  client: Client,
  name: string,
  told: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const lines = await orNothing(readLog(client, name, `&limitBytes=${mostBytes}`, signal));
  return lines.slice(told);
}

const mostBytes = 500_000;

async function orNothing(work: Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await work;
  } catch (error) {
    // A log that breaks off tells nothing, and takes nothing away from what is known.
    if (isAbort(error) || !(error instanceof UserError)) throw error;
    return [];
  }
}
