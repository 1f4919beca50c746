import { pause } from '../../../base/pause';
import type { Http, WebSockets } from '../../../base/ports';
import type { Provider } from '../../provider';
import { usualPatience } from '../api';
import { createConfig } from './config';
import { createScaling } from './scaling';
import type { KubeParts, KubePatience } from './client';
import { connect } from './client';
import type { KubeMachine } from './credentials';
import { attachEvents } from './attach';
import { cancelDeploy } from './cancel';
import { deployEvents, rollbackEvents } from './deploy';
import { logLines } from './logs';
import { planDeploy, previewRollback } from './plan';
import { askReleases, readStatus } from './reading';
import { runLines } from './runs';
import { openTerminal } from './terminal';

export type { KubeMachine } from './credentials';

/** What the provider is given; times are the usual ones unless said. */
export interface KubernetesOptions {
  readonly http: Http;
  readonly webSockets: WebSockets;
  readonly machine: KubeMachine;
  readonly now: () => Date;
  readonly patience?: Partial<KubePatience>;
}

const minute = 60_000;

/**
 * Kubernetes 1.20 and newer, by its own API: a Deployment for each process of the Procfile, a Service and an Ingress that lead to `web`,
 * a Job for `release:`, and an immutable Secret for each release, which is its record and holds its variables.
 */
export function createKubernetesProvider(options: KubernetesOptions): Provider {
  const parts = partsOf(options);
  return {
    id: 'kubernetes',
    title: 'Kubernetes',
    caps: {
      source: 'image',
      cancel: 'full',
      attach: true,
      rollback: true,
      logs: true,
      releaseCommand: true,
    },
    plan: (target, request, signal) => planDeploy(parts, target, request, signal),
    deploy: (target, request, signal) => deployEvents(parts, target, request, signal),
    attach: (target, deploy, signal) => attachEvents(parts, target, deploy, signal),
    cancel: (target, deploy, signal) => cancelDeploy(parts, target, deploy, signal),
    async releases(target, signal, most) {
      const found = await askReleases(await connect(parts, target, signal), target, signal);
      return most === undefined ? found : found.slice(0, Math.max(1, most));
    },
    rollback: (target, version, signal, message) =>
      rollbackEvents(parts, target, { version, message }, signal),
    previewRollback: async (target, version, signal) =>
      previewRollback(await connect(parts, target, signal), target, version, signal),
    status: async (target, signal) =>
      readStatus({ now: parts.now, client: await connect(parts, target, signal) }, target, signal),
    async *logs(target, log, signal) {
      yield* logLines(parts, target, await connect(parts, target, signal), { ...log, signal });
    },
    scaling: createScaling(parts),
    config: createConfig(parts),
    runs: {
      terminal: async (target, command, signal) =>
        openTerminal(parts, target, await connect(parts, target, signal), { ...command, signal }),
      async *run(target, command, _message, signal) {
        yield* runLines(parts, target, await connect(parts, target, signal), { command, signal });
      },
    },
  };
}

function partsOf({ http, webSockets, machine, now, patience }: KubernetesOptions): KubeParts {
  return {
    http,
    webSockets,
    machine,
    now,
    pause,
    nonce: () => crypto.randomUUID(),
    patience: {
      ...usualPatience,
      lookEveryMs: 1000,
      blindMs: minute,
      silentMs: minute / 4,
      rolloutMs: 5 * minute,
      releaseMs: 30 * minute,
      pullMs: minute / 2,
      cancelMs: minute / 4,
      settleMs: minute / 6,
      podsEveryMs: 3000,
      ...patience,
    },
  };
}
