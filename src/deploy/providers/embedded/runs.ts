import { UserError } from '../../../base/errors';
import { connectionLost, notTheApi } from '../../errors/api';
import type { RunEvent, Runs } from '../../provider';
import type { ClientParts } from '../heroku/client';
import { appPath, callOf, connect } from '../heroku/client';
import { readRunEvent } from '../heroku/own';
import { runLines } from '../heroku/run';
import { openStream } from '../heroku/stream';
import { readEventsUrl } from '../heroku/wire';
import { linesOf, parseJson } from '../lines';

/** Commands that run once: as at Heroku, and with what it prints apart from what it complains of, with its input and its exit code. */
export function createRuns(parts: ClientParts): Runs {
  return {
    run: (target, command, _message, signal) => runLines(parts, target, command, signal),
    async *exec(target, { command, input }, signal): AsyncIterable<RunEvent> {
      const client = await connect(parts, target, signal);
      const own = { events: true, ...(input === undefined ? {} : { input }) };
      const body = { command, attach: true, type: 'run', servicewright: own };
      const call = callOf('run a command', 'POST', appPath(target, '/dynos'), { body });
      const url = readEventsUrl(parseJson(await client.change(call, signal)));
      if (url === undefined) throw notTheApi(client.where, 201);
      client.hide(url);
      try {
        const { response } = await openStream(parts, url, { accept: 'application/x-ndjson' }, signal);
        for await (const line of linesOf(response.body)) {
          const event = readRunEvent(parseJson(line));
          if (event) yield event;
        }
      } catch (error) {
        signal.throwIfAborted();
        throw error instanceof UserError ? error : connectionLost(client.where, call.what, error);
      }
    },
  };
}
