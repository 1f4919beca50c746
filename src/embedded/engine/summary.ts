import type { Redactor } from '../run/redact';
import type { ProcessState } from '../run/supervisor';
import type { DeployLog } from './deploy-log';
import type { DeployFacts } from './facts';
import type { AppParts } from './boot';
import { typeOf } from './boot';
import type { Formation } from './formation';
import type { OneOff } from './one-off';
import { quantitiesOf } from './quantities';
import type { ReleaseRecord } from './records';
import type { AppStore } from './store';

/** A service as clients see it. */
export interface AppSummary {
  readonly name: string;
  readonly source: string;
  readonly environment: string;
  readonly url: string;
  readonly maintenance: boolean;
  /** When it was made, or empty. */
  readonly createdAt: string;
  readonly state: ProcessState | 'empty' | 'scaled-down';
  readonly release?: number;
  /** The deploy under way. */
  readonly deploy?: string;
}

export interface ReleaseSummary {
  readonly release: number;
  readonly at: string;
  readonly deploy: string;
  readonly status: 'live' | 'superseded' | 'failed' | 'pending';
  readonly slug: string;
  readonly commit?: string;
  readonly dirty?: boolean;
  readonly message?: string;
  readonly environment: string;
  readonly seconds: number;
  readonly rollbackTo?: number;
  /** Process types and their commands. */
  readonly processes: Readonly<Record<string, string>>;
  readonly quantities: Readonly<Record<string, number>>;
  readonly change?: 'config';
  /** Whether it can be rolled back to. */
  readonly eligible: boolean;
}

export interface DynoSummary {
  readonly name: string;
  readonly type: string;
  readonly command: string;
  readonly state: ProcessState;
  readonly release: number;
  readonly restarts: number;
  readonly pid?: number;
  readonly port?: number;
  readonly since?: string;
}

/** The deploy under way. */
export interface Running {
  readonly record: DeployLog;
  readonly abort: AbortController;
  switched: boolean;
}

/** What changes while a service is open. */
export interface Runtime {
  readonly redactor: Redactor;
  /** The deploys that are over, the newest first. */
  past: readonly DeployFacts[];
  formation: Formation | undefined;
  running: Running | undefined;
  /** What served before and is being ended. */
  readonly retiring: Set<Promise<void>>;
  readonly oneOffs: Set<OneOff>;
  /** Records that are not whole on disk yet. */
  readonly records: Map<string, DeployLog>;
}

export function summaryOf({ store, router }: AppParts, { formation, running }: Runtime): AppSummary {
  const { name, source, environment, current, stopped, maintenance, createdAt } = store.app;
  const state = stateOf(formation, stopped);
  return {
    name,
    source,
    environment,
    url: `http://127.0.0.1:${router.port}`,
    maintenance,
    createdAt,
    state,
    ...(current === undefined ? {} : { release: current }),
    ...(running ? { deploy: running.record.id } : {}),
  };
}

/** How the service is: as its `web` is that is best. */
function stateOf(formation: Formation | undefined, stopped: boolean): AppSummary['state'] {
  if (!formation) return stopped ? 'stopped' : 'empty';
  const states = formation.processes.filter(({ dyno }) => typeOf(dyno) === 'web').map(({ state }) => state);
  return states.find((state) => state === 'up') ?? states[0] ?? 'scaled-down';
}

export interface FormationSummary {
  readonly type: string;
  readonly quantity: number;
  readonly command: string;
}

/** How many processes of each type shall run. */
export function formationOf({ store }: AppParts): readonly FormationSummary[] {
  const current = store.releases.find((one) => one.n === store.app.current);
  if (!current) return [];
  return Object.entries(quantitiesOf(current.processes, store.app.formation)).map(([type, quantity]) => ({
    type,
    quantity,
    command: current.processes[type] ?? '',
  }));
}

export function isEligible(store: AppStore, release: ReleaseRecord): boolean {
  return release.status === 'succeeded' && release.n !== store.app.current && store.hasSlug(release);
}

export const eligible = (store: AppStore): readonly number[] =>
  store.releases.filter((one) => isEligible(store, one)).map((one) => one.n);

export function releaseSummary(store: AppStore, release: ReleaseRecord): ReleaseSummary {
  const { n, at, deploy, slug, commit, dirty, message, environment, seconds, rollbackTo, status } = release;
  const shown = status === 'succeeded' ? (n === store.app.current ? 'live' : 'superseded') : status;
  return {
    release: n,
    at,
    deploy,
    status: shown,
    slug,
    ...(commit === undefined ? {} : { commit }),
    ...(dirty === undefined ? {} : { dirty }),
    ...(message === undefined ? {} : { message }),
    environment,
    seconds,
    ...(rollbackTo === undefined ? {} : { rollbackTo }),
    processes: release.processes,
    quantities: release.quantities,
    ...(release.change === undefined ? {} : { change: release.change }),
    eligible: isEligible(store, release),
  };
}

/** The newest first. */
export function deploysOf({ records, past }: Runtime): readonly DeployFacts[] {
  const open = [...records.values()].map((one) => one.facts).toReversed();
  return [...open, ...past.filter((one) => !records.has(one.id))];
}

export function dynosOf({ formation, oneOffs }: Runtime): readonly DynoSummary[] {
  const release = formation?.release;
  const kept = (formation?.processes ?? []).map(({ dyno, state, restarts, instance }) => {
    const type = typeOf(dyno);
    const running = instance
      ? { pid: instance.child.pid, port: instance.port, since: instance.since.toISOString() }
      : {};
    const command = release?.processes[type] ?? '';
    return { name: dyno, type, command, state, release: release?.n ?? 0, restarts, ...running };
  });
  const single = [...oneOffs].map(({ dyno, command, since, pid, release: own }) => ({
    name: dyno,
    type: typeOf(dyno),
    command,
    state: pid === undefined ? ('starting' as const) : ('up' as const),
    release: own ?? release?.n ?? 0,
    restarts: 0,
    since: since.toISOString(),
    ...(pid === undefined ? {} : { pid }),
  }));
  return [...kept, ...single];
}
