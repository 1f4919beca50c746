import { apiVersion } from '../engine-file';
import type { App } from '../engine/app';
import type { Engine } from '../engine/engine';
import { lineQueue } from '../engine/line-queue';
import { noSuchDeploy } from '../errors';
import type { Route } from './call';
import { json, ndjson, own } from './call';
import type { ApiParts } from './parts';
import { appOf } from './parts';
import { appShape } from './shapes';

/** What Heroku has nothing of, below `/servicewright`: the platform itself, changes as they come, and deploys whatever made them. */
export function ownRoutes(parts: ApiParts, stop: () => void): readonly Route[] {
  const { engine } = parts;
  return [
    own.get(/^\/servicewright$/, () =>
      json({ api: apiVersion, pid: process.pid, home: engine.context.home }),
    ),
    own.post(/^\/servicewright\/stop$/, () => {
      stop();
      return json({}, 202);
    }),
    own.get(/^\/servicewright\/events$/, ({ signal }) => ndjson(changesOf(engine, signal))),
    own.get(/^\/servicewright\/apps\/([^/]+)\/database$/, async (call) =>
      json({ url: (await appOf(parts, call).databaseUrl()) ?? null }),
    ),
    own.remove(/^\/servicewright\/apps\/([^/]+)\/deploys\/([\w-]+)$/, (call) => {
      const [, said = ''] = call.parameters;
      const app = appOf(parts, call);
      app.cancel(deployNamed(app, said));
      return json({}, 202);
    }),
    own.post(/^\/servicewright\/apps\/([^/]+)\/(stop|start)$/, async (call) => {
      const app = appOf(parts, call);
      await (call.parameters[1] === 'stop' ? app.stop() : app.start());
      return json(appShape(app));
    }),
  ];
}

/** A deploy by its own name, or by the release that it makes: `v12`. Throws UserError `embedded/no-such-deploy`. */
function deployNamed(app: App, said: string): string {
  const version = /^v(\d+)$/.exec(said)?.[1];
  if (version === undefined) return said;
  const found = app.releases().find(({ release }) => release === Number(version));
  if (!found) throw noSuchDeploy(said);
  return found.deploy;
}

/** Each service once, and again whenever it changes. */
function changesOf(engine: Engine, signal: AbortSignal): AsyncIterable<string> {
  const queue = lineQueue(signal);
  const tell = (app: App): void => queue.push(JSON.stringify({ app: app.name }));
  engine.apps().forEach(tell);
  signal.addEventListener('abort', engine.onChange(tell), { once: true });
  return queue.lines;
}
