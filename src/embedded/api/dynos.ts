import type { Socket } from 'node:net';
import { isObject, stringAt, stringMap } from '../../base/json';
import type { App } from '../engine/app';
import { parsed } from '../engine/facts';
import type { OneOffRequest, PreparedRun } from '../engine/one-off';
import type { DynoSummary } from '../engine/summary';
import { badRequest, notFound } from '../errors';
import type { Answer, Call, Route } from './call';
import { get, json, list, ndjson, opened, post, remove } from './call';
import { idOf } from './ids';
import type { ApiParts } from './parts';
import { appOf, checkNames, extrasOf } from './parts';
import { dynoShape } from './shapes';

const all = /^\/apps\/([^/]+)\/dynos$/;
const one = /^\/apps\/([^/]+)\/dynos\/([\w.-]+)$/;
const stop = /^\/apps\/([^/]+)\/dynos\/([\w.-]+)\/actions\/stop$/;
const ofType = /^\/apps\/([^/]+)\/formations\/([\w-]+)$/;

/** Processes: which run, starting them again, and commands that run once. */
export function dynoRoutes(parts: ApiParts): readonly Route[] {
  const runs = createRuns(parts);
  const restart = async (call: Call, named: string | undefined): Promise<Answer> => {
    await appOf(parts, call).restart(named);
    return json({}, 202);
  };
  const nameOf = (call: Call): string => dynoIn(appOf(parts, call), call.parameters[1] ?? '').name;
  return [
    get(all, (call) => {
      const app = appOf(parts, call);
      return list(
        app.dynos().map((dyno) => dynoShape(app.name, dyno)),
        'name',
      );
    }),
    get(one, (call) => {
      const app = appOf(parts, call);
      return json(dynoShape(app.name, dynoIn(app, call.parameters[1] ?? '')));
    }),
    post(all, (call) => runs.begin(call)),
    remove(all, (call) => restart(call, undefined)),
    remove(one, (call) => restart(call, call.parameters[1])),
    remove(ofType, (call) => restart(call, call.parameters[1])),
    post(stop, (call) => restart(call, nameOf(call))),
    opened(/^\/runs\/([^/]+)\/([0-9a-f-]{36})$/, (call) => runs.follow(call)),
  ];
}

/** By its name or its id. Throws UserError `embedded/not-found`. */
function dynoIn(app: App, said: string): DynoSummary {
  const found = app
    .dynos()
    .find(
      ({ name, since = new Date(0).toISOString() }) =>
        name === said || idOf('dyno', app.name, name, since) === said,
    );
  if (!found) throw notFound(`process ${said}`);
  return found;
}

interface Runs {
  begin(call: Call): Answer;
  follow(call: Call): Answer;
}

/** How long a command waits for whoever asked for it. */
const waitsMs = 60_000;

function createRuns(parts: ApiParts): Runs {
  /** Those that wait for whoever follows them event by event. */
  const waiting = new Map<string, PreparedRun>();
  return {
    begin(call) {
      const app = appOf(parts, call);
      const { isAttached, ...request } = readCommand(call.body);
      const run = app.prepareRun(request);
      const shape = dynoShape(app.name, dynoIn(app, run.dyno));
      if (extrasOf(call.body)['events'] === true) {
        const id = crypto.randomUUID();
        waiting.set(id, run);
        setTimeout(() => {
          if (waiting.delete(id)) run.drop();
        }, waitsMs).unref();
        const address = parts.links.make(call.origin, `/runs/${app.name}/${id}`);
        return json({ ...shape, servicewright: { events_url: address } }, 201);
      }
      if (!isAttached) {
        void toLog(app, run);
        return json(shape, 201);
      }
      const url = parts.meetings.offer({ begin: (socket) => void toSocket(run, socket), miss: run.drop });
      return json({ ...shape, attach_url: url }, 201);
    },
    follow({ parameters: [, id = ''], signal }) {
      const run = waiting.get(id);
      waiting.delete(id);
      if (!run) throw notFound('command that waits there');
      return ndjson(run.start(signal));
    },
  };
}

/** Whoever hangs up ends the command. */
async function toSocket(run: PreparedRun, socket: Socket): Promise<void> {
  const gone = new AbortController();
  socket.once('close', () => gone.abort());
  for await (const line of run.start(gone.signal)) {
    const said = stringAt(parsed(line), 'text');
    if (said !== undefined) socket.write(`${said}\r\n`);
  }
  socket.end();
}

async function toLog(app: App, run: PreparedRun): Promise<void> {
  for await (const line of run.start(new AbortController().signal)) {
    const said = stringAt(parsed(line), 'text');
    if (said !== undefined) app.log.write('app', run.dyno, said);
  }
}

function readCommand(body: unknown): OneOffRequest & { readonly isAttached: boolean } {
  const command = stringAt(body, 'command');
  if (command === undefined || command.trim() === '') throw badRequest('There is no command to run');
  const env = isObject(body) ? stringMap(body['env']) : {};
  checkNames(env);
  const input = stringAt(extrasOf(body), 'input');
  const isAttached = isObject(body) && body['attach'] === true;
  return { command, env, isAttached, ...(input === undefined ? {} : { input }) };
}
