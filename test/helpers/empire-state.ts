import { isObject, stringAt } from '../../src/base/json';
import type { RawRequest, Reply } from './empire-http';
import { chunk, jsonReply, recorded, streamHead, streamLines } from './empire-recordings';

interface StoredRelease {
  readonly version: number;
  readonly description: string;
  readonly image: string;
  readonly config: Readonly<Record<string, string>>;
  readonly formation: Readonly<Record<string, { quantity: number; size: string }>>;
}

interface StoredApp {
  readonly releases: StoredRelease[];
  config: Readonly<Record<string, string>>;
  formation: Record<string, { quantity: number; size: string }>;
  maintenance: boolean;
  domains: string[];
  /** Lines that its processes said beside the recorded ones. */
  readonly log: string[];
  /** The release that its processes run; the newest unless a test says so. */
  running: number | undefined;
}

/** A memory of apps that answers in the recorded forms. */
export interface EmpireState {
  readonly apps: Map<string, StoredApp>;
  answer(request: RawRequest): Reply;
  /** Gives an app a release of `image`, as if it had been deployed. */
  seed(name: string, image: string): void;
}

/** How long a log waits for what a test says. */
const mostLogMs = 500;

type Route = (app: StoredApp, request: RawRequest, name: string, rest: string) => Reply;

/** Errors that belong to a tag, as the recordings have them. */
const byTag: Readonly<Record<string, string>> = {
  missing: '060',
  noprocfile: '061',
  badprocfile: '062',
  denied: '253',
  midpull: '254',
  die: '075',
  superseded: '074',
};

export function createEmpireState(needsMessages: boolean): EmpireState {
  const apps = new Map<string, StoredApp>();
  const lacksMessage = ({ headers }: RawRequest): boolean =>
    needsMessages && (headers['commit-message'] ?? '') === '';
  return {
    apps,
    seed(name, image) {
      const app = apps.get(name) ?? freshApp();
      apps.set(name, app);
      release(app, `Deploy ${image} (jane)`, image);
    },
    answer: (request) =>
      request.path === '/apps'
        ? answerApps(apps, request, lacksMessage)
        : answerApp(apps, request, lacksMessage),
  };
}

type Lacks = (request: RawRequest) => boolean;

function answerApps(apps: EmpireState['apps'], request: RawRequest, lacks: Lacks): Reply {
  if (request.method === 'GET') return jsonReply(200, [...apps.keys()].map(appJson(apps)));
  return lacks(request) ? recorded('210') : makeApp(apps, request);
}

function answerApp(apps: EmpireState['apps'], request: RawRequest, lacks: Lacks): Reply {
  const { method, path } = request;
  const [, name = '', rest = ''] = /^\/apps\/([^/]+)(.*)$/.exec(path) ?? [];
  const app = apps.get(name);
  if (!app) return recorded('038');
  const route = routes[`${method} ${/^\/[a-z-]+/.exec(rest)?.[0] ?? ''}`];
  if (!route) return recorded('013');
  const needs = method !== 'GET' && !/^\/(domains|log-sessions)/.test(rest);
  if (needs && lacks(request)) return rest === '/deploys' ? recorded('213') : recorded('219');
  return route(app, request, name, rest);
}

const bodyOf = ({ body }: RawRequest): unknown => (body === '' ? undefined : (JSON.parse(body) as unknown));

const appJson =
  (apps: EmpireState['apps']) =>
  (name: string): object => ({
    name,
    id: 'a',
    maintenance: apps.get(name)?.maintenance ?? false,
    created_at: '2026-11-23T20:26:12.060061Z',
    web_url: '',
  });

function makeApp(apps: EmpireState['apps'], request: RawRequest): Reply {
  const name = stringAt(bodyOf(request), 'name') ?? '';
  if (apps.has(name)) return recorded('031');
  if (!/^[a-z][a-z0-9-]{2,30}$/.test(name)) return recorded('032');
  apps.set(name, freshApp());
  return jsonReply(201, appJson(apps)(name));
}

/** As the server makes one. */
export const freshApp = (): StoredApp => ({
  releases: [],
  config: {},
  formation: {},
  maintenance: false,
  domains: [],
  log: [],
  running: undefined,
});

