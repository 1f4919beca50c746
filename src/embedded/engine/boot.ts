import { delimiter } from 'node:path';
import { databaseName, databaseUrl, ensureDatabase } from '../database/databases';
import { webExited, webNotBound, webUnhealthy } from '../errors';
import { explain } from '../release/explain';
import type { AppLog } from '../run/app-log';
import { waitHealthy } from '../run/health';
import type { Health, HealthCheck } from '../run/health';
import type { Instance } from '../run/instance';
import { describeExit, startInstance } from '../run/instance';
import type { Router } from '../run/router';
import type { Target } from '../run/target';
import { createTarget } from '../run/target';
import type { EngineContext } from './context';
import { launchOf } from './launch';
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
  /** `web.1` */
  readonly dyno: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  say(text: string): void;
  onBound(): void;
}

export interface Booted {
  readonly instance: Instance;
  readonly target: Target;
}

/** Starts a `web` process and waits until it answers. Throws UserError `embedded/web-exited`, `web-not-bound` or `web-unhealthy`, having ended it. */
export async function bootWeb(
  parts: AppParts,
  release: ReleaseRecord,
  options: BootOptions,
): Promise<Booted> {
  const instance = await startDyno(parts, release, options.dyno, options.env);
  options.say(`Started ${options.dyno} with PORT=${instance.port}`);
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

/** Starts as many `web` processes as the release has and waits until each answers. When one does not, none is left, and it throws what that one threw. */
export async function bootAll(
  parts: AppParts,
  release: ReleaseRecord,
  options: Omit<BootOptions, 'dyno'>,
): Promise<readonly Booted[]> {
  const dynos = Array.from({ length: release.quantities['web'] ?? 1 }, (_, at) => `web.${at + 1}`);
  const failing = new AbortController();
  const signal = AbortSignal.any([options.signal, failing.signal]);
  let isBound = false;
  const onBound = (): void => {
    if (!isBound) options.onBound();
    isBound = true;
  };
  let first: Error | undefined;
  const tried = await Promise.all(
    dynos.map((dyno) =>
      bootWeb(parts, release, { ...options, dyno, signal, onBound }).catch((error: unknown) => {
        first ??= error instanceof Error ? error : new Error(String(error));
        failing.abort();
        return undefined;
      }),
    ),
  );
  const booted = tried.filter((one) => one !== undefined);
  if (first === undefined) return booted;
  await Promise.all(booted.map(({ instance }) => instance.child.end(0)));
  throw first;
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

/** Starts one process of a release. */
// oxlint-disable-next-line max-params
export function startDyno(
  parts: AppParts,
  release: ReleaseRecord,
  dyno: string,
  env: Readonly<Record<string, string>>,
): Promise<Instance> {
  return startInstance({
    dyno,
    launch: (port) =>
      launchOf(parts, release, { dyno, env, port, command: release.processes[typeOf(dyno)] ?? '' }),
    log: parts.log,
    runFiles: parts.context.runFiles,
  });
}

/** `worker` of `worker.2`. */
export const typeOf = (dyno: string): string => dyno.split('.')[0] ?? dyno;
