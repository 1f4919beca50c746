import { cp, chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createEmbeddedProvider } from '../../src/deploy';
import type { DeployEvent, DeployResult, Provider, Target } from '../../src/deploy';
import { runDeploy } from '../../src/deploy';
import { readEngineFile } from '../../src/embedded/engine-file';
import { serve } from '../../src/embedded/engine/serve';
import { silentLog } from '../../src/base/log';
import { nodeHttp } from '../../src/platform/node/http';
import { nodeSockets } from '../../src/platform/node/sockets';

type Texts = Readonly<Record<string, string>>;

/** A folder for a test, gone at its end. */
export async function temporaryFolder(prefix = 'servicewright-test-'): Promise<string> {
  return mkdtemp(join(tmpdir(), prefix));
}

export async function writeFiles(dir: string, files: Texts): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), text);
    if (text.startsWith('#!')) await chmod(join(dir, name), 0o755);
  }
}

/** The service of test/fixtures/services/echo in `dir`, with `files` beside or instead of its own. */
export async function writeService(dir: string, files: Texts = {}): Promise<string> {
  await mkdir(dir, { recursive: true });
  await cp(resolve('test/fixtures/services/echo'), dir, { recursive: true });
  await writeFiles(dir, { Procfile: 'web: exec python3 serve.py\n', 'version.txt': '1\n', ...files });
  return dir;
}

/** A platform in this process, with a home and a database directory of its own. */
export interface TestPlatform {
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly provider: Provider;
  readonly url: string;
  readonly token: string;
  /** A target for a service in a folder of its own. */
  service(app: string, files?: Texts): Promise<Target>;
  /** Ends the platform and starts it again on the same home; `between` runs while there is none. */
  restart(between?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

interface Served {
  readonly url: string;
  readonly token: string;
  stop(): Promise<void>;
}

async function serveHere(home: string, env: TestPlatform['env']): Promise<Served> {
  const ending = new AbortController();
  const serving = serve(home, env, { signal: ending.signal, say: () => undefined });
  const record = await Promise.race([untilRecorded(home), serving]);
  if (!record) throw new Error('the platform ended at once');
  return {
    url: `http://127.0.0.1:${record.port}`,
    token: record.token,
    stop: async () => {
      ending.abort();
      await serving;
    },
  };
}

async function untilRecorded(home: string): ReturnType<typeof readEngineFile> {
  return eventually('the platform is ready', () => readEngineFile(home));
}

/** `mounted` is a folder that holds the home, instead of one made here. */
export async function startPlatform(settings: Texts = {}, mounted?: string): Promise<TestPlatform> {
  const root = await temporaryFolder();
  const database = await temporaryFolder('servicewright-database-');
  const home = join(mounted ?? root, 'home');
  const env = {
    ...process.env,
    SERVICEWRIGHT_HOME: home,
    SERVICEWRIGHT_DATABASE_DIR: database,
    SERVICEWRIGHT_BOOT_TIMEOUT: '20',
    SERVICEWRIGHT_STOP_GRACE: '5',
    SERVICEWRIGHT_DRAIN_TIMEOUT: '10',
    ...settings,
  };
  let served = await serveHere(home, env);
  const find = () => Promise.resolve({ url: served.url, token: served.token });
  return {
    home,
    env,
    provider: createEmbeddedProvider({
      engine: { find, connect: find },
      http: nodeHttp,
      sockets: nodeSockets,
      log: silentLog,
      now: () => new Date(),
    }),
    get url() {
      return served.url;
    },
    get token() {
      return served.token;
    },
    async service(app, files) {
      const dir = await writeService(join(root, 'services', app), files);
      return targetFor(app, dir);
    },
    async restart(between) {
      await served.stop();
      await between?.();
      served = await serveHere(home, env);
    },
    async stop() {
      await served.stop();
      for (const dir of [root, database]) await rm(dir, { recursive: true, force: true });
    },
  };
}

export function targetFor(app: string, dir: string, config: Texts = {}): Target {
  return {
    app,
    environment: { name: 'local', platform: 'embedded', protected: false, config },
    dir,
    health: '/healthz',
  };
}

/** Follows a deploy to its end; `events` are all that were told. */
export async function conclude(
  provider: Provider,
  target: Target,
  stream: AsyncIterable<DeployEvent>,
): Promise<DeployResult & { readonly events: readonly DeployEvent[] }> {
  const events: DeployEvent[] = [];
  const watched = async function* () {
    for await (const event of stream) {
      events.push(event);
      yield event;
    }
  };
  const { signal } = new AbortController();
  const result = await runDeploy(watched(), { provider, target, clock: { now: () => new Date() }, signal });
  return { ...result, events };
}

export async function deploy(provider: Provider, target: Target): ReturnType<typeof conclude> {
  return conclude(provider, target, provider.deploy(target, {}, new AbortController().signal));
}

/** Asks again and again until there is an answer that is neither undefined nor false; throws when it takes longer than a test may. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  withinMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${withinMs / 1000} s`);
    await new Promise((done) => setTimeout(done, 15));
  }
}

export async function textFrom(url: string): Promise<string> {
  const response = await fetch(url, { headers: { connection: 'close' } });
  return response.text();
}