/** A release of `image`; the formation goes on from the one before. */
function release(app: StoredApp, description: string, image: string): StoredRelease {
  if (Object.keys(app.formation).length === 0)
    app.formation = { web: { quantity: 1, size: '1X' }, worker: { quantity: 0, size: '1X' } };
  const made = {
    version: app.releases.length + 1,
    description,
    image,
    config: app.config,
    formation: { ...app.formation },
  };
  app.releases.push(made);
  app.running = undefined;
  return made;
}

const saying = ({ headers }: RawRequest): string => {
  const message = headers['commit-message'];
  return message === undefined ? '(jane)' : `(jane: '${message}')`;
};

const releaseJson = ({ version, description }: StoredRelease): object => ({
  created_at: '2026-11-23T20:26:22.93854Z',
  description,
  id: `id-${version}`,
  updated_at: '0001-01-01T00:00:00Z',
  slug: { id: 's' },
  user: { id: '', email: '' },
  version,
});

const routes: Readonly<Record<string, Route>> = {
  'GET ': (app, _request, name) => jsonReply(200, appJson(new Map([[name, app]]))(name)),
  'PATCH ': (app, request, name) => {
    const body = bodyOf(request);
    // Said, but not kept, where nothing was released.
    const on = isObject(body) && body['maintenance'] === true;
    if (app.releases.length > 0) app.maintenance = on;
    return jsonReply(200, { ...appJson(new Map([[name, app]]))(name), maintenance: on });
  },
  'GET /releases': (app, request) => {
    const [, max] = /max=(\d+)/.exec(request.headers['range'] ?? '') ?? [];
    const newest = app.releases.toReversed().map(releaseJson);
    return jsonReply(200, max === undefined ? newest : newest.slice(0, Number(max)));
  },
  'POST /releases': (app, request) => {
    const body = bodyOf(request);
    if (stringAt(body, 'release') === undefined) return recorded('093');
    const wanted = stringAt(body, 'release') ?? '';
    if (!/^\d+$/.test(wanted)) return recorded('092');
    const old = app.releases.find((one) => one.version === Number(wanted));
    if (!old) return recorded('091');
    app.config = old.config;
    app.formation = { ...old.formation };
    return jsonReply(200, releaseJson(release(app, `Rollback to v${wanted} ${saying(request)}`, old.image)));
  },
  'POST /deploys': (app, request, name) => deploy(app, request, name),
  'GET /config-vars': (app, _request, _name, rest) => {
    const version = /^\/config-vars\/(\d+)$/.exec(rest)?.[1];
    if (version === undefined) return jsonReply(200, app.config);
    const old = app.releases.find((one) => one.version === Number(version));
    return old ? jsonReply(200, old.config) : recorded('087');
  },
  'PATCH /config-vars': (app, request) => {
    const patch = bodyOf(request);
    if (!isObject(patch)) return recorded('104');
    const keys = Object.keys(patch);
    const next = Object.entries({ ...app.config, ...patch }).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    app.config = Object.fromEntries(next);
    const last = app.releases.at(-1);
    if (last)
      release(
        app,
        `Set ${keys.join(', ')} config var${keys.length > 1 ? 's' : ''} ${saying(request)}`,
        last.image,
      );
    return jsonReply(200, app.config);
  },
  'GET /formation': (app) =>
    app.releases.length === 0
      ? recorded('044')
      : jsonReply(200, formationJson(app.formation, Object.keys(app.formation).toReversed())),
  'PATCH /formation': (app, request) => scale(app, request),
  'GET /dynos': (app) => jsonReply(200, dynos(app)),
  'DELETE /dynos': (_app, _request, _name, rest) => (rest.includes('.') ? recorded('123') : recorded('121')),
  'POST /dynos': (_app, request) =>
    stringAt(bodyOf(request), 'command') === '' ? recorded('128') : recorded('125'),
  'GET /domains': (app) =>
    jsonReply(
      200,
      app.domains.map((Hostname) => ({ ID: 'd', Hostname, AppID: 'a', App: null })),
    ),
  'POST /domains': (app, request) => {
    const hostname = stringAt(bodyOf(request), 'hostname') ?? '';
    if (app.domains.includes(hostname)) return recorded('132');
    app.domains.push(hostname);
    return jsonReply(201, { hostname });
  },
  'DELETE /domains': (app, _request, _name, rest) => {
    const hostname = rest.split('/')[2] ?? '';
    if (!app.domains.includes(hostname)) return recorded('135');
    app.domains = app.domains.filter((one) => one !== hostname);
    return recorded('134');
  },
  'POST /log-sessions': (app) => {
    // What is said once the first line was read comes after the heartbeat.
    const began = Date.now();
    const said = (async () => {
      while (app.log.length === 0 && Date.now() < began + mostLogMs)
        await new Promise((done) => setTimeout(done, 5));
    })();
    return {
      pieces: [
        'HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n',
        chunk('app=acme-inc requested duration=10m0s\n'),
        chunk('line one from web.1\n'),
        chunk('\0'),
        () => chunk(`${app.log.join('\n')}\nline after heartbeat\n`),
      ],
      end: 'stall',
      gate: said,
    };
  },
};

