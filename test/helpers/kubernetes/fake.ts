import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Provider, Target } from '../../../src/deploy';
import type { RawRequest, RawServer, Reply } from '../empire-http';
import { reply, serveRaw } from '../empire-http';
import { temporaryFolder } from '../platform';
import { kubeconfigOf } from './kubeconfig';
import { renamed } from './answers';
import { KubeState } from './state';
import { kubernetesAt, targetIn } from './target';
import type { Terminals } from './terminals';
import { createTerminals } from './terminals';

/** A cluster on loopback: recorded answers, a memory that gives them the right names, and a way to answer otherwise. */
export interface TestCluster {
  readonly server: RawServer;
  readonly state: KubeState;
  readonly terminals: Terminals;
  readonly provider: Provider;
  /** Where the kubeconfig stands, in a folder that is gone at the end. */
  readonly config: string;
  readonly dir: string;
  /** Decides before everything else; undefined lets the rest answer. */
  override: ((request: RawRequest) => Reply | undefined) | undefined;
  target(app: string, more?: Partial<Target['environment']>): Target;
  stop(): Promise<void>;
}

/** A canary: it must turn up nowhere. */
export const canaryToken = 'canary-token-0123456789abcdef';

export async function startTestCluster(options: { readonly patience?: object } = {}): Promise<TestCluster> {
  const dir = await temporaryFolder();
  const state = new KubeState();
  const cluster: { override: TestCluster['override'] } = { override: undefined };
  const terminals = createTerminals();
  const server = await serveRaw(
    (request) => cluster.override?.(request) ?? guard(request) ?? state.answer(request),
    (request, socket) => {
      const refused = cluster.override?.(request) ?? guard(request);
      if (refused) void reply(socket, refused);
      else terminals.take(request, socket);
    },
  );
  const config = join(dir, 'config');
  await writeFile(config, kubeconfigOf(server.url, canaryToken));
  const provider = kubernetesAt(config, { patience: { ...quickFake, ...options.patience } });
  return Object.assign(cluster, {
    server,
    state,
    terminals,
    provider,
    config,
    dir,
    target: (app: string, more?: Partial<Target['environment']>): Target =>
      targetIn(app, dir, { namespace: 'team', ...more }),
    stop: () => server.stop(),
  });
}

const quickFake = {
  askMs: 2000,
  changeMs: 2000,
  retriesMs: [1, 1],
  lookEveryMs: 1,
  blindMs: 40,
  silentMs: 150,
  rolloutMs: 1000,
  releaseMs: 1000,
  pullMs: 5,
  podsEveryMs: 20,
  cancelMs: 1500,
  settleMs: 100,
} as const;

const guard = ({ headers }: RawRequest): Reply | undefined =>
  headers['authorization'] === `Bearer ${canaryToken}` ? undefined : renamed('unauthorized');
