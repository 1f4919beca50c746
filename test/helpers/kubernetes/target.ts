import type { Provider, Target } from '../../../src/deploy';
import { createKubernetesProvider } from '../../../src/deploy';
import { nodeFiles } from '../../../src/platform/node/files';
import { nodeHttp } from '../../../src/platform/node/http';
import { createWebSockets } from '../../../src/platform/node/web-sockets';
import { nodeProcesses } from '../../../src/platform/node/processes';

/** Times for tests: a cluster that is played is quick. */
export const quick = {
  askMs: 5000,
  changeMs: 5000,
  retriesMs: [5, 20],
  lookEveryMs: 20,
  blindMs: 500,
  silentMs: 1000,
  rolloutMs: 15_000,
  releaseMs: 15_000,
  pullMs: 100,
  podsEveryMs: 50,
  cancelMs: 5000,
  settleMs: 2000,
} as const;

/** A provider whose kubeconfig stands at `path`. */
export function kubernetesAt(path: string, options: object = {}): Provider {
  return createKubernetesProvider({
    http: nodeHttp,
    webSockets: createWebSockets({}),
    machine: {
      files: nodeFiles,
      processes: nodeProcesses,
      env: { KUBECONFIG: path },
      mayRunPrograms: () => true,
    },
    now: () => new Date(),
    patience: quick,
    ...options,
  });
}

export function targetIn(app: string, dir: string, more: Partial<Target['environment']> = {}): Target {
  return {
    app,
    dir,
    health: '/healthz',
    environment: {
      name: 'staging',
      platform: 'kubernetes',
      context: 'test',
      protected: false,
      config: {},
      ...more,
    },
  };
}

export const imageOf = (app: string, tag: string): string => `registry.example.com/acme/${app}:${tag}`;