function formationJson(formation: StoredApp['formation'], types: readonly string[]): readonly object[] {
  return types.map((type) => ({ command: '', id: '', type, ...formation[type] }));
}

function scale(app: StoredApp, request: RawRequest): Reply {
  if (app.releases.length === 0) return recorded('045');
  const body = bodyOf(request);
  const updates: readonly unknown[] = isObject(body) && Array.isArray(body['updates']) ? body['updates'] : [];
  for (const one of updates) {
    const process = stringAt(one, 'process');
    const present = process === undefined ? undefined : app.formation[process];
    if (process === undefined || !present || !isObject(one)) return recorded('113');
    // As the real one: a quantity that is not said is 0.
    const quantity = typeof one['quantity'] === 'number' ? one['quantity'] : 0;
    app.formation[process] = { quantity, size: stringAt(one, 'size') ?? present.size };
  }
  return jsonReply(
    200,
    formationJson(
      app.formation,
      updates.map((one) => stringAt(one, 'process') ?? ''),
    ),
  );
}

function dynos(app: StoredApp): readonly object[] {
  const version = app.running ?? app.releases.at(-1)?.version;
  if (version === undefined) return [];
  return Object.entries(app.formation).flatMap(([type, { quantity, size }]) =>
    Array.from({ length: quantity }, (_, at) => ({
      attach_url: null,
      command: `./bin/${type}`,
      created_at: '0001-01-01T00:00:00Z',
      id: '',
      host: { id: 'i-aa111aa1' },
      name: `v${version}.${type}.${at + 1}`,
      release: { id: '', version: 0 },
      size,
      state: 'RUNNING',
      type,
      updated_at: '2026-11-23T20:26:32.284318276Z',
    })),
  );
}

/** The recorded stream of a deploy with this app's name and release; a tag that has an error of its own gets that. */
function deploy(app: StoredApp, request: RawRequest, name: string): Reply {
  const image = stringAt(bodyOf(request), 'image') ?? '';
  const tag = image.split(':').at(-1) ?? '';
  const own = byTag[tag];
  if (own !== undefined && tag !== 'superseded') return recorded(own);
  const made = release(app, `Deploy ${image} ${saying(request)}`, image);
  if (tag === 'slow')
    return { ...renamed('051', name, made.version), end: 'stall', gate: new Promise(() => undefined) };
  if (tag === 'failing') return renamed('072', name, made.version);
  if (tag === 'superseded') return renamed('074', name, made.version);
  return renamed('051', name, made.version);
}

/** The lines of a recorded stream, each a chunk, as this app's. */
export function renamed(record: string, name: string, version: number): Reply {
  const lines = streamLines(record).map((line) =>
    line
      .replace(/(Created new release|events for release) v\d+ (for|of) [\w-]+/, `$1 v${version} $2 ${name}`)
      .replace(/(acme-inc|failing-app|superseded-app)/, name),
  );
  return { pieces: [streamHead, ...lines.map(chunk), '0\r\n\r\n'], end: 'close' };
}
