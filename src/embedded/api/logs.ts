import { isObject } from '../../base/json';
import type { App } from '../engine/app';
import { lineQueue } from '../engine/line-queue';
import { badRequest } from '../errors';
import type { Answer, Call, Route } from './call';
import { json, opened, post, text } from './call';
import { idOf } from './ids';
import type { ApiParts } from './parts';
import { appOf, optionalText } from './parts';

/** How long a session waits to be opened, in seconds; once open it lasts as long as somebody reads. */
const opensWithin = 300;
const most = 1000;

/** Sessions of an app's log. */
export function logRoutes(parts: ApiParts): readonly Route[] {
  return [
    post(/^\/apps\/([^/]+)\/log-sessions$/, (call) => {
      const app = appOf(parts, call);
      const asked = readSession(call.body);
      const url = parts.links.make(call.origin, `/logs/${app.name}`, asked, opensWithin);
      const at = new Date().toISOString();
      return json({ id: idOf('log-session', url), created_at: at, updated_at: at, logplex_url: url }, 201);
    }),
    opened(/^\/logs\/([^/]+)$/, (call) => logOf(appOf(parts, call), call)),
  ];
}

function readSession(body: unknown): Readonly<Record<string, string>> {
  const { lines = 100, tail = false } = isObject(body) ? body : {};
  if (typeof lines !== 'number' || !Number.isInteger(lines)) throw badRequest('lines must be a whole number');
  if (typeof tail !== 'boolean') throw badRequest('tail must be true or false');
  const dyno = optionalText(body, 'dyno_name') ?? optionalText(body, 'dyno') ?? optionalText(body, 'type');
  const source = optionalText(body, 'source');
  return {
    lines: String(Math.min(Math.max(lines, 0), most)),
    tail: String(tail),
    ...(dyno === undefined ? {} : { dyno }),
    ...(source === undefined ? {} : { source }),
  };
}

function logOf(app: App, { query, signal }: Call): Answer {
  const isWanted = filterOf(query.get('dyno'), query.get('source'));
  const lines = Number(query.get('lines'));
  const queue = lineQueue(signal);
  const found = app.log.tail(isWanted === everything ? lines : most).filter(isWanted);
  for (const line of lines > 0 ? found.slice(-lines) : []) queue.push(line);
  if (query.get('tail') === 'true') {
    const stop = app.log.follow((line) => {
      if (isWanted(line)) queue.push(line);
    });
    signal.addEventListener('abort', stop, { once: true });
  } else queue.end();
  return text(queue.lines);
}

const everything = (): boolean => true;

/** `web` means every web process, `web.1` that one; the source of ours is `platform`, which Heroku calls `heroku`. */
function filterOf(dyno: string | null, source: string | null): (line: string) => boolean {
  if (dyno === null && source === null) return everything;
  const wanted = source === 'heroku' ? 'platform' : source;
  return (line) => {
    const [, from, who = ''] = /^\S+ (\w+)\[([^\]]*)\]:/.exec(line) ?? [];
    return (
      (wanted === null || from === wanted) && (dyno === null || who === dyno || who.split('.')[0] === dyno)
    );
  };
}
