import type { Http } from '../../../base/ports';
import { notRunning } from '../../errors';
import type { DeployEvent } from '../../event';
import type { DeployRequest, Plan, Provider, Target } from '../../provider';
import type { Release } from '../../release';
import { linesOf, parseJson } from '../lines';
import type { Call, Engine, EngineAccess } from './calls';
import { appPath, createCall, get, post, readJson } from './calls';
import { createConfig, createRuns, createScaling } from './changing';
import { readEvent, readReleases, readStatus } from './wire';

export type { EngineAccess } from './calls';

const engineCaps = {
  source: 'tree',
  cancel: 'full',
  attach: true,
  rollback: true,
  logs: true,
  releaseCommand: true,
  promotes: true,
  local: true,
} as const;

/** The platform of this machine, spoken to over its Heroku-shaped HTTP API. */
export function createEmbeddedProvider(access: EngineAccess, http: Http): Provider {
  const call = createCall(access, http);
  const engine: Engine = { access, call };
  const deployPath = (target: Target, deploy: string): string =>
    appPath(target, `/deploys/${encodeURIComponent(deploy)}`);
  const releases: Provider['releases'] = async (target, signal) =>
    readReleases(await readJson(engine, get('list releases', appPath(target, '/releases')), signal));
  return {
    id: 'embedded',
    title: 'This machine',
    caps: engineCaps,
    gives: ['PORT', 'DATABASE_URL', 'SERVICEWRIGHT_APP', 'SERVICEWRIGHT_RELEASE'],
    releases,
    plan: async (target, _request, signal) => planOf(await releases(target, signal)),
    deploy(target, request, signal) {
      const body = bodyOf(target, request);
      return events(engine, post(`deploy ${target.app}`, appPath(target, '/deploys'), body), signal);
    },
    attach: (target, deploy, signal) =>
      events(engine, get(`follow the deploy of ${target.app}`, deployPath(target, deploy)), signal),
    async cancel(target, deploy, signal) {
      await call(post('cancel the deploy', `${deployPath(target, deploy)}/cancel`, {}), signal);
    },
    rollback(target, version, signal) {
      const body = { release: version };
      return events(engine, post(`roll back ${target.app}`, appPath(target, '/releases'), body), signal);
    },
    async status(target, signal) {
      const found = await readJson(engine, get('say how it is', appPath(target)), signal);
      if (found === undefined) return undefined;
      return readStatus(
        found,
        await readJson(engine, get('list processes', appPath(target, '/dynos')), signal),
      );
    },
    async *changes(signal) {
      if (!(await access.find())) return;
      const response = await call(get('tell of changes', '/events'), signal);
      for await (const line of linesOf(response.body)) if (line !== '') yield;
    },
    config: createConfig(engine),
    scaling: createScaling(engine),
    runs: createRuns(engine),
    logs: (target, options, signal) => logLines(engine, target, options, signal),
  };
}

// oxlint-disable-next-line max-params
async function* logLines(
  { access, call }: Engine,
  target: Target,
  options: { readonly tail: boolean; readonly lines: number },
  signal: AbortSignal,
): AsyncIterable<string> {
  // Looking starts nothing, and a log that is followed does not start again what was stopped.
  if (!(await access.find())) throw notRunning();
  const query = `?tail=${options.tail}&lines=${options.lines}`;
  const response = await call(get('show logs', appPath(target, `/logs${query}`)), signal);
  yield* linesOf(response.body);
}

function planOf(releases: readonly Release[]): Plan {
  const current = releases.find((one) => one.status === 'current');
  const newest = releases[0]?.version;
  return { ...(current ? { current } : {}), ...(newest === undefined ? {} : { newest }), notes: [] };
}

async function* events({ call }: Engine, request: Call, signal: AbortSignal): AsyncIterable<DeployEvent> {
  const response = await call(request, signal);
  for await (const line of linesOf(response.body)) {
    const event = readEvent(parseJson(line));
    if (event) yield event;
  }
}

function bodyOf(target: Target, request: DeployRequest): unknown {
  const { config, name: environment } = target.environment;
  return { source: target.dir, environment, health: target.health, config, ...request };
}
