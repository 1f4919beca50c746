import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Secret } from '../../src/base/secret';
import { silentLog } from '../../src/base/log';
import { createHerokuProvider } from '../../src/deploy';
import type { Provider, Target } from '../../src/deploy';
import { nodeArchives } from '../../src/platform/node/archive';
import { nodeFiles } from '../../src/platform/node/files';
import { nodeHttp } from '../../src/platform/node/http';
import { nodeSockets } from '../../src/platform/node/sockets';
import { nodeProcesses } from '../../src/platform/node/processes';
import type { RawRequest, RawServer, Reply } from './empire-http';
import { serveRaw } from './empire-http';
import type { HerokuState } from './heroku-state';
import { problem } from './heroku-replies';
import { createHerokuState } from './heroku-state';
import { temporaryFolder, writeFiles } from './platform';

/** Heroku on loopback: a memory that answers in its forms, and a way to answer otherwise. */
export interface TestHeroku {
  readonly server: RawServer;
  readonly state: HerokuState;
  readonly provider: Provider;
  /** What the provider was made of. */
  readonly options: Parameters<typeof createHerokuProvider>[0];
  /** What the provider said in its log. */
  readonly said: string[];
  /** Decides before everything else; undefined lets the rest answer. */
  override: ((request: RawRequest) => Reply | undefined) | undefined;
  /** Answers a two-factor code, as the person would. */
  code: string | undefined;
  /** A service in a folder of its own with `files`. */
  service(app: string, files?: Readonly<Record<string, string>>): Promise<Target>;
  stop(): Promise<void>;
}

/** Canaries: they must turn up nowhere. */
export const canaryKey = 'HRKU-canary-key-0123456789abcdef';
export const canaries = [canaryKey, 'canarySignature', 'canaryStreamKey', 'canaryLogToken'];

export const quick = {
  askMs: 2000,
  changeMs: 2000,
  retriesMs: [1, 1],
  pollMs: 2,
  quietMs: 200,
  buildMs: 5000,
  silentMs: 60,
  releaseMs: 100,
  bootMs: 150,
  healthMs: 300,
  uploadMs: 1000,
} as const;

export async function startHeroku(
  options: { readonly patience?: object; readonly key?: string } = {},
): Promise<TestHeroku> {
  const key = options.key ?? canaryKey;
  const state = createHerokuState();
  const root = await temporaryFolder('servicewright-heroku-');
  const said: string[] = [];
  const heroku: Pick<TestHeroku, 'override' | 'code'> = { override: undefined, code: undefined };
  const server: RawServer = await serveRaw(
    (request) => heroku.override?.(request) ?? guard(request, key) ?? state.answer(request, server.url),
  );
  const settings: TestHeroku['options'] = {
    http: nodeHttp,
    archives: nodeArchives,
    sockets: nodeSockets,
    world: { processes: nodeProcesses, files: nodeFiles },
    log: { ...silentLog, warn: (text) => void said.push(text) },
    now: () => new Date(),
    accounts: { find: async () => new Secret(key) },
    askCode: async () => (heroku.code === undefined ? undefined : new Secret(heroku.code)),
    patience: { ...quick, ...options.patience },
  };
  const provider = createHerokuProvider(settings);
  return Object.assign(heroku, {
    server,
    state,
    provider,
    options: settings,
    said,
    async service(app: string, files: Readonly<Record<string, string>> = {}) {
      const dir = join(root, app);
      await mkdir(dir, { recursive: true });
      await writeFiles(dir, { Procfile: 'web: ./serve\nworker: ./work\n', 'version.txt': '1\n', ...files });
      const environment = {
        name: 'staging',
        platform: 'heroku',
        url: server.url,
        protected: false,
        config: {},
      } as const;
      return { app, environment, dir };
    },
    async stop() {
      await server.stop();
      await rm(root, { recursive: true, force: true });
    },
  });
}

/** What the real server looks at first: a form of its Accept header, then who asks. Addresses that let anybody in want neither. */
function guard({ path, headers }: RawRequest, key: string): Reply | undefined {
  if (/^\/(source|output|logs)\//.test(path)) return undefined;
  if (path.startsWith('/v2/'))
    return headers['authorization'] === `Basic ${Buffer.from(`_:${key}`).toString('base64')}`
      ? undefined
      : problem(401, 'unauthorized', 'No.');
  if (!/^application\/vnd\.heroku\+json; version=3(\.[a-z-]+)?$/.test(headers['accept'] ?? ''))
    return problem(406, 'not_acceptable', 'Unsupported API version.');
  if (path === '/oauth/authorizations') return undefined;
  return headers['authorization'] === `Bearer ${key}`
    ? undefined
    : problem(401, 'unauthorized', 'Invalid credentials provided.');
}
