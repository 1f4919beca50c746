import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Target } from '../../src/deploy';
import type { Cluster } from '../helpers/kubernetes/cluster';
import { kubeconfigOf, startCluster } from '../helpers/kubernetes/cluster';
import type { Kubelet } from '../helpers/kubernetes/kubelet';
import { startKubelet } from '../helpers/kubernetes/kubelet';
import { imageOf, kubernetesAt, targetIn } from '../helpers/kubernetes/target';
import { textFrom, writeService } from '../helpers/platform';
import type { Platform } from '../helpers/provider-contract';
import { providerContract } from '../helpers/provider-contract';

/** The suite of all providers against a real API server, real controllers and real processes. */

const kubernetes = async (): Promise<Platform> => {
  const cluster: Cluster = await startCluster();
  const kubelet: Kubelet = await startKubelet(cluster, new Map());
  const config = join(cluster.dir, 'config');
  await writeFile(config, kubeconfigOf(cluster.url, cluster.adminToken, cluster.ca));
  const provider = kubernetesAt(config);
  const image = async (target: Target, tag: string, files = {}): Promise<string> => {
    const name = imageOf(target.app, tag);
    const dir = join(cluster.dir, 'images', `${target.app}-${tag}`);
    kubelet.images.set(name, await writeService(dir, { 'version.txt': `${tag}\n`, ...files }));
    return name;
  };
  const serving = (target: Target) =>
    [...kubelet.containers].filter(([name, one]) => name.startsWith(`${target.app}-web-`) && !one.isOver);
  return {
    provider,
    async service(app) {
      await cluster.namespace(app);
      const dir = await writeService(join(cluster.dir, 'services', app));
      return targetIn(app, dir, { namespace: app });
    },
    ready: async (target, version) => ({ image: await image(target, String(version)) }),
    async running(target) {
      const [first] = serving(target);
      return first === undefined ? '' : textFrom(`http://127.0.0.1:${first[1].port}/version`);
    },
    async broken(target) {
      const broken = { 'serve.py': 'raise RuntimeError("no such setting")\n' };
      return {
        request: { image: await image(target, 'broken', broken) },
        explains: /RuntimeError: no such setting/,
      };
    },
    async slow(target) {
      const slow = { 'serve.py': 'import time\ntime.sleep(600)\n' };
      return { image: await image(target, 'slow', slow) };
    },
    async say(target, text) {
      serving(target)[0]?.[1].say(text);
    },
    logLine: /^\d{4}-\d\d-\d\dT\S+ app\[web\.1\]: listening$/m,
    async stop() {
      await kubelet.stop();
      await cluster.stop();
    },
  };
};

providerContract('Kubernetes, a real API server', kubernetes);
