import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { isObject, stringAt } from '../../src/base/json';
import type { RawRequest, Reply } from './empire-http';
import { chunk } from './empire-recordings';
import { jsonOf, notFound, problem, streamOf, textHead } from './heroku-replies';

/** A memory of apps that answers in the forms of Heroku's API description, with the behaviours that the files of a source ask for. */

type Standing = 'pending' | 'succeeded' | 'failed';

export interface StoredBuild {
  readonly id: string;
  status: Standing;
  readonly createdAt: string;
  readonly blob: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, string>>;
  release: string | undefined;
  readonly output: string[];
  readonly done: Promise<void>;
  finish(status: Standing): void;
}

export interface StoredRelease {
  readonly id: string;
  readonly version: number;
  status: Standing;
  readonly description: string;
  /** What it runs: the text of version.txt; undefined where it has no code. */
  readonly code: string | undefined;
  readonly config: Readonly<Record<string, string>>;
  eligible: boolean;
  readonly command: string | undefined;
  readonly done: Promise<void>;
  finish(status: Standing): void;
}

export interface StoredApp {
  readonly name: string;
  stack: string;
  maintenance: boolean;
  url: string;
  readonly releases: StoredRelease[];
  readonly builds: StoredBuild[];
  config: Record<string, string>;
  formation: Record<string, { quantity: number; size: string }>;
  domains: string[];
  readonly log: string[];
  /** The release that its dynos run, and how they are. */
  running: number | undefined;
  dynoState: string;
}

export interface HerokuState {
  readonly apps: Map<string, StoredApp>;
  /** What was put under each address. */
  readonly sources: Map<string, Buffer>;
  /** What one-off dynos were asked to do, and where they are met. */
  readonly ran: unknown[];
  attachUrl: string;
  /** What the container registry has by app and type. */
  readonly manifests: Map<string, Reply>;
  /** How many entries a page of a list has at most. */
  pageSize: number;
  answer(request: RawRequest, origin: string): Reply;
  /** Gives an app a release that runs `code`, as if it had been deployed. */
  seed(name: string, code: string): StoredApp;
}

function promised(): { readonly done: Promise<void>; readonly end: () => void } {
  let end = (): void => undefined;
  const done = new Promise<void>((resolve) => (end = resolve));
  return { done, end };
}

interface At {
  readonly state: HerokuState;
  readonly request: RawRequest;
  readonly origin: string;
}

interface InApp extends At {
  readonly app: StoredApp;
  /** What follows the route's name in the path. */
  readonly rest: readonly string[];
}

export function createHerokuState(): HerokuState {
  const state: HerokuState = {
    apps: new Map(),
    sources: new Map(),
    manifests: new Map(),
    ran: [],
    attachUrl: '',
    pageSize: 1000,
    answer: (request, origin) => answer({ state, request, origin }),
    seed(name, code) {
      const app = state.apps.get(name) ?? freshApp(name);
      state.apps.set(name, app);
      release(app, { description: `Deploy ${code}`, code, command: undefined });
      return app;
    },
  };
  return state;
}

const freshApp = (name: string): StoredApp => ({
  name,
  stack: 'heroku-24',
  maintenance: false,
  url: `https://${name}-1a2b3c.herokuapp.com/`,
  releases: [],
  builds: [],
  config: {},
  formation: {},
  domains: [],
  log: [],
  running: undefined,
  dynoState: 'up',
});

/** The parts of a path, of which there are three at least. */
function partsOf(path: string): [string, string, string, ...string[]] {
  const [, first = '', second = '', third = '', ...rest] = path.replace(/\?.*$/, '').split('/');
  return [first, second, third, ...rest];
}

function answer(at: At): Reply {
  const { method, path } = at.request;
  const [first, second, third, ...rest] = partsOf(path);
  const own: Readonly<Record<string, () => Reply>> = {
    sources: () => makeSource(at),
    source: () => takeSource(at, second),
    output: () => showOutput(at, second, third),
    logs: () => showLog(at, second),
    v2: () => at.state.manifests.get(`${second}/${third}`) ?? notFound('manifest'),
    account: () => jsonOf(200, { id: 'u', email: 'jane@example.com', name: null }),
  };
  if (first !== 'apps') return own[first]?.() ?? notFound('route');
  if (second === '') return method === 'POST' ? makeApp(at) : listApps(at);
  const app = at.state.apps.get(decodeURIComponent(second));
  if (!app) return notFound('app');
  return (
    routes[`${method} ${third}`]?.({ ...at, app, rest: rest.map(decodeURIComponent) }) ?? notFound('route')
  );
}

