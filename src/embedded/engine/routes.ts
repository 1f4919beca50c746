import { isAbsolute } from 'node:path';
import { isObject, stringAt, stringMap } from '../../base/json';
import { badRequest } from '../errors';
import { apiVersion } from '../engine-file';
import type { Answer, Call, Route } from './api';
import type { App } from './app';
import type { DeployLog } from './deploy-log';
import type { Engine } from './engine';
import { lineQueue } from './line-queue';
import { changeRoutes } from './change-routes';
import type { DeployRequest } from './deploying';
import { checkNames, json, nameOf, ndjson } from './route-parts';

/** The API: the paths of Heroku's Platform API v3 where the thing is the same one. */
export function routesOf(engine: Engine, stop: () => void): readonly Route[] {
  const ofApp = (call: Call): App => engine.app(nameOf(call));
  const get = (path: RegExp, answer: Route['answer']): Route => ({ method: 'GET', path, answer });
  const post = (path: RegExp, answer: Route['answer']): Route => ({ method: 'POST', path, answer });
  return [
    get(/^\/$/, () => json({ api: apiVersion, pid: process.pid, home: engine.context.home })),
    get(/^\/apps$/, () => json(engine.apps().map((app) => app.summary()))),
    get(/^\/events$/, ({ signal }) => ndjson(appEvents(engine, signal))),
    get(/^\/apps\/([^/]+)$/, (call) => json(ofApp(call).summary())),
    get(/^\/apps\/([^/]+)\/releases$/, (call) => json(ofApp(call).releases())),
    get(/^\/apps\/([^/]+)\/dynos$/, (call) => json(ofApp(call).dynos())),
    get(/^\/apps\/([^/]+)\/logs$/, (call) => logs(ofApp(call), call)),
    get(/^\/apps\/([^/]+)\/deploys\/([\w-]+)$/, async (call) =>
      ndjson(await ofApp(call).follow(call.parameters[1] ?? '', call.signal)),
    ),
    post(/^\/apps\/([^/]+)\/deploys$/, async (call) => {
      const request = readDeploy(call.body, engine);
      const app = await engine.ensureApp(nameOf(call));
      return deployStream(app.deploy(request), call.signal);
    }),
    post(/^\/apps\/([^/]+)\/releases$/, (call) =>
      deployStream(ofApp(call).rollback(readRelease(call.body)), call.signal),
    ),
    post(/^\/apps\/([^/]+)\/deploys\/([\w-]+)\/cancel$/, (call) => {
      ofApp(call).cancel(call.parameters[1] ?? '');
      return json({}, 202);
    }),
    post(/^\/apps\/([^/]+)\/stop$/, async (call) => {
      await ofApp(call).stop();
      return json(ofApp(call).summary());
    }),
    post(/^\/apps\/([^/]+)\/start$/, async (call) => {
      await ofApp(call).start();
      return json(ofApp(call).summary());
    }),
    ...changeRoutes(engine),
    post(/^\/stop$/, () => {
      stop();
      return json({}, 202);
    }),
  ];
}

function deployStream(record: DeployLog, signal: AbortSignal): Answer {
  const headers = { 'deploy-id': record.id };
  return { kind: 'lines', type: 'application/x-ndjson', lines: record.follow(signal), headers };
}

/** The door for what a client asks to deploy. */
function readDeploy(body: unknown, engine: Engine): DeployRequest {
  const from = readFrom(body, engine);
  const source = from?.dir ?? stringAt(body, 'source');
  if (source === undefined || !isAbsolute(source))
    throw badRequest('source must be the absolute path of a folder');
  const config = isObject(body) ? stringMap(body['config']) : {};
  checkNames(config);
  return {
    source,
    environment: stringAt(body, 'environment') ?? 'local',
    config,
    ...(from ? { origin: from.release } : {}),
    ...readTexts(body),
  };
}

function readTexts(body: unknown): Pick<DeployRequest, 'health' | 'message' | 'python'> {
  const found = Object.fromEntries(
    (['health', 'message', 'python'] as const)
      .map((key) => [key, stringAt(body, key)] as const)
      .filter(([, text]) => text !== undefined),
  ) as Partial<Record<'health' | 'message' | 'python', string>>;
  if (found.health !== undefined && !/^\/[!-~]*$/.test(found.health))
    throw badRequest('health must be a path that starts with /');
  return found;
}

/** `from: {app, release}` names files that another service runs or ran. */
function readFrom(body: unknown, engine: Engine): ReturnType<App['filesOf']> | undefined {
  const from = isObject(body) ? body['from'] : undefined;
  if (from === undefined) return undefined;
  const app = stringAt(from, 'app');
  if (app === undefined) throw badRequest('from must name an app');
  return engine.app(app).filesOf(readRelease(from));
}

function readRelease(body: unknown): number {
  const release = isObject(body) ? body['release'] : undefined;
  if (typeof release !== 'number' || !Number.isInteger(release)) throw badRequest('release must be a number');
  return release;
}

function logs(app: App, { query, signal }: Call): Answer {
  const lines = Math.min(Math.max(Number(query.get('lines') ?? 100) || 0, 0), 1000);
  const queue = lineQueue(signal);
  for (const line of app.log.tail(lines)) queue.push(line);
  if (query.get('tail') === 'true') {
    const stop = app.log.follow(queue.push);
    signal.addEventListener('abort', stop, { once: true });
  } else queue.end();
  return { kind: 'lines', type: 'text/plain; charset=utf-8', lines: queue.lines };
}

/** Each service once, and again whenever it changes. */
function appEvents(engine: Engine, signal: AbortSignal): AsyncIterable<string> {
  const queue = lineQueue(signal);
  const tell = (app: App): void => queue.push(JSON.stringify(app.summary()));
  engine.apps().forEach(tell);
  signal.addEventListener('abort', engine.onChange(tell), { once: true });
  return queue.lines;
}
