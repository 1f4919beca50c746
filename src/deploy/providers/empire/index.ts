import { pause } from '../../../base/pause';
import type { Http } from '../../../base/ports';
import type { Accounts, Place } from '../../account';
import type { Provider } from '../../provider';
import { usualPatience } from '../api';
import { createConfig, createDomains, createMaintenance, createScaling } from './changing';
import type { EmpireParts } from './client';
import { connect, placeOf } from './client';
import { deployEvents } from './deploy';
import { withImages } from './images';
import { planDeploy } from './plan';
import { procfileFaults } from './procfile';
import { askReleases, readStatus } from './reading';
import { previewRollback, rollbackEvents } from './rollback';
import { createRuns } from './runs';
import { createSignIn } from './sign-in';
import { logLines } from './streams';

export type { EmpireParts } from './client';

/** What the provider is given; times are the usual ones unless said. */
export interface EmpireOptions {
  readonly http: Http;
  readonly accounts: Accounts;
  readonly now: () => Date;
  readonly patience?: Partial<EmpireParts['patience']>;
}

const usual = { ...usualPatience, bootMs: 60_000, bootEveryMs: 1000, silentMs: 60_000, logQuietMs: 2000 };

const partsOf = ({ http, accounts, now, patience }: EmpireOptions): EmpireParts => ({
  http,
  accounts,
  now,
  pause,
  patience: { ...usual, ...patience },
});

/** Empire 0.13 (https://github.com/remind101/empire): a Heroku-shaped API with habits of its own. */
export function createEmpireProvider(options: EmpireOptions): Provider {
  const parts = partsOf(options);
  // A path before the API is the same for everything of a server.
  const urls = new Map<string, string>();
  const place = (target: Parameters<typeof placeOf>[0]): Place => {
    const found = placeOf(target);
    urls.set(found.origin, (target.environment.url ?? '').replace(/\/+$/, ''));
    return found;
  };
  return {
    id: 'empire',
    title: 'Empire',
    caps: {
      source: 'image',
      cancel: 'detach',
      attach: false,
      rollback: true,
      logs: true,
      releaseCommand: false,
    },
    account: { ...createSignIn(parts, ({ origin }) => urls.get(origin) ?? origin), place },
    procfileFaults,
    plan: (target, request, signal) => planDeploy(parts, target, request, signal),
    deploy: (target, request, signal) => deployEvents(parts, target, request, signal),
    // A stream that was left can't be taken up again.
    async *attach() {
      yield* [];
    },
    cancel: () => Promise.resolve(),
    async releases(target, signal, most) {
      const client = await connect(parts, target, signal);
      return withImages((await askReleases(client, target, most, signal)) ?? []);
    },
    rollback: (target, version, signal, message) =>
      rollbackEvents(parts, target, { version, message }, signal),
    previewRollback: (target, version, signal) => previewRollback(parts, target, version, signal),
    status: (target, signal) => readStatus(parts, target, signal),
    logs: (target, log, signal) => logLines(parts, target, log, signal),
    scaling: createScaling(parts),
    config: createConfig(parts),
    runs: createRuns(parts),
    domains: createDomains(parts),
    maintenance: createMaintenance(parts),
  };
}
