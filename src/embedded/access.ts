import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, isString, stringAt } from '../base/json';
import { engineDidNotStart, engineIsNewer } from './errors';
import type { EngineRecord } from './engine-file';
import { apiVersion, readEngineFile } from './engine-file';
import type { Env } from './home';
import { ensureOwnerOnly, homeOf } from './home';
import { isAlive } from './identity';
import { lockOwner } from './lock';
import { pause } from './run/pause';

/** Where a running platform is reached. */
export interface EngineAddress {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
}

/** The way to the platform of this machine. */
export interface EngineAccess {
  readonly home: string;
  /**
   * The platform if it runs; starts nothing, but for one in the place of an older one that runs. Throws UserError `embedded/newer` when it
   * is one of a newer version than ours.
   */
  find(): Promise<EngineAddress | undefined>;
  /** The platform, started if it does not run. Throws UserError `embedded/did-not-start`, AbortError. */
  connect(signal: AbortSignal): Promise<EngineAddress>;
  /** Tells it to stop and waits until no process of it is left; `false` when it did not run. */
  stop(signal: AbortSignal): Promise<boolean>;
}

export interface AccessOptions {
  /** The bundled command line, which holds the platform. */
  readonly cliPath: string;
  /** Node, or an Electron that can be Node. */
  readonly execPath: string;
  readonly env: Env;
  /** Told before an older platform that runs is replaced. */
  say?(text: string): void;
}

const handingOver =
  'The embedded platform of an older Servicewright is replaced by this one; its services start again at their addresses.';

const startWithinMs = 20_000;
const stopWithinMs = 60_000;
const idleWithinMs = 60_000;
const handOverWithinMs = idleWithinMs + stopWithinMs + startWithinMs;
/** The version from which on what Heroku has nothing of stands below `/servicewright`. */
const ownPathsSince = 3;

export function createEngineAccess(options: AccessOptions): EngineAccess {
  const home = homeOf(options.env);
  const stop = async (signal: AbortSignal): Promise<boolean> => {
    const record = await readEngineFile(home);
    if (!record) return false;
    await tell(record, signal);
    await untilGone(record, signal);
    return true;
  };
  let handing: Promise<EngineAddress> | undefined;
  /** Once at a time, whoever asks. */
  const handOver = (record: EngineRecord): Promise<EngineAddress> => {
    const signal = AbortSignal.timeout(handOverWithinMs);
    handing ??= (async () => {
      options.say?.(handingOver);
      await untilIdle(record, signal);
      await stop(signal);
      return start(home, options, signal);
    })().finally(() => (handing = undefined));
    return handing;
  };
  const running = async (): Promise<EngineAddress | undefined> => {
    const record = await readEngineFile(home);
    if (!record) return handing;
    if (record.api > apiVersion) throw engineIsNewer();
    // Our own words would mean nothing to it. What it runs, its data and its addresses are taken over by one that understands us.
    return record.api === apiVersion ? addressOf(record) : handOver(record);
  };
  return {
    home,
    find: running,
    stop,
    connect: async (signal) => (await running()) ?? start(home, options, signal),
  };
}

const addressOf = ({ port, token, pid }: EngineRecord): EngineAddress => ({
  url: `http://127.0.0.1:${port}`,
  token,
  pid,
});

async function tell({ port, token, pid, api }: EngineRecord, signal: AbortSignal): Promise<void> {
  try {
    const headers = { authorization: `Bearer ${token}` };
    const path = api < ownPathsSince ? '/stop' : '/servicewright/stop';
    await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, signal });
  } catch (error) {
    signal.throwIfAborted();
    // It does not listen: asked as a process instead.
    if (error instanceof TypeError) process.kill(pid, 'SIGTERM');
    else throw error;
  }
}

/** Waits until no deploy is under way there, for a while: what a person began before the update shall end well. */
async function untilIdle(record: EngineRecord, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + idleWithinMs;
  while (Date.now() < deadline && (await isAlive(record)) && (await isDeploying(record, signal)))
    await pause(250, signal);
}

/** Engines of every version list their apps here, each with the deploy under way. What does not answer is not waited for. */
async function isDeploying({ port, token }: EngineRecord, signal: AbortSignal): Promise<boolean> {
  try {
    const accept = 'application/vnd.heroku+json; version=3';
    const headers = { authorization: `Bearer ${token}`, accept };
    const within = AbortSignal.any([signal, AbortSignal.timeout(5000)]);
    const response = await fetch(`http://127.0.0.1:${port}/apps`, { headers, signal: within });
    const apps: unknown = await response.json();
    return Array.isArray(apps) && apps.some(deployIn);
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

const deployIn = (app: unknown): boolean =>
  isObject(app) && (isString(app['deploy']) || stringAt(app['servicewright'], 'deploy') !== undefined);

async function untilGone(record: EngineRecord, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + stopWithinMs;
  while (await isAlive(record)) {
    signal.throwIfAborted();
    if (Date.now() > deadline) throw engineDidNotStart('did not stop within 60 s', []);
    await pause(25, signal);
  }
}

async function start(home: string, options: AccessOptions, signal: AbortSignal): Promise<EngineAddress> {
  await ensureOwnerOnly(home);
  const logFile = join(home, 'engine.log');
  const output = openSync(logFile, 'w', 0o600);
  let exit: string | undefined;
  try {
    const child = spawn(options.execPath, [options.cliPath, 'platform', 'serve'], {
      detached: true,
      cwd: home,
      stdio: ['ignore', output, output],
      env: { ...options.env, ELECTRON_RUN_AS_NODE: '1' },
      windowsHide: true,
    });
    child.once('error', (error) => (exit = error.message));
    child.once(
      'exit',
      (code, by) => (exit = by === null ? `ended with exit code ${code ?? 0}` : `was ended by ${by}`),
    );
    child.unref();
  } finally {
    closeSync(output);
  }
  const deadline = Date.now() + startWithinMs;
  for (;;) {
    signal.throwIfAborted();
    const record = await readEngineFile(home);
    if (record?.api === apiVersion) return addressOf(record);
    // Another window may have started it at the same moment; then ours ends, and theirs shows up.
    if (exit !== undefined && !(await lockOwner(home))) throw await failure(logFile, exit);
    if (Date.now() > deadline) throw await failure(logFile, 'did not start within 20 s');
    await pause(20, signal);
  }
}

async function failure(logFile: string, why: string): Promise<Error> {
  const text = await readFile(logFile, 'utf8').catch(() => '');
  return engineDidNotStart(why, text.trim().split('\n').slice(-10));
}
