import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { isObject, stringAt } from '../../../src/base/json';
import type { Cluster } from './cluster';

/** One line of a log, with the time at which it was written. */
export interface Line {
  readonly at: string;
  readonly text: string;
}

/** The one container of a pod, played by a process. */
export interface Container {
  /** Of the present run, and of the one before. */
  readonly lines: readonly Line[];
  readonly previous: readonly Line[];
  /** The port that it listens at, whatever it was told. */
  readonly port: number;
  readonly isOver: boolean;
  /** Whether it serves: its probe was answered. */
  readonly isReady: boolean;
  /** Where its command runs, and with which variables. */
  readonly inside: { readonly cwd: string; readonly env: Readonly<Record<string, string>> };
  /** Called at each new line and at the end; gives how to stop that. */
  onChange(listener: () => void): () => void;
  /** Writes a line to its log, as it could itself. */
  say(text: string): void;
  stop(): Promise<void>;
}

interface Pod {
  readonly pod: Readonly<Record<string, unknown>>;
  readonly path: string;
  readonly name: string;
  readonly images: ReadonlyMap<string, string>;
}

export async function startContainer(cluster: Cluster, pod: Pod): Promise<Container> {
  const played = new Played(cluster, pod, await freePort());
  await played.begin();
  return played;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((done) => server.close(() => done()));
  return port;
}

/** What runs when this process ends is ended too. */
const living = new Set<Played>();
process.once('exit', () => {
  for (const one of living) one.end();
});

const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

class Played implements Container {
  readonly #cluster: Cluster;
  readonly #pod: Pod;
  readonly port: number;
  lines: Line[] = [];
  previous: Line[] = [];
  isOver = false;
  isReady = false;
  inside: Container['inside'] = { cwd: '/', env: {} };
  #child: ChildProcess | undefined;
  #restarts = 0;
  #isStopping = false;
  readonly #listeners = new Set<() => void>();
  #last: unknown;

  constructor(cluster: Cluster, pod: Pod, port: number) {
    this.#cluster = cluster;
    this.#pod = pod;
    this.port = port;
  }

