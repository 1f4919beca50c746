import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Provider, Target } from '../../../src/deploy';
import { textFrom, writeService } from '../platform';
import type { Cluster } from './cluster';
import { startCluster } from './cluster';
import { kubeconfigOf } from './kubeconfig';
import type { Kubelet } from './kubelet';
import { startKubelet } from './kubelet';
import { imageOf, kubernetesAt, targetIn } from './target';

/** A cluster with a kubelet, a kubeconfig that leads there, and images that are folders. */
export interface KubeWorld {
  readonly cluster: Cluster;
  readonly kubelet: Kubelet;
  /** Where the kubeconfig stands. */
  readonly config: string;
  readonly provider: Provider;
  /** A service in a namespace of its own. */
  service(
    app: string,
    files?: Readonly<Record<string, string>>,
    more?: Partial<Target['environment']>,
  ): Promise<Target>;
  /** Puts an image where the kubelet can pull it, and gives its name. */
  image(app: string, tag: string, files?: Readonly<Record<string, string>>): Promise<string>;
  /** What a path of the service answers; empty where nothing serves. */
  ask(target: Target, path: string): Promise<string>;
  /** Writes into the log of the process that serves. */
  say(target: Target, text: string): void;
  stop(): Promise<void>;
}

export async function startWorld(): Promise<KubeWorld> {
  const cluster = await startCluster();
  const kubelet = await startKubelet(cluster, new Map());
  const config = join(cluster.dir, 'config');
  await writeFile(config, kubeconfigOf(cluster.url, cluster.adminToken, cluster.ca));
  // The newest first: an older one may be on its way out.
  const serving = ({ app }: Target) =>
    [...kubelet.containers]
      .filter(([name, one]) => name.startsWith(`${app}-web-`) && one.isReady && !one.isOver)
      .map(([, one]) => one)
      .toReversed();
  return {
    cluster,
    kubelet,
    config,
    provider: kubernetesAt(config),
    async service(app, files, more) {
      await cluster.namespace(app);
      return targetIn(app, await writeService(join(cluster.dir, 'services', app), files), {
        namespace: app,
        ...more,
      });
    },
    async image(app, tag, files) {
      const dir = join(cluster.dir, 'images', `${app}-${tag}`);
      const name = imageOf(app, tag);
      kubelet.images.set(name, await writeService(dir, { 'version.txt': `${tag}\n`, ...files }));
      return name;
    },
    async ask(target, path) {
      const [first] = serving(target);
      return first === undefined ? '' : textFrom(`http://127.0.0.1:${first.port}${path}`);
    },
    say: (target, text) => serving(target)[0]?.say(text),
    async stop() {
      await kubelet.stop();
      await cluster.stop();
    },
  };
}
