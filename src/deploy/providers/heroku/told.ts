import { UserError } from '../../../base/errors';
import type { DeployEvent } from '../../event';
import type { StageClock } from '../../stage-clock';
import { linesOf, parseJson } from '../lines';
import { readEvent } from './own';
import { openStream } from './stream';
import type { Deploying } from './verdict';

/**
 * What a platform of ours tells of a deploy event by event, its stages and its end included. Gives whether the end was among it: where it
 * was not, the API is asked as any other. A stream that is cut is opened again, and what was told is passed over.
 */
export async function* toldEvents(
  { parts, client, signal }: Deploying,
  url: string,
  clock: StageClock,
): AsyncGenerator<DeployEvent, boolean> {
  client.hide(url);
  yield* clock.end('done');
  let known = 0;
  for (const wait of [...parts.patience.retriesMs, undefined]) {
    try {
      let at = 0;
      const { response } = await openStream(parts, url, { accept: 'application/x-ndjson' }, signal);
      if (response.status !== 200) return false;
      for await (const line of linesOf(response.body)) {
        if (at++ < known) continue;
        known = at;
        const event = readEvent(parseJson(line));
        if (event && event.type !== 'started') yield event;
        if (event?.type === 'finished') return true;
      }
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof UserError) throw error;
    }
    if (wait !== undefined) await parts.pause(wait, signal);
  }
  return false;
}
