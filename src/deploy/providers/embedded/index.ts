import type { Log } from '../../../base/log';
import { pause } from '../../../base/pause';
import type { Http, Sockets } from '../../../base/ports';
import { cantResize, noSuchApp } from '../../errors';
import type { Config, DeployRequest, Plan, Provider, Scaling, Target } from '../../provider';
import type { Release } from '../../release';
import { ensureApp } from '../heroku/app';
import { attachEvents } from '../heroku/attach';
import { checkKeys, createConfig, createMaintenance, createScaling } from '../heroku/changing';
import type { ClientParts, HerokuPatience, Own } from '../heroku/client';
import { appPath, callOf, connect } from '../heroku/client';
import { logLines } from '../heroku/logs';
import { promoteEvents } from '../heroku/promote';
import { askReleases, askStatus } from '../heroku/reading';
import { rollbackEvents } from '../heroku/rollback';
import { plainRelease } from '../heroku/wire';
import { linesOf } from '../lines';
import { deployHere } from './deploy';
import type { EngineAccess } from './reach';
import { acting, looking, orNothing, title } from './reach';
import { createRuns } from './runs';

export type { EngineAccess } from './reach';

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

/** The engine is near and never overloaded by us; but a change of variables is answered when its release is live, which takes its time. */
const patience: HerokuPatience = {
  askMs: 30_000,
  changeMs: 15 * 60_000,
  // As long as one platform may take to stand in the place of another.
  retriesMs: [200, 1000, 3000, 5000],
  pollMs: 250,
  quietMs: 30_000,
  buildMs: 60 * 60_000,
  silentMs: 5000,
  releaseMs: 10_000,
  bootMs: 60_000,
  healthMs: 60_000,
  uploadMs: 60_000,
};

const own: Own = { given: givenOf };

/** What each deploy gives, beside the files: the variables of the environment among it, which are not kept on the platform. */
function givenOf({ environment, health }: Target, { python }: DeployRequest): ReturnType<Own['given']> {
  return {
    environment: environment.name,
    config: environment.config,
    ...(health === undefined ? {} : { health }),
    ...(python === undefined ? {} : { python }),
  };
}

export interface EmbeddedOptions {
  readonly engine: EngineAccess;
  readonly http: Http;
  readonly sockets: Sockets;
  readonly log: Log;
  readonly now: () => Date;
  /** The usual times unless said. */
  readonly patience?: Partial<HerokuPatience>;
}

/** The platform of this machine: Heroku's client, at the address of the engine and with what that has besides. */
export function createEmbeddedProvider({ engine, ...options }: EmbeddedOptions): Provider {
  const times = { ...patience, ...options.patience };
  const shared = { ...options, askCode: async () => undefined, pause, patience: times, title, own };
  const act: ClientParts = { ...shared, reach: acting(engine) };
  const look: ClientParts = { ...shared, reach: looking(engine) };
  const releases: Provider['releases'] = async (target, signal, most) =>
    (await orNothing(releasesOf(look, target, signal, most))) ?? [];
  return {
    id: 'embedded',
    title,
    caps: engineCaps,
    gives: ['PORT', 'DATABASE_URL', 'SERVICEWRIGHT_APP', 'SERVICEWRIGHT_RELEASE'],
    releases,
    plan: async (target, _request, signal) => planOf(await releases(target, signal)),
    deploy: (target, request, signal) =>
      request.from
        ? promoteEvents(act, target, { ...request.from, message: request.message }, signal)
        : deployHere(act, target, request, signal),
    attach: (target, deploy, signal) => attachEvents(act, target, deploy, signal),
    cancel: (target, deploy, signal) => cancel(act, target, deploy, signal),
    rollback: (target, version, signal) => rollbackEvents(act, target, version, signal),
    status: (target, signal) =>
      orNothing(connect(look, target, signal).then((client) => askStatus(client, target, signal))),
    changes: (signal) => changesOf(look, signal),
    // Looking starts nothing, and a log that is followed does not start again what was stopped.
    logs: (target, log, signal) => logLines(look, target, log, signal),
    config: configOf(act, look),
    scaling: scalingOf(act, look),
    maintenance: createMaintenance(act),
    runs: createRuns(act),
  };
}

// oxlint-disable-next-line max-params
async function releasesOf(
  parts: ClientParts,
  target: Target,
  signal: AbortSignal,
  most: number | undefined,
): Promise<readonly Release[]> {
  const found = await askReleases(await connect(parts, target, signal), target, most, signal);
  // What is not decided yet is neither.
  return (found ?? []).filter(({ standing }) => standing !== 'pending').map(plainRelease);
}

function planOf(releases: readonly Release[]): Plan {
  const current = releases.find((one) => one.status === 'current');
  const newest = releases[0]?.version;
  return { ...(current ? { current } : {}), ...(newest === undefined ? {} : { newest }), notes: [] };
}

/** At any time before the switch, unlike at Heroku. */
// oxlint-disable-next-line max-params
async function cancel(
  parts: ClientParts,
  target: Target,
  deploy: string,
  signal: AbortSignal,
): Promise<void> {
  const client = await connect(parts, target, signal);
  const path = `/servicewright${appPath(target, `/deploys/${encodeURIComponent(deploy)}`)}`;
  await client.change(callOf('cancel the deploy', 'DELETE', path), signal);
}

/** The platform tells of every service; which one does not matter here. */
async function* changesOf(parts: ClientParts, signal: AbortSignal): AsyncIterable<void> {
  const environment = { name: '', platform: 'embedded', protected: false, config: {} } as const;
  const client = await orNothing(connect(parts, { environment }, signal));
  if (!client) return;
  const response = await client.open(callOf('tell of changes', 'GET', '/servicewright/events'), signal);
  for await (const line of linesOf(response.body)) if (line !== '') yield;
}

function configOf(act: ClientParts, look: ClientParts): Config {
  return {
    async read(target, release, signal) {
      const found = await orNothing(createConfig(look).read(target, release, signal));
      if (found === undefined) throw noSuchApp(target.app);
      return found;
    },
    async change(target, patch, message, signal) {
      checkKeys(patch);
      // Variables may be there before the first deploy.
      await ensureApp(await connect(act, target, signal), target, undefined, signal);
      return createConfig(act, true).change(target, patch, message, signal);
    },
  };
}

function scalingOf(act: ClientParts, look: ClientParts): Scaling {
  const { scale, restart } = createScaling(act);
  return {
    async formation(target, signal) {
      const found = await orNothing(createScaling(look).formation(target, signal));
      if (found === undefined) throw noSuchApp(target.app);
      return found;
    },
    async scale(target, changes, message, signal) {
      if (changes.some(({ size }) => size !== undefined)) throw cantResize();
      return scale(target, changes, message, signal);
    },
    restart,
  };
}