  get #spec(): Readonly<Record<string, unknown>> {
    const { spec } = this.#pod.pod;
    return isObject(spec) ? spec : {};
  }

  get #container(): Readonly<Record<string, unknown>> {
    const all = this.#spec['containers'];
    const first: unknown = Array.isArray(all) ? all[0] : undefined;
    return isObject(first) ? first : {};
  }

  get #isOnce(): boolean {
    return this.#spec['restartPolicy'] === 'Never';
  }

  async begin(): Promise<void> {
    const image = stringAt(this.#container, 'image') ?? '';
    const folder = this.#pod.images.get(image);
    if (folder === undefined) {
      const message = `Failed to pull image "${image}": manifest unknown`;
      await this.#happened('Failed', message);
      await this.#tell('Pending', { waiting: { reason: 'ErrImagePull', message } });
      await this.#tell('Pending', {
        waiting: { reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}"` },
      });
      return;
    }
    try {
      await this.#spawn(folder, await this.#variables());
    } catch (error) {
      await this.#tell('Pending', {
        waiting: { reason: 'CreateContainerConfigError', message: String(error) },
      });
    }
  }

  async #spawn(folder: string, env: Readonly<Record<string, string>>): Promise<void> {
    const command = this.#container['command'];
    const [file = '/bin/sh', ...args] = Array.isArray(command)
      ? command.map(String)
      : ['/bin/sh', '-c', 'exec python3 serve.py'];
    const path = process.env['PATH'] ?? '';
    this.inside = { cwd: folder, env: { PATH: path, ...env, PORT: String(this.port) } };
    const child = spawn(file, args, { ...this.inside, detached: true });
    this.#child = child;
    living.add(this);
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream.setEncoding('utf8').on('data', (text: string) => {
        const parts = (rest + text).split('\n');
        rest = parts.pop() ?? '';
        for (const line of parts) this.say(line);
      });
    }
    const ended = new Promise<number>((done) => child.once('close', (code) => done(code ?? 137)));
    await this.#tell('Running', { running: { startedAt: now() } });
    void this.#live(ended, folder, env).catch(() => undefined);
  }

  async #live(ended: Promise<number>, folder: string, env: Readonly<Record<string, string>>): Promise<void> {
    void this.#probe(this.#restarts).catch(() => undefined);
    const exitCode = await ended;
    this.#changed();
    if (this.#isStopping) return;
    const terminated = {
      exitCode,
      reason: exitCode === 0 ? 'Completed' : 'Error',
      startedAt: now(),
      finishedAt: now(),
    };
    if (this.#isOnce) {
      this.isOver = true;
      await this.#tell(exitCode === 0 ? 'Succeeded' : 'Failed', { terminated });
      this.#changed();
      return;
    }
    this.#last = { terminated };
    this.#restarts++;
    this.previous = this.lines;
    this.lines = [];
    const message = `back-off restarting failed container=app pod=${this.#pod.name}`;
    await this.#tell('Running', { waiting: { reason: 'CrashLoopBackOff', message } });
    if (this.#restarts === 1) await this.#happened('BackOff', 'Back-off restarting failed container');
    // It waits longer each time, as a real one does, only shorter.
    await new Promise((done) => setTimeout(done, 4 ** this.#restarts * 15));
    if (!this.#isStopping) await this.#spawn(folder, env);
  }

  /** Ready is who answers its probe; who has none is ready at once. */
  async #probe(run: number): Promise<void> {
    const probe = this.#container['readinessProbe'];
    const get = isObject(probe) ? probe['httpGet'] : undefined;
    for (;;) {
      if (this.#isStopping || this.isOver || run !== this.#restarts) return;
      const isReady = !isObject(probe) || (await this.#answers(stringAt(get, 'path')));
      if (isReady && run === this.#restarts && this.#child?.exitCode === null) {
        await this.#tell('Running', { running: { startedAt: now() } }, true);
        return;
      }
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  async #answers(path: string | undefined): Promise<boolean> {
    try {
      const response = await fetch(`http://127.0.0.1:${this.port}${path ?? '/'}`, {
        headers: { connection: 'close' },
      });
      await response.text();
      return path === undefined || (response.status >= 200 && response.status < 400);
    } catch {
      return false;
    }
  }

  /** As a kubelet resolves them: where a secret, or its key, is not there nothing starts. */
  async #variables(): Promise<Readonly<Record<string, string>>> {
    const all = this.#container['env'];
    const found: [string, string][] = [];
    for (const one of Array.isArray(all) ? (all as readonly unknown[]) : [])
      found.push([stringAt(one, 'name') ?? '', await this.#valueOf(one)]);
    return Object.fromEntries(found);
  }

  async #valueOf(variable: unknown): Promise<string> {
    const source = isObject(variable) ? variable['valueFrom'] : undefined;
    const from = isObject(source) ? source['secretKeyRef'] : undefined;
    if (from === undefined) return stringAt(variable, 'value') ?? '';
    const namespace = this.#pod.path.split('/')[4] ?? '';
    const [name = '', key = ''] = [stringAt(from, 'name'), stringAt(from, 'key')];
    const secret = await this.#cluster.call('GET', `/api/v1/namespaces/${namespace}/secrets/${name}`);
    const data = stringAt(isObject(secret) ? secret['data'] : undefined, key);
    if (data === undefined) throw new Error(`couldn't find key ${key} in Secret ${name}`);
    return Buffer.from(data, 'base64').toString('utf8');
  }

  async #tell(phase: string, state: object, isReady = false): Promise<void> {
    this.isReady = isReady;
    const ready = { type: 'Ready', status: isReady ? 'True' : 'False', lastTransitionTime: now() };
    const status = {
      name: 'app',
      image: stringAt(this.#container, 'image'),
      imageID: '',
      ready: isReady,
      started: isReady,
      restartCount: this.#restarts,
      state,
      lastState: this.#last ?? {},
    };
    await this.#cluster.call('PATCH', `${this.#pod.path}/status`, {
      status: {
        phase,
        hostIP: '127.0.0.1',
        podIP: '127.0.0.1',
        startTime: now(),
        conditions: [{ type: 'PodScheduled', status: 'True', lastTransitionTime: now() }, ready],
        containerStatuses: [status],
      },
    });
  }

  async #happened(reason: string, message: string): Promise<void> {
    const namespace = this.#pod.path.split('/')[4] ?? '';
    const { name } = this.#pod;
    await this.#cluster.call('POST', `/api/v1/namespaces/${namespace}/events`, {
      metadata: { generateName: `${name}.`, namespace },
      involvedObject: { kind: 'Pod', namespace, name },
      type: 'Warning',
      reason,
      message,
      count: 1,
      firstTimestamp: now(),
      lastTimestamp: now(),
    });
  }

  say(text: string): void {
    // As a kubelet writes them: nanoseconds, so that lines of one moment differ.
    const at = new Date()
      .toISOString()
      .replace('Z', `${String(this.lines.length % 1_000_000).padStart(6, '0')}Z`);
    this.lines.push({ at, text });
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #kill(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid;
    if (pid === undefined || this.#child?.exitCode !== null) return;
    try {
      process.kill(-pid, signal);
    } catch {
      this.#child.kill(signal);
    }
  }

  end(): void {
    this.#kill('SIGKILL');
  }

  async stop(): Promise<void> {
    living.delete(this);
    this.#isStopping = true;
    this.isOver = true;
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise<void>((done) => child.once('close', () => done()));
      this.#kill('SIGKILL');
      await ended;
    }
    this.#changed();
  }
}
