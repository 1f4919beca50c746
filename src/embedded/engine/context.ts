import { join } from 'node:path';
import { endContainers } from '../run/container';
import { endOrphans, createRunFiles, markerOf } from '../run/run-files';
import type { RunFiles } from '../run/run-files';
import type { Building } from '../build/builder';
import type { Cluster } from '../database/cluster';
import { createDatabaseServer } from '../database/server';
import type { Env } from '../home';
import { buildEnvironment, dockerEnvironment, runEnvironment } from '../release/environment';

/** Times in milliseconds. */
export interface Timing {
  readonly boot: number;
  readonly grace: number;
  readonly drain: number;
}

/** What the parts of one engine share. */
export interface EngineContext {
  readonly home: string;
  readonly env: Env;
  readonly venvs: string;
  readonly timing: Timing;
  readonly runFiles: RunFiles;
  readonly building: Building;
  readonly runEnv: Readonly<Record<string, string>>;
  /** What docker is told besides. */
  readonly dockerEnv: Readonly<Record<string, string>>;
  /** The label of containers of this home. */
  readonly label: string;
  readonly buildEnv: Readonly<Record<string, string>>;
  now(): Date;
  /** Starts the database server when it is first asked for. */
  database(say: (text: string) => void): Promise<Cluster>;
  stopDatabase(): Promise<void>;
  /** Ports on record of other services. */
  reservedPorts(except: string): ReadonlySet<number>;
  /** 0 lets go of it. */
  setReservedPort(app: string, port: number): void;
  say(text: string): void;
}

const seconds = (env: Env, name: string, fallback: number): number => {
  const said = Number(env[name]);
  return Number.isFinite(said) && said > 0 ? said * 1000 : fallback * 1000;
};

/** `SERVICEWRIGHT_BOOT_TIMEOUT`, `SERVICEWRIGHT_STOP_GRACE` and `SERVICEWRIGHT_DRAIN_TIMEOUT`, in seconds. */
function timingOf(env: Env): Timing {
  return {
    boot: seconds(env, 'SERVICEWRIGHT_BOOT_TIMEOUT', 60),
    grace: seconds(env, 'SERVICEWRIGHT_STOP_GRACE', 10),
    drain: seconds(env, 'SERVICEWRIGHT_DRAIN_TIMEOUT', 30),
  };
}

/** Ends what a killed engine left, and gives the context of a new one. The home must be locked. */
export async function createContext(
  home: string,
  env: Env,
  say: (text: string) => void,
): Promise<EngineContext> {
  const marker = markerOf(home);
  const label = `${marker.name.toLowerCase()}=${marker.value}`;
  const plain = runEnvironment(env);
  const dockerEnv = dockerEnvironment(env);
  const orphans =
    (await endOrphans(home, 3000)) + (await endContainers(home, label, { ...plain, ...dockerEnv }));
  if (orphans > 0) say(`ended ${orphans} processes that an earlier platform left behind`);
  const marked = { [marker.name]: marker.value };
  const runEnv = { ...plain, ...marked };
  const runFiles = await createRunFiles(home);
  const ports = new Map<string, number>();
  const server = createDatabaseServer({ home, env, processEnv: runEnv, runFiles, say });
  return {
    home,
    env,
    venvs: join(home, 'venvs'),
    timing: timingOf(env),
    runFiles,
    building: new Map(),
    runEnv,
    label,
    dockerEnv,
    buildEnv: { ...buildEnvironment(env), ...marked },
    now: () => new Date(),
    database: server.get,
    stopDatabase: server.stop,
    reservedPorts: (except) => new Set([...ports].filter(([app]) => app !== except).map(([, port]) => port)),
    setReservedPort: (app, port) => void (port === 0 ? ports.delete(app) : ports.set(app, port)),
    say,
  };
}
