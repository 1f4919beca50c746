import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { deployRunning, noSuchDeploy, noSuchRelease, tooLateToCancel } from '../errors';
import type { AppLog } from '../run/app-log';
import { openAppLog } from '../run/app-log';
import type { Redactor } from '../run/redact';
import { createRedactor } from '../run/redact';
import { startRouter } from '../run/router';
import type { EngineContext } from './context';
import type { DeployLog } from './deploy-log';
import { createDeployLog, finishDeployLog, isFinished, readDeployLog } from './deploy-log';
import type { DeployFacts } from './facts';
import { factsOf } from './facts';
import type { AppParts } from './boot';
import { environmentOf, typeOf } from './boot';
import type { AppChanges } from './changes';
import { createChanges } from './changes';
import type { Formation } from './formation';
import { createFormation } from './formation';
import type { DeployRequest, Deploying } from './deploying';
import { runDeploy, runRollback } from './pipeline';
import type { AppStore } from './store';
import { quantitiesOf } from './quantities';
import type { ReleaseRecord } from './records';
import { openStore, pathsOf } from './store';
import { deploysOf, dynosOf, eligible, isEligible, releaseSummary, summaryOf } from './summary';
import type { AppSummary, DynoSummary, ReleaseSummary, Running, Runtime } from './summary';

/** One service of the platform. */
export interface App extends AppChanges {
  readonly name: string;
  readonly log: AppLog;
  summary(): AppSummary;
  /** Every deploy that is on record, the newest first. */
  deploys(): readonly DeployFacts[];
  releases(): readonly ReleaseSummary[];
  dynos(): readonly DynoSummary[];
  /** The record of a release and where its files are, for another service that shall run them. Throws UserError `embedded/no-such-release`. */
  filesOf(release: number): { readonly release: ReleaseRecord; readonly dir: string };
  /** Throws UserError `embedded/deploy-running`. */
  deploy(request: DeployRequest): DeployLog;
  /** Throws UserError `embedded/deploy-running` or `embedded/no-such-release`. */
  rollback(release: number): DeployLog;
  /** Throws UserError `embedded/no-such-deploy` or `embedded/too-late`. */
  cancel(deploy: string): void;
  /** The lines of a deploy, those to come included. Throws UserError `embedded/no-such-deploy`. */
  follow(deploy: string, signal: AbortSignal): Promise<AsyncIterable<string>>;
  /** Ends its processes and starts them no more until `start` or the next deploy. Throws UserError `embedded/deploy-running`. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** What its processes get as DATABASE_URL; undefined where the running release has no database of ours. */
  databaseUrl(): Promise<string | undefined>;
  /** From now on its address says that it is being worked on, or no longer does. */
  setMaintenance(on: boolean): Promise<void>;
  /** Ends everything, for the end of the engine. */
  close(): Promise<void>;
}

/** Opens what is kept of a service and boots its current release. */
export async function openApp(
  context: EngineContext,
  name: string,
  changed: (app: App) => void,
): Promise<App> {
  const redactor = createRedactor();
  const store = await openStore(pathsOf(context.home, name), {
    name,
    source: '',
    environment: 'local',
    port: 0,
    stopped: false,
    maintenance: false,
    createdAt: context.now().toISOString(),
    databasePassword: randomBytes(24).toString('base64url'),
    generated: {},
    config: {},
    formation: {},
  });
  const { databasePassword, generated, config } = store.app;
  redactor.add([databasePassword, ...Object.values(generated), ...Object.values(config)]);
  const past = await closeBrokenDeploys(store);
  const log = await openAppLog(store.paths.logs, redactor, () => context.now());
  const router = await startRouter({
    preferredPort: store.app.port,
    isReserved: (port) => context.reservedPorts(name).has(port),
    isInMaintenance: () => store.app.maintenance,
    explain: () => (store.app.maintenance ? `${name} is in maintenance.` : explainState(name, formation())),
    onProblem: (text) => log.write('platform', 'router', text),
  });
  if (store.app.port !== 0 && store.app.port !== router.port)
    log.write(
      'platform',
      'router',
      `Port ${store.app.port} is taken by another program; serving on ${router.port}`,
    );
  context.setReservedPort(name, router.port);
  await store.saveApp({ port: router.port });
  const parts: AppParts = { context, store, log, router, changed: () => changed(app) };
  const runtime = emptyRuntime(redactor, past);
  const formation = (): Formation | undefined => runtime.formation;
  const app = createApp(parts, runtime);
  const current = currentOf(store);
  if (current && !store.app.stopped && store.hasSlug(current))
    runtime.formation = formationFor(parts, current);
  return app;
}

