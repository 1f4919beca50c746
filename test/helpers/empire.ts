import { createEmpireProvider } from '../../src/deploy';
import type { Provider, Target } from '../../src/deploy';
import { Secret } from '../../src/base/secret';
import { nodeHttp } from '../../src/platform/node/http';
import { createEmpireState } from './empire-state';
import type { EmpireState } from './empire-state';
import type { RawRequest, RawServer, Reply } from './empire-http';
import { serveRaw } from './empire-http';
import { recorded } from './empire-recordings';

/** Empire on loopback: recorded bytes, a memory that gives them the right names, and a way to answer otherwise. */
export interface TestEmpire {
  readonly server: RawServer;
  readonly state: EmpireState;
  readonly provider: Provider;
  /** Decides before everything else; undefined lets the rest answer. */
  override: ((request: RawRequest) => Reply | undefined) | undefined;
  target(app: string): Target;
  stop(): Promise<void>;
}

/** An image of acme's with that tag. */
export const imageOf = (app: string, tag: string): string => `ghcr.io/acme/${app}:${tag}`;

/** A canary: it must turn up nowhere. */
export const canaryToken = tokenFor({ User: { Name: 'jane', GitHubToken: 'gho_canaryInside123' } });
export const canaryInner = 'gho_canaryInside123';

export function tokenFor(payload: unknown): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}.canarySignature_0123456789`;
}

export const quick = {
  askMs: 2000,
  changeMs: 2000,
  retriesMs: [1, 1],
  bootMs: 0,
  bootEveryMs: 1,
  logQuietMs: 100,
} as const;

export async function startEmpire(
  options: { readonly token?: string; readonly needsMessages?: boolean; readonly patience?: object } = {},
): Promise<TestEmpire> {
  const token = options.token ?? canaryToken;
  const state = createEmpireState(options.needsMessages ?? true);
  const empire: { override: TestEmpire['override'] } = { override: undefined };
  const server = await serveRaw(
    (request) => empire.override?.(request) ?? guard(request, token) ?? state.answer(request),
  );
  const provider = createEmpireProvider({
    http: nodeHttp,
    now: () => new Date(),
    accounts: { find: async () => new Secret(token) },
    patience: { ...quick, ...options.patience },
  });
  return Object.assign(empire, {
    server,
    state,
    provider,
    target: (app: string): Target => ({
      app,
      environment: { name: 'staging', platform: 'empire', url: server.url, protected: false, config: {} },
      dir: '/nowhere',
    }),
    stop: () => server.stop(),
  });
}

/** What the real server looks at first: the exact Accept header, then who asks. */
export function guard({ path, headers }: RawRequest, token: string): Reply | undefined {
  if (headers['accept'] !== 'application/vnd.heroku+json; version=3') return recorded('003');
  if (path === '/oauth/authorizations') return undefined;
  const expected = `Basic ${Buffer.from(`:${token}`).toString('base64')}`;
  return headers['authorization'] === expected ? undefined : recorded('261');
}
