import { delimiter, join } from 'node:path';
import { databaseName, databaseUrl, ensureDatabase } from '../database/databases';
import { webExited, webNotBound, webUnhealthy } from '../errors';
import { explain } from '../release/explain';
import type { AppLog } from '../run/app-log';
import { waitHealthy } from '../run/health';
import type { Health, HealthCheck } from '../run/health';
import type { Instance } from '../run/instance';
import { describeExit, startInstance } from '../run/instance';
import type { Router } from '../run/router';
import type { Supervisor } from '../run/supervisor';
import { supervise } from '../run/supervisor';
import type { Target } from '../run/target';
import { closeTarget, createTarget, drained } from '../run/target';
import type { EngineContext } from './context';
import type { ReleaseRecord } from './records';
import type { AppStore } from './store';

/** What the parts of one service share. */
export interface AppParts {
  readonly context: EngineContext;
  readonly store: AppStore;
  readonly log: AppLog;
  readonly router: Router;
  changed(): void;
}

/** The environment of a release's processes, without PORT. Starts the database server if the release wants it. */
export async function environmentOf(
  parts: AppParts,
  release: ReleaseRecord,
  say: (text: string) => void,
): Promise<Readonly<Record<string, string>>> {
  const { context, store } = parts;
  const path = [release.bin, context.runEnv['PATH']].filter((one) => one !== undefined).join(delimiter);
  const base = {
    ...context.runEnv,
    PATH: path,
    // Without it Python keeps its output back until a buffer is full, and the logs come too late to explain anything.
    PYTHONUNBUFFERED: '1',
    SERVICEWRIGHT_APP: store.app.name,
    SERVICEWRIGHT_RELEASE: `v${release.n}`,
  };
  if (!release.wantsDatabase) return { ...base, ...release.config };
  const cluster = await context.database(say);
  const own = { name: databaseName(store.app.name), password: store.app.databasePassword };
  await ensureDatabase(cluster, own);
  return { ...base, DATABASE_URL: databaseUrl(cluster, own), ...release.config };
}

export interface BootOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  say(text: string): void;
  onBound(): void;
}

export interface Booted {
  readonly instance: Instance;
  readonly target: Target;
}

/** Starts `web` and waits until it answers. Throws UserError `embedded/web-exited`, `web-not-bound` or `web-unhealthy`, having ended it. */
export async function bootWeb(
  parts: AppParts,
  release: ReleaseRecord,
  options: BootOptions,
): Promise<Booted> {
  const instance = await startType(parts, release, 'web', options.env);
  options.say(`Started web with PORT=${instance.port}`);
  try {
    const health = await Promise.race([askHealth(parts, release, instance, options), exitOf(instance)]);
    if (health.outcome === 'healthy')
      return { instance, target: createTarget(health.host, instance.port, release.n) };
    throw failureOf(health, release, instance, parts.context.timing.boot);
  } catch (error) {
    await instance.child.end(options.signal.aborted ? 1000 : 0);
    throw error;
  }
}

type End = { readonly outcome: 'exited'; readonly exit: string };

async function exitOf(instance: Instance): Promise<End> {
  return { outcome: 'exited', exit: describeExit(await instance.child.exited) };
}

function askHealth(
  parts: AppParts,
  release: ReleaseRecord,
  instance: Instance,
  options: BootOptions,
): Promise<Health> {
  const stop = new AbortController();
  const onEnd = (): void => stop.abort();
  instance.child.exited.then(onEnd, onEnd);
  const check: HealthCheck = {
    pid: instance.child.pid,
    port: instance.port,
    path: release.health,
    timeoutMs: parts.context.timing.boot,
    signal: AbortSignal.any([stop.signal, options.signal]),
    onBound: () => options.onBound(),
    onHint: (text) => options.say(text),
  };
  // When the process ends, its end is what is told: the race is decided by `exitOf`.
  return waitHealthy(check).catch((error: unknown) => {
    if (stop.signal.aborted && !options.signal.aborted) return new Promise<Health>(() => undefined);
    throw error;
  });
}

function failureOf(
  health: Exclude<Health, { outcome: 'healthy' }> | End,
  release: ReleaseRecord,
  instance: Instance,
  bootMs: number,
): Error {
  const lines = explain(instance.lines);
  switch (health.outcome) {
    case 'exited':
      return webExited(health.exit, lines);
    case 'not-bound':
      return webNotBound(instance.port, health.otherPorts, bootMs / 1000);
    case 'unhealthy':
      return webUnhealthy(release.health ?? '/', health.answer, lines);
  }
}

function startType(
  { context, store, log }: AppParts,
  release: ReleaseRecord,
  type: string,
  env: Readonly<Record<string, string>>,
): Promise<Instance> {
  return startInstance({
    dyno: `${type}.1`,
    command: release.processes[type] ?? '',
    cwd: join(store.paths.slugs, release.slug),
    env,
    log,
    runFiles: context.runFiles,
  });
}

/** The supervised processes of one release. */
export interface Formation {
  readonly release: ReleaseRecord;
  readonly processes: readonly Supervisor[];
  /** Starts nothing again, and waits until the requests under way have ended; `false` when the time was over, or `signal` fired, first. */
  drain(signal: AbortSignal): Promise<boolean>;
  stop(): Promise<void>;
}

/** Supervises the processes of a release; `booted` is the `web` that was started for it, else it is started here. */
export function createFormation(parts: AppParts, release: ReleaseRecord, booted?: Booted): Formation {
  const { context, log, router } = parts;
  const types = Object.keys(release.processes).filter((type) => type !== 'web' && type !== 'release');
  let target = booted?.target;
  const web = supervise({
    ...common(parts, 'web'),
    ...(booted ? { first: booted.instance } : {}),
    async start(signal) {
      const say = (text: string): void => log.write('platform', 'web.1', text);
      const env = await environmentOf(parts, release, say);
      const next = await bootWeb(parts, release, { env, signal, say, onBound: () => undefined });
      target = next.target;
      return next.instance;
    },
    onUp: () => router.setTarget(target),
    onDown: () => {
      if (router.target === target) router.setTarget(undefined);
      if (target) closeTarget(target);
    },
  });
  const workers = types.map((type) =>
    supervise({
      ...common(parts, type),
      start: async () =>
        startType(parts, release, type, await environmentOf(parts, release, () => undefined)),
      onUp: () => undefined,
      onDown: () => undefined,
    }),
  );
  const { grace } = context.timing;
  const stopAll = async (): Promise<void> => {
    // Idle connections that we keep open would be waited for by servers that end gracefully (gunicorn: 2 s).
    if (target) closeTarget(target);
    await Promise.all([web, ...workers].map((one) => one.stop(grace)));
  };
  return {
    release,
    processes: [web, ...workers],
    async drain(signal) {
      for (const one of [web, ...workers]) one.retire();
      return target ? drained(target, context.timing.drain, signal) : true;
    },
    stop: stopAll,
  };
}

function common(
  parts: AppParts,
  type: string,
): Pick<Parameters<typeof supervise>[0], 'dyno' | 'onChange' | 'say'> {
  const dyno = `${type}.1`;
  return {
    dyno,
    onChange: () => parts.changed(),
    say: (text) => parts.log.write('platform', dyno, text),
  };
}
