import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { isObject, stringAt } from '../../../src/base/json';
import type { Cluster } from './cluster';
import type { Container } from './container';
import { startContainer } from './container';
import { createExec } from './kubelet-exec';
import { serveLog } from './kubelet-log';

/**
 * A kubelet that plays containers with processes of this machine: it takes pods, runs their commands for real in the folder that stands
 * for the image, asks their readiness for real, and tells the API what a real one would. What it lacks is containers.
 */
export interface Kubelet {
  /** Folders by image; others can't be pulled. */
  readonly images: Map<string, string>;
  /** The containers that run, by the pod's name. */
  readonly containers: ReadonlyMap<string, Container>;
  stop(): Promise<void>;
}

export async function startKubelet(cluster: Cluster, images: Map<string, string>): Promise<Kubelet> {
  const containers = new Map<string, Container>();
  const options = { cert: readFileSync(cluster.certFile), key: readFileSync(cluster.keyFile) };
  const server = createServer(options, (request, response) => serveLog(containers, request, response));
  const exec = createExec(containers);
  server.on('upgrade', ({ method = '', url = '', headers }, socket) => {
    const said = Object.entries(headers).map(([name, value]) => [name, String(value)]);
    exec.take({ method, path: url, headers: Object.fromEntries(said) as Record<string, string> }, socket);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await register(cluster, port);
  const stopping = new AbortController();
  const watching = watch(cluster, { images, containers, signal: stopping.signal });
  return {
    images,
    containers,
    async stop() {
      stopping.abort();
      await watching;
      for (const one of containers.values()) await one.stop();
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

async function register(cluster: Cluster, port: number): Promise<void> {
  await cluster.call('POST', '/api/v1/nodes', { metadata: { name: 'node' } });
  await cluster.call('PATCH', '/api/v1/nodes/node/status', {
    status: {
      addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
      daemonEndpoints: { kubeletEndpoint: { Port: port } },
      conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady' }],
    },
  });
}

interface Playing {
  readonly images: ReadonlyMap<string, string>;
  readonly containers: Map<string, Container>;
  readonly signal: AbortSignal;
}

/** Looks again and again: simple, and as real as watching to those who only see its effects. */
async function watch(cluster: Cluster, playing: Playing): Promise<void> {
  while (!playing.signal.aborted) {
    const list = await cluster.call('GET', '/api/v1/pods').catch(() => undefined);
    const pods = isObject(list) && Array.isArray(list['items']) ? (list['items'] as readonly unknown[]) : [];
    for (const pod of pods) await take(cluster, playing, pod).catch(ignoreGone);
    await new Promise((done) => setTimeout(done, 30));
  }
}

/** What changed while we looked is looked at again. */
function ignoreGone(error: unknown): void {
  if (!/: (404|409|000) /.test(String(error)) && !/ECONN|socket hang up/.test(String(error))) throw error;
}

async function take(cluster: Cluster, { images, containers }: Playing, pod: unknown): Promise<void> {
  const meta = isObject(pod) ? pod['metadata'] : undefined;
  const spec = isObject(pod) ? pod['spec'] : undefined;
  const name = stringAt(meta, 'name') ?? '';
  const path = `/api/v1/namespaces/${stringAt(meta, 'namespace') ?? ''}/pods/${name}`;
  const known = containers.get(name);
  if (stringAt(meta, 'deletionTimestamp') !== undefined) {
    await known?.stop();
    await cluster.call('DELETE', path, { gracePeriodSeconds: 0 });
    containers.delete(name);
    return;
  }
  if (stringAt(spec, 'nodeName') === undefined) {
    await cluster.call('POST', `${path}/binding`, {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name },
      target: { kind: 'Node', name: 'node' },
    });
    return;
  }
  if (!known && isObject(pod))
    containers.set(name, await startContainer(cluster, { pod, path, name, images }));
}