export const bodyOf = ({ body }: RawRequest): unknown =>
  body === '' ? undefined : (JSON.parse(body) as unknown);

const appJson = (app: StoredApp): object => ({
  id: `id-of-${app.name}`,
  name: app.name,
  maintenance: app.maintenance,
  web_url: app.url,
  stack: { name: app.stack },
  build_stack: { name: app.stack },
  generation: { name: 'cedar' },
  released_at: null,
});

const listApps = ({ state }: At): Reply => jsonOf(200, [...state.apps.values()].map(appJson));

function makeApp({ state, request }: At): Reply {
  const name = stringAt(bodyOf(request), 'name') ?? '';
  if (state.apps.has(name)) return problem(422, 'invalid_params', `Name ${name} is already taken`);
  const app = freshApp(name);
  app.stack = stringAt(bodyOf(request), 'stack') ?? app.stack;
  state.apps.set(name, app);
  release(app, { description: 'Initial release', code: undefined, command: undefined });
  return jsonOf(201, appJson(app));
}

function makeSource({ origin }: At): Reply {
  const id = randomUUID();
  const url = (verb: string): string => `${origin}/source/${id}?X-Signature=canarySignature-${verb}`;
  return jsonOf(201, { source_blob: { get_url: url('get'), put_url: url('put') } });
}

/** As the storage does it: signed without a type, a length is a must, and no token belongs there. */
function takeSource({ state, request }: At, id: string): Reply {
  const { headers, bytes, method } = request;
  const isRight =
    method === 'PUT' &&
    headers['authorization'] === undefined &&
    headers['content-type'] === '' &&
    headers['transfer-encoding'] === undefined &&
    headers['content-length'] === String(bytes.length);
  if (!isRight) return { pieces: ['HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n'], end: 'close' };
  state.sources.set(id, bytes);
  return { pieces: ['HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'], end: 'close' };
}

/** The small files at the root of a source. */
function filesOf(source: Buffer): Readonly<Record<string, string>> {
  const names = execFileSync('tar', ['-tzf', '-'], { input: source, encoding: 'utf8' }).trim().split('\n');
  const asked = names.filter((name) => /^(version\.txt|Procfile|slow|broken)$/.test(name));
  return Object.fromEntries(
    asked.map((name) => [
      name,
      execFileSync('tar', ['-xzOf', '-', name], { input: source, encoding: 'utf8' }),
    ]),
  );
}

function startBuild({ state, request, app, origin }: InApp): Reply {
  const body = bodyOf(request);
  const blob = isObject(body) && isObject(body['source_blob']) ? body['source_blob'] : {};
  const id = /\/source\/([^?]+)/.exec(stringAt(blob, 'url') ?? '')?.[1] ?? '';
  const source = state.sources.get(id);
  if (!source) return problem(422, 'invalid_params', 'Source blob URL can’t be read.');
  const build = makeBuild(app, blob, filesOf(source));
  return jsonOf(201, buildJson(build, origin));
}

export function makeBuild(
  app: StoredApp,
  blob: Readonly<Record<string, unknown>>,
  files: StoredBuild['files'],
): StoredBuild {
  const { done, end } = promised();
  const build: StoredBuild = {
    id: randomUUID(),
    status: 'pending',
    createdAt: new Date(Date.now() + app.builds.length).toISOString(),
    blob,
    files,
    release: undefined,
    output: ['-----> Building on the Heroku-24 stack', '-----> Python app detected', '       größe ✓'],
    done,
    finish(status) {
      if (build.status !== 'pending') return;
      build.status = status;
      if (status === 'succeeded') build.release = releaseBuild(app, build).id;
      end();
    },
  };
  app.builds.push(build);
  if (files['broken'] !== undefined) build.output.push(' !     No matching distribution found for nosuch==1');
  const wanted = files['broken'] === undefined ? 'succeeded' : 'failed';
  setTimeout(() => build.finish(wanted), Number(files['slow'] ?? 5)).unref();
  return build;
}