function emptyRuntime(redactor: Redactor, past: readonly DeployFacts[]): Runtime {
  const nothing = { formation: undefined, running: undefined };
  return { redactor, past, ...nothing, retiring: new Set(), oneOffs: new Set(), records: new Map() };
}

const currentOf = ({ app, releases }: AppStore): ReleaseRecord | undefined =>
  releases.find((one) => one.n === app.current);

const formationFor = (parts: AppParts, release: ReleaseRecord): Formation =>
  createFormation(parts, release, quantitiesOf(release.processes, parts.store.app.formation));

function explainState(name: string, formation: Formation | undefined): string {
  if (!formation) return `${name} is not running; deploy it.`;
  const web = formation.processes.find(({ dyno }) => typeOf(dyno) === 'web');
  if (!web) return `${name} v${formation.release.n} has no web process: it is scaled to 0.`;
  const last = web.instance?.lines.slice(-5) ?? [];
  // A caller may meet the end of a process before its parent is told of it.
  const state = web.state === 'up' ? 'up, but takes no connections' : web.state;
  return [`${name} v${formation.release.n} does not answer: web is ${state}.`, ...last].join('\n');
}

/** A deploy without an end is one whose engine was killed: whether it is live, the records know. */
async function closeBrokenDeploys(store: AppStore): Promise<readonly DeployFacts[]> {
  const { paths, app, releases } = store;
  for (const release of releases)
    if (release.status === 'pending') await store.saveRelease({ ...release, status: 'failed' });
  const past: DeployFacts[] = [];
  for (const file of (await readdir(paths.deploys)).toSorted()) {
    const id = file.replace(/\.ndjson$/, '');
    const lines = (await readDeployLog(paths.deploys, id)) ?? [];
    const facts = factsOf(id, lines);
    past.unshift(facts);
    if (isFinished(lines)) continue;
    const release = releases.find((one) => one.deploy === id);
    const isLive = release !== undefined && release.n === app.current;
    const number = release ? { release: release.n } : {};
    const message = 'The embedded platform ended in the middle of the deploy; deploy again.';
    const error = { code: 'embedded/engine-ended', message, lines: [] };
    await finishDeployLog(paths.deploys, id, {
      type: 'finished',
      ...number,
      seconds: 0,
      ...(isLive ? { outcome: 'live' } : { outcome: 'failed', error }),
    });
    past[0] = { ...facts, ...number, outcome: isLive ? 'live' : 'failed' };
  }
  return past;
}

