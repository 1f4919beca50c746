import type { Log } from '../../../base/log';
import { pause } from '../../../base/pause';
import type { Archives, Http, Sockets, World } from '../../../base/ports';
import type { Accounts } from '../../account';
import type { DeployEvent } from '../../event';
import type { DeployRequest, Provider, Target } from '../../provider';
import { usualPatience } from '../api';
import { attachEvents, cancelDeploy } from './attach';
import { createConfig, createDomains, createMaintenance, createScaling } from './changing';
import type { AskCode, HerokuParts, HerokuPatience } from './client';
import { connect, placeOf, reachHeroku } from './client';
import { deployImages, takesImages } from './container';
import { deploySource } from './deploy';
import { logLines } from './logs';
import { planDeploy } from './plan';
import { promoteEvents } from './promote';
import { askReleases, askStatus } from './reading';
import { previewRollback, rollbackEvents } from './rollback';
import { runLines } from './run';
import { createSignIn } from './sign-in';
import { plainRelease } from './wire';

export type { AskCode } from './client';

/** What the provider is given; times are the usual ones unless said. */
export interface HerokuOptions {
  readonly http: Http;
  readonly accounts: Accounts;
  readonly archives: Archives;
  readonly sockets: Sockets;
  readonly world: Pick<World, 'processes' | 'files'>;
  readonly log: Log;
  readonly now: () => Date;
  /** Nobody is asked unless said. */
  readonly askCode?: AskCode;
  readonly patience?: Partial<HerokuPatience>;
}

/** Three ways: the release of another app, images of docker, or the tree, which Heroku builds. */
function deployEvents(
  parts: HerokuParts,
  target: Target,
  request: DeployRequest,
  signal: AbortSignal,
): AsyncIterable<DeployEvent> {
  const { from, message } = request;
  if (from) return promoteEvents(parts, target, { ...from, message }, signal);
  return takesImages(target, request)
    ? deployImages(parts, target, request, signal)
    : deploySource(parts, target, request, signal);
}

const patience: HerokuPatience = {
  ...usualPatience,
  retriesMs: [1000, 4000, 15_000],
  pollMs: 2000,
  quietMs: 30_000,
  buildMs: 60 * 60_000,
  silentMs: 10 * 60_000,
  releaseMs: 30_000,
  bootMs: 5 * 60_000,
  healthMs: 60_000,
  uploadMs: 60_000,
};

function partsOf(options: HerokuOptions): HerokuParts {
  return {
    http: options.http,
    accounts: options.accounts,
    archives: options.archives,
    sockets: options.sockets,
    world: options.world,
    log: options.log,
    now: options.now,
    askCode: options.askCode ?? (async () => undefined),
    title: 'Heroku',
    reach: (target, signal) => reachHeroku(options.accounts, target, signal),
    pause,
    patience: { ...patience, ...options.patience },
  };
}

/** Heroku, by its Platform API (version 3). */
export function createHerokuProvider(options: HerokuOptions): Provider {
  const parts = partsOf(options);
  const urls = new Map<string, string | undefined>();
  const place = (target: Target): ReturnType<typeof placeOf> => {
    const found = placeOf(target);
    urls.set(found.origin, target.environment.url);
    return found;
  };
  return {
    id: 'heroku',
    title: 'Heroku',
    caps: {
      source: 'tree',
      cancel: 'full',
      attach: true,
      rollback: true,
      logs: true,
      releaseCommand: true,
      promotes: true,
      images: true,
    },
    account: { ...createSignIn(parts, ({ origin }) => urls.get(origin) ?? origin), place },
    plan: (target, request, signal) => planDeploy(parts, target, request, signal),
    deploy: (target, request, signal) => deployEvents(parts, target, request, signal),
    attach: (target, deploy, signal) => attachEvents(parts, target, deploy, signal),
    cancel: (target, deploy, signal) => cancelDeploy(parts, target, deploy, signal),
    async releases(target, signal, most) {
      const found = await askReleases(await connect(parts, target, signal), target, most, signal);
      return (found ?? []).map(plainRelease);
    },
    rollback: (target, version, signal) => rollbackEvents(parts, target, version, signal),
    previewRollback: (target, version, signal) => previewRollback(parts, target, version, signal),
    async status(target, signal) {
      return askStatus(await connect(parts, target, signal), target, signal);
    },
    logs: (target, log, signal) => logLines(parts, target, log, signal),
    scaling: createScaling(parts),
    config: createConfig(parts),
    runs: { run: (target, command, _message, signal) => runLines(parts, target, command, signal) },
    domains: createDomains(parts),
    maintenance: createMaintenance(parts),
  };
}