function releaseBuild(app: StoredApp, build: StoredBuild): StoredRelease {
  const { files, blob } = build;
  const version = stringAt(blob, 'version') ?? '';
  for (const [, type = ''] of (files['Procfile'] ?? '').matchAll(/^([a-z]+):/gm))
    if (type !== 'release') app.formation[type] ??= { quantity: type === 'web' ? 1 : 0, size: 'Standard-1X' };
  const command = /^release: (.*)$/m.exec(files['Procfile'] ?? '')?.[1];
  const code = (files['version.txt'] ?? '').trim();
  return release(app, { description: `Deploy ${version.slice(0, 8)}`, code, command });
}

/** A release; what `command` holds is run before it counts. */
export function release(
  app: StoredApp,
  made: Pick<StoredRelease, 'description' | 'code' | 'command'>,
): StoredRelease {
  const { done, end } = promised();
  const one: StoredRelease = {
    ...made,
    id: randomUUID(),
    version: app.releases.length + 1,
    status: 'pending',
    config: { ...app.config },
    eligible: made.code !== undefined,
    done,
    finish(status) {
      if (one.status !== 'pending') return;
      one.status = status;
      if (status === 'succeeded' && one.code !== undefined) app.running = one.version;
      end();
    },
  };
  app.releases.push(one);
  if (made.command === undefined) one.finish('succeeded');
  else {
    const ms = Number(/^sleep (\d+)/.exec(made.command)?.[1] ?? 0) * 1000 + 5;
    setTimeout(() => one.finish(made.command === 'false' ? 'failed' : 'succeeded'), ms).unref();
  }
  return one;
}

export const buildJson = (build: StoredBuild, origin: string): object => ({
  id: build.id,
  status: build.status,
  created_at: build.createdAt,
  output_stream_url: `${origin}/output/build/${build.id}?key=canaryStreamKey`,
  release: build.release === undefined ? null : { id: build.release },
  source_blob: build.blob,
  buildpacks: [],
});

export function releaseJson(app: StoredApp, one: StoredRelease, origin: string): object {
  const current = app.releases.findLast((other) => other.status === 'succeeded');
  const output = `${origin}/output/release/${one.id}?key=canaryStreamKey`;
  return {
    id: one.id,
    version: one.version,
    status: one.status,
    current: one === current,
    description: one.description,
    created_at: '2026-11-23T20:26:22Z',
    slug: one.code === undefined || one.code.startsWith('sha256:') ? null : { id: `slug-${one.code}` },
    user: { email: 'jane@example.com', id: 'u' },
    output_stream_url: one.command === undefined ? null : output,
    eligible_for_rollback: one.eligible,
  };
}

/** The part from `Range: bytes=` on, or all; the last piece waits for the end. */
function showOutput({ state, request }: At, kind: string, id: string): Reply {
  const apps = [...state.apps.values()];
  const builds = apps.flatMap((one) => one.builds).map((one) => ({ ...one, id: one.id }));
  const releases = apps.flatMap((one) => one.releases);
  const build = kind === 'build' ? builds.find((one) => one.id === id) : undefined;
  const found = kind === 'release' ? releases.find((one) => one.id === id) : undefined;
  const owner = build ?? found;
  if (!owner || request.headers['authorization'] !== undefined) return notFound('stream');
  const lines = build ? [...build.output, '-----> Done'] : [`Running: ${found?.command ?? ''}`, 'migrated'];
  return streamOf(
    request,
    lines.map((line) => `${line}\n`),
    owner.done,
  );
}

const mostLogMs = 500;

function showLog({ state }: At, id: string): Reply {
  const [name = '', tail = '', lines = ''] = decodeURIComponent(id).split(' ');
  const app = state.apps.get(name);
  const past = [
    '2026-12-01T09:00:00.000000+00:00 heroku[web.1]: State changed from starting to up',
    '2026-12-01T09:00:01.000000+00:00 app[web.1]: listening',
  ].slice(-Number(lines));
  const pieces = [textHead, chunk(`${past.join('\n')}\n`)];
  if (tail !== 'true') return { pieces: [...pieces, '0\r\n\r\n'], end: 'close' };
  const began = Date.now();
  const said = (async () => {
    while (app && app.log.length === 0 && Date.now() < began + mostLogMs)
      await new Promise((done) => setTimeout(done, 5));
  })();
  const line = (): Buffer =>
    chunk(`2026-12-01T09:00:02.000000+00:00 app[web.1]: ${app?.log.join('\n') ?? ''}\n`);
  return { pieces: [...pieces, line], end: 'stall', gate: said };
}