function createApp(parts: AppParts, runtime: Runtime): App {
  const { store, log, router } = parts;
  const begin = (run: (deploying: Deploying) => Promise<void>): DeployLog => {
    if (runtime.running) throw deployRunning(store.app.name);
    return launch(parts, runtime, run);
  };
  return {
    ...createChanges(parts, runtime, begin),
    ...createPower(parts, runtime),
    name: store.app.name,
    log,
    summary: () => summaryOf(parts, runtime),
    deploys: () => deploysOf(runtime),
    releases: () => store.releases.map((release) => releaseSummary(store, release)),
    dynos: () => dynosOf(runtime),
    filesOf(number) {
      const release = store.releases.find((one) => one.n === number);
      if (!release || !store.hasSlug(release)) throw noSuchRelease(number, eligible(store));
      return { release, dir: join(store.paths.slugs, release.slug) };
    },
    deploy: (request) => begin((deploying) => runDeploy(deploying, request)),
    rollback(number) {
      const to = store.releases.find((one) => one.n === number);
      if (!to || !isEligible(store, to)) throw noSuchRelease(number, eligible(store));
      return begin((deploying) => runRollback(deploying, to));
    },
    cancel(deploy) {
      if (runtime.running?.record.id !== deploy) throw noSuchDeploy(deploy);
      if (runtime.running.switched) throw tooLateToCancel();
      runtime.running.abort.abort();
    },
    follow: (deploy, signal) => follow(store, runtime, deploy, signal),
    async databaseUrl() {
      const release = currentOf(store);
      if (release?.wantsDatabase !== true) return undefined;
      return (await environmentOf(parts, release, () => undefined))['DATABASE_URL'];
    },
    async setMaintenance(on) {
      await store.saveApp({ maintenance: on });
      parts.changed();
    },
    async close() {
      runtime.running?.abort.abort();
      await runtime.running?.record.finished;
      await stopFormation(parts, runtime);
      await router.close();
      log.close();
    },
  };
}

function createPower(parts: AppParts, runtime: Runtime): Pick<App, 'stop' | 'start'> {
  const { store } = parts;
  return {
    async stop() {
      if (runtime.running) throw deployRunning(store.app.name);
      await store.saveApp({ stopped: true });
      await stopFormation(parts, runtime);
    },
    async start() {
      await store.saveApp({ stopped: false });
      const release = currentOf(store);
      if (!runtime.formation && release) runtime.formation = formationFor(parts, release);
      parts.changed();
    },
  };
}

async function stopFormation(parts: AppParts, runtime: Runtime): Promise<void> {
  const { formation } = runtime;
  runtime.formation = undefined;
  parts.router.setTargets([]);
  await Promise.all([formation?.stop(), ...runtime.retiring]);
  parts.changed();
}

function launch(parts: AppParts, runtime: Runtime, run: (deploying: Deploying) => Promise<void>): DeployLog {
  const abort = new AbortController();
  const id = `${parts.context.now().toISOString().replaceAll(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`;
  const record = createDeployLog(parts.store.paths.deploys, id, runtime.redactor);
  const running: Running = { record, abort, switched: false };
  runtime.running = running;
  runtime.records.set(id, record);
  // Followed from memory until its file is whole.
  void record.finished.then(() => {
    runtime.records.delete(id);
    runtime.past = [record.facts, ...runtime.past];
  });
  const deploying: Deploying = {
    parts,
    redactor: runtime.redactor,
    record,
    signal: abort.signal,
    running: runtime.formation,
    onSwitched(next) {
      running.switched = true;
      runtime.formation = next;
      parts.changed();
    },
    place(process) {
      const placed = { ...process, end: () => abort.abort() };
      runtime.oneOffs.add(placed);
      parts.changed();
      return () => {
        runtime.oneOffs.delete(placed);
        parts.changed();
      };
    },
    retire(old) {
      const ending = old.stop().finally(() => runtime.retiring.delete(ending));
      runtime.retiring.add(ending);
    },
  };
  parts.changed();
  const end = (): void => {
    runtime.running = undefined;
    parts.changed();
  };
  run(deploying).then(end, end);
  return record;
}

async function follow(
  store: AppStore,
  runtime: Runtime,
  deploy: string,
  signal: AbortSignal,
): Promise<AsyncIterable<string>> {
  const open = runtime.records.get(deploy);
  if (open) return open.follow(signal);
  const lines = /^[\w-]+$/.test(deploy) ? await readDeployLog(store.paths.deploys, deploy) : undefined;
  if (!lines) throw noSuchDeploy(deploy);
  return (async function* replay() {
    yield* lines;
  })();
}
