import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { nodeHttp } from '../../../src/platform/node/http';
import { textOf } from '../../../src/deploy/providers/lines';
import { eventually, temporaryFolder } from '../platform';
import { kubeconfigOf } from './kubeconfig';

/** A real Kubernetes API: etcd, kube-apiserver and kube-controller-manager on loopback, each on a free port, gone at the end. */
export interface Cluster {
  readonly url: string;
  readonly dir: string;
  /** PEM of the API's own certificate, and where it and its key stand. */
  readonly ca: string;
  readonly certFile: string;
  readonly keyFile: string;
  readonly adminToken: string;
  /** May read deployments and nothing else. */
  readonly readerToken: string;
  /** A certificate of the user `jane`, who may do everything. */
  readonly client: { readonly certFile: string; readonly keyFile: string };
  /** As admin; throws what is not 2xx. */
  call(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<unknown>;
  namespace(name: string): Promise<void>;
  /** The last that one of its programs printed. */
  said(program: string): string;
  stop(): Promise<void>;
}

/** Where the programs are; see test/editor/kubernetes.ts, which makes them. */
export function programs(): string {
  const found = process.env['SERVICEWRIGHT_KUBERNETES'];
  if (found === undefined)
    throw new Error(
      'SERVICEWRIGHT_KUBERNETES does not say where kube-apiserver is; run make test-platforms.',
    );
  return found;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((done) => server.close(() => done()));
  return port;
}

class Started {
  readonly #children: ChildProcess[] = [];
  readonly #said = new Map<string, string>();

  run(name: string, args: readonly string[]): void {
    const child = spawn(join(programs(), name), args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr])
      stream
        .setEncoding('utf8')
        .on('data', (text: string) =>
          this.#said.set(name, ((this.#said.get(name) ?? '') + text).slice(-8000)),
        );
    process.once('exit', () => child.kill('SIGKILL'));
    this.#children.push(child);
  }

  said(name: string): string {
    return this.#said.get(name) ?? '';
  }

  /** The last that was started ends first. */
  async stop(): Promise<void> {
    for (const child of this.#children.toReversed()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = new Promise<void>((done) => child.once('exit', () => done()));
      child.kill('SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(insist);
    }
  }
}

export const adminToken = 'canary-admin-token-0123456789';
const readerToken = 'canary-reader-token-0123456789';

export async function startCluster(): Promise<Cluster> {
  const dir = await temporaryFolder('servicewright-kubernetes-');
  const started = new Started();
  const [etcd, peers, port, manager] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const url = `https://127.0.0.1:${port}`;
  const file = (name: string): string => join(dir, name);
  await mkdir(file('certs'));
  await writeFile(
    file('tokens.csv'),
    `${adminToken},admin,admin,system:masters\n${readerToken},reader,reader,\n`,
  );
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await writeFile(file('accounts.pem'), privateKey.export({ type: 'pkcs1', format: 'pem' }));
  const client = makeClientCertificate(dir);
  started.run('etcd', [
    '--data-dir',
    file('etcd'),
    '--unsafe-no-fsync',
    '--name',
    'test',
    '--listen-client-urls',
    `http://127.0.0.1:${etcd}`,
    '--advertise-client-urls',
    `http://127.0.0.1:${etcd}`,
    '--listen-peer-urls',
    `http://127.0.0.1:${peers}`,
    '--initial-advertise-peer-urls',
    `http://127.0.0.1:${peers}`,
    '--initial-cluster',
    `test=http://127.0.0.1:${peers}`,
  ]);
  started.run('kube-apiserver', [
    `--etcd-servers=http://127.0.0.1:${etcd}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${file('certs')}`,
    `--token-auth-file=${file('tokens.csv')}`,
    `--client-ca-file=${file('ca.crt')}`,
    '--authorization-mode=RBAC',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${file('accounts.pem')}`,
    `--service-account-signing-key-file=${file('accounts.pem')}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    '--disable-admission-plugins=ServiceAccount',
    '--allow-privileged=true',
    '--profiling=false',
  ]);
  const stop = async (): Promise<void> => {
    await started.stop();
    await rm(dir, { recursive: true, force: true });
  };
  const call: Cluster['call'] = async (method, path, body) => {
    const { signal } = new AbortController();
    const headers = {
      authorization: `Bearer ${adminToken}`,
      'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
    };
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await nodeHttp.send(
      { method, url: url + path, headers, tls: { isUnchecked: true }, ...text },
      signal,
    );
    const answer = await textOf(response.body);
    if (response.status > 299) throw new Error(`${method} ${path}: ${response.status} ${answer}`);
    return answer.startsWith('{') ? (JSON.parse(answer) as unknown) : answer;
  };
  try {
    const isReady = async (): Promise<boolean> => (await call('GET', '/readyz').catch(() => '')) === 'ok';
    await eventually('the API is ready', isReady, 60_000).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${started.said('kube-apiserver')}\n${started.said('etcd')}`);
    });
    await writeFile(file('manager.yaml'), kubeconfigOf(url, adminToken, undefined, 'test'));
    started.run('kube-controller-manager', [
      `--kubeconfig=${file('manager.yaml')}`,
      '--controllers=deployment,replicaset,job,garbagecollector,namespace,resourcequota',
      '--bind-address=127.0.0.1',
      `--secure-port=${manager}`,
      ...oldPort(),
      '--leader-elect=false',
      `--cert-dir=${file('manager')}`,
      '--concurrent-gc-syncs=2',
    ]);
    await call('POST', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
      metadata: { name: 'jane' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'User', name: 'jane' }],
    });
  } catch (error) {
    await stop();
    throw error;
  }
  const certFile = file('certs/apiserver.crt');
  return {
    url,
    dir,
    ca: readFileSync(certFile, 'utf8'),
    certFile,
    keyFile: file('certs/apiserver.key'),
    adminToken,
    readerToken,
    client,
    call,
    said: (program) => started.said(program),
    namespace: async (name) => void (await call('POST', '/api/v1/namespaces', { metadata: { name } })),
    stop,
  };
}

/** Until 1.23 it also listened at a port of its own without TLS, unless told not to; newer ones do not know the option. */
function oldPort(): readonly string[] {
  const version = execFileSync(join(programs(), 'kube-controller-manager'), ['--version'], {
    encoding: 'utf8',
  });
  return /v1\.2[0-3]\./.test(version) ? ['--port=0'] : [];
}

/** An authority and, signed by it, a certificate of the user `jane`; openssl makes both. */
function makeClientCertificate(dir: string): Cluster['client'] {
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', args, { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] });
  };
  const fresh = ['-newkey', 'rsa:2048', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...fresh,
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-days',
    '2',
    '-subj',
    '/CN=test-ca',
  );
  openssl('req', ...fresh, '-keyout', 'jane.key', '-out', 'jane.csr', '-subj', '/CN=jane');
  openssl(
    'x509',
    '-req',
    '-in',
    'jane.csr',
    '-CA',
    'ca.crt',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-out',
    'jane.crt',
    '-days',
    '2',
  );
  return { certFile: join(dir, 'jane.crt'), keyFile: join(dir, 'jane.key') };
}