/** A list as its Range asks for it, cut into pages. */
function paged(at: At, key: string, all: readonly object[]): Reply {
  const range = at.request.headers['range'] ?? '';
  const isDown = range.includes('order=desc');
  const value = (one: object): string => String((one as Record<string, unknown>)[key]).padStart(12, '0');
  const sorted = all.toSorted((a, b) => (value(a) < value(b) ? -1 : 1) * (isDown ? -1 : 1));
  const after = /\](\S+) \.\./.exec(range)?.[1]?.padStart(12, '0');
  const rest =
    after === undefined ? sorted : sorted.filter((one) => (isDown ? value(one) < after : value(one) > after));
  const most = Math.min(at.state.pageSize, Number(/max=(\d+)/.exec(range)?.[1] ?? 200));
  const page = rest.slice(0, most);
  const last = page.at(-1);
  if (rest.length <= most || !last) return jsonOf(200, page);
  const next = `]${value(last).replace(/^0+/, '')} ..; max=${most}${isDown ? ',order=desc' : ''}`;
  return jsonOf(206, page, { 'Next-Range': `${key} ${next}`, 'Accept-Ranges': key });
}

const findRelease = (app: StoredApp, said: string): StoredRelease | undefined =>
  app.releases.find((one) => one.id === said || String(one.version) === said);

function changeConfig({ app, request }: InApp): Reply {
  const patch = bodyOf(request);
  if (!isObject(patch)) return problem(400, 'bad_request', 'Unable to parse the body.');
  const kept = Object.entries({ ...app.config, ...patch }).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  app.config = Object.fromEntries(kept);
  const running = app.releases.findLast((one) => one.status === 'succeeded');
  const keys = Object.keys(patch).join(', ');
  release(app, { description: `Set ${keys} config vars`, code: running?.code, command: undefined });
  return jsonOf(200, app.config);
}

const formationJson = (app: StoredApp): readonly object[] =>
  Object.entries(app.formation).map(([type, { quantity, size }]) => ({
    id: `f-${type}`,
    type,
    quantity,
    size,
    dyno_size: { name: size },
    command: `./${type}`,
  }));

function scale({ app, request }: InApp): Reply {
  const body = bodyOf(request);
  const updates: readonly unknown[] = isObject(body) && Array.isArray(body['updates']) ? body['updates'] : [];
  for (const one of updates) {
    const refused = isObject(one) ? update(app, one) : notFound('process type');
    if (refused) return refused;
  }
  return jsonOf(200, formationJson(app));
}

function update(app: StoredApp, one: Readonly<Record<string, unknown>>): Reply | undefined {
  const type = stringAt(one, 'type') ?? '';
  const image = stringAt(one, 'docker_image');
  if (image !== undefined) return releaseImage(app, type, image);
  const present = app.formation[type];
  if (!present) return notFound('process type');
  if (typeof one['quantity'] === 'number') present.quantity = one['quantity'];
  present.size = stringAt(one['dyno_size'], 'name') ?? present.size;
  return undefined;
}

function releaseImage(app: StoredApp, type: string, image: string): Reply | undefined {
  if (app.stack !== 'container') return problem(422, 'invalid_params', 'The stack is not container.');
  app.formation[type] ??= { quantity: 1, size: 'Standard-1X' };
  release(app, { description: `Deployed ${type} (${image.slice(7, 19)})`, code: image, command: undefined });
  return undefined;
}

function dynosOf(app: StoredApp): readonly object[] {
  const version = app.running;
  const dyno = (name: string, type: string, state: string, release: number | undefined): object => ({
    id: `d-${name}`,
    name,
    type,
    state,
    size: 'Standard-1X',
    command: `./${type}`,
    release: { id: 'r', version: release },
    updated_at: '2026-12-01T09:00:00Z',
  });
  const waiting = app.releases.find((one) => one.status === 'pending');
  const command = waiting ? [dyno('release.4711', 'release', 'up', waiting.version)] : [];
  if (version === undefined) return command;
  const own = Object.entries(app.formation).flatMap(([type, { quantity }]) =>
    Array.from({ length: quantity }, (_, at) => dyno(`${type}.${at + 1}`, type, app.dynoState, version)),
  );
  return [...own, ...command];
}

type Route = (at: InApp) => Reply;

const routes: Readonly<Record<string, Route>> = {
  'GET ': ({ app }) => jsonOf(200, appJson(app)),
  'PATCH ': ({ app, request }) => {
    const body = bodyOf(request);
    if (isObject(body) && typeof body['maintenance'] === 'boolean') app.maintenance = body['maintenance'];
    return jsonOf(200, appJson(app));
  },
  'POST builds': startBuild,
  'GET builds': (at) => {
    const [id] = at.rest;
    if (id === undefined)
      return paged(
        at,
        'created_at',
        at.app.builds.map((one) => buildJson(one, at.origin)),
      );
    const build = at.app.builds.find((one) => one.id === id);
    return build ? jsonOf(200, buildJson(build, at.origin)) : notFound('build');
  },
  'DELETE builds': ({ app, rest, request, origin }) => {
    const build = app.builds.find((one) => one.id === rest[0]);
    if (!build) return notFound('build');
    if (!request.headers['accept']?.includes('version=3.cancel-build')) return notFound('route');
    if (build.status !== 'pending') return problem(422, 'invalid_params', 'The build is not pending.');
    build.finish('failed');
    return jsonOf(200, buildJson(build, origin));
  },
  'GET releases': (at) => {
    const { app, rest, origin } = at;
    const [said, below] = rest;
    if (said === undefined)
      return paged(
        at,
        'version',
        app.releases.map((one) => releaseJson(app, one, origin)),
      );
    const found = findRelease(app, said);
    if (!found) return notFound('release');
    return jsonOf(200, below === 'config-vars' ? found.config : releaseJson(app, found, origin));
  },
  'POST releases': ({ app, request, origin }) => {
    const body = bodyOf(request);
    const slug = stringAt(body, 'slug');
    if (slug !== undefined) {
      const description = stringAt(body, 'description') ?? 'Promote';
      const made = release(app, { description, code: slug.replace(/^slug-/, ''), command: undefined });
      app.formation['web'] ??= { quantity: 1, size: 'Standard-1X' };
      return jsonOf(201, releaseJson(app, made, origin));
    }
    const wanted = findRelease(app, stringAt(body, 'release') ?? '');
    if (!wanted) return notFound('release');
    if (!wanted.eligible) return problem(422, 'invalid_params', 'That release can’t be rolled back to.');
    app.config = { ...wanted.config };
    const { code } = wanted;
    const made = release(app, { description: `Rollback to v${wanted.version}`, code, command: undefined });
    return jsonOf(201, releaseJson(app, made, origin));
  },
  'GET config-vars': ({ app }) => jsonOf(200, app.config),
  'PATCH config-vars': changeConfig,
  'GET formation': (at) => paged(at, 'type', formationJson(at.app)),
  'PATCH formation': scale,
  'GET dynos': (at) => paged(at, 'name', dynosOf(at.app)),
  'DELETE dynos': () => jsonOf(202, {}),
  'POST dynos': ({ state, app, rest, request }) => {
    const [name, , verb] = rest;
    if (name === undefined) {
      state.ran.push(bodyOf(request));
      return jsonOf(201, { id: 'd', name: 'run.4711', state: 'starting', attach_url: state.attachUrl });
    }
    if (verb !== 'stop' || !name?.startsWith('release.')) return notFound('dyno');
    app.releases.findLast((one) => one.status === 'pending')?.finish('failed');
    return jsonOf(202, {});
  },
  'GET domains': (at) =>
    paged(at, 'hostname', [
      { kind: 'heroku', hostname: `${at.app.name}.herokuapp.com` },
      ...at.app.domains.map((hostname) => ({ kind: 'custom', hostname, cname: 'x.herokudns.com' })),
    ]),
  'POST domains': ({ app, request }) => {
    const hostname = stringAt(bodyOf(request), 'hostname') ?? '';
    if (app.domains.includes(hostname)) return problem(422, 'invalid_params', `${hostname} is taken.`);
    app.domains.push(hostname);
    return jsonOf(201, { hostname, kind: 'custom' });
  },
  'DELETE domains': ({ app, rest }) => {
    if (!app.domains.includes(rest[0] ?? '')) return notFound('domain name');
    app.domains = app.domains.filter((one) => one !== rest[0]);
    return jsonOf(200, {});
  },
  'POST log-sessions': ({ app, request, origin }) => {
    const body = bodyOf(request);
    const tail = isObject(body) && body['tail'] === true;
    const lines = isObject(body) && typeof body['lines'] === 'number' ? body['lines'] : 100;
    const id = encodeURIComponent(`${app.name} ${tail} ${lines}`);
    return jsonOf(201, { id: 'l', logplex_url: `${origin}/logs/${id}?token=canaryLogToken` });
  },
};
