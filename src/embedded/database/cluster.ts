import { randomBytes } from 'node:crypto';
import { chown, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { databaseFailed } from '../errors';
import type { Env } from '../home';
import { stringAt, isObject } from '../../base/json';
import { readJson, writeOwnerOnly } from '../home';
import { freePort, listeningHost, loopback } from '../run/ports';
import type { RunFiles } from '../run/run-files';
import type { Child, Command } from '../run/spawn';
import { startChild } from '../run/spawn';
import type { Binaries } from './find';
import { dataVersion, findPostgres } from './find';
import type { DatabasePlace } from './owner';
import { placeDatabase } from './owner';
import type { Login } from './wire';
import { runSql } from './wire';

/** The one PostgreSQL server of a home. */
export interface Cluster {
  readonly admin: Login;
  readonly version: number;
  readonly exited: Promise<unknown>;
  /** The databases that were made sure of since it started, by name. */
  readonly ensured: Map<string, Promise<void>>;
  stop(): Promise<void>;
}

export interface ClusterOptions {
  readonly home: string;
  readonly env: Env;
  /** The environment of PostgreSQL's own processes. */
  readonly processEnv: Readonly<Record<string, string>>;
  readonly runFiles: RunFiles;
  say(text: string): void;
}

const superuser = 'servicewright';
const startWithinMs = 30_000;

/** Makes the server's files if there are none, starts it and waits until it takes connections. Throws UserError `embedded/no-postgres` or `embedded/database-failed`. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const place = await placeDatabase(options.home, options.env);
  const data = join(place.dir, 'data');
  const { npmDir } = place;
  const major = await dataVersion(data);
  const binaries = await findPostgres({ env: options.env, npmDir, major, say: options.say });
  const known = await readState(options.home);
  const password = known.password ?? randomBytes(24).toString('base64url');
  const port = await portFor(known.port);
  await writeOwnerOnly(stateFile(options.home), JSON.stringify({ password, port }));
  const server = { options, place, binaries, data };
  if (major === undefined) await initialize(server, password);
  const admin: Login = { host: loopback, port, user: superuser, password, database: 'postgres' };
  const child = await launch(server, admin);
  const closed = ['postgres', 'template1'].map((name) => `REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC`);
  await runSql(admin, closed);
  return {
    admin,
    version: binaries.major,
    exited: child.exited,
    ensured: new Map(),
    // SIGINT is PostgreSQL's "fast shutdown": it rolls back what runs and does not wait for clients to leave.
    stop: () => child.end(10_000, 'SIGINT'),
  };
}

const stateFile = (home: string): string => join(home, 'database.json');

async function readState(home: string): Promise<{ readonly password?: string; readonly port?: number }> {
  const value = await readJson(stateFile(home));
  const password = stringAt(value, 'password');
  const port = isObject(value) ? value['port'] : undefined;
  return {
    ...(password === undefined ? {} : { password }),
    ...(typeof port === 'number' ? { port } : {}),
  };
}

/** The port of last time if it is free, so that what people wrote down stays true. */
async function portFor(last: number | undefined): Promise<number> {
  return last !== undefined && (await listeningHost(last)) === undefined ? last : freePort();
}

interface ServerPlan {
  readonly options: ClusterOptions;
  readonly place: DatabasePlace;
  readonly binaries: Binaries;
  readonly data: string;
}

function commandFor(plan: ServerPlan, name: string, args: readonly string[], lines: string[]): Command {
  return {
    file: join(plan.binaries.dir, name),
    args,
    cwd: plan.place.dir,
    env: plan.options.processEnv,
    ...(plan.place.user ? { user: plan.place.user } : {}),
    onLine: (line) => {
      lines.push(line);
      if (lines.length > 200) lines.shift();
    },
  };
}

async function initialize(plan: ServerPlan, password: string): Promise<void> {
  plan.options.say(`Making the database server of this machine (PostgreSQL ${plan.binaries.major})`);
  const passwordFile = join(plan.place.dir, '.password');
  const staging = `${plan.data}.partial`;
  const lines: string[] = [];
  try {
    await rm(staging, { recursive: true, force: true });
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (plan.place.user) await chown(passwordFile, plan.place.user.uid, plan.place.user.gid);
    const locale =
      process.platform === 'linux' ? 'C.UTF-8' : process.platform === 'darwin' ? 'en_US.UTF-8' : 'C';
    const account = [`--username=${superuser}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
    const args = ['-D', staging, '--encoding=UTF8', `--locale=${locale}`, ...account];
    const child = await startChild(commandFor(plan, 'initdb', args, lines), plan.options.runFiles);
    const { code } = await child.exited;
    if (code !== 0) throw databaseFailed('could not be made', lines.slice(-12));
    // Renamed when whole, so that a crash in the middle leaves nothing that looks like data.
    await rename(staging, plan.data);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(staging, { recursive: true, force: true });
  }
}

async function launch(plan: ServerPlan, admin: Login): Promise<Child> {
  const lines: string[] = [];
  const settings = [
    `listen_addresses=${loopback}`,
    'unix_socket_directories=',
    'max_connections=200',
    'log_statement=none',
    // An error's statement is not logged: it could hold data of a service.
    'log_min_error_statement=panic',
  ];
  const args = ['-D', plan.data, '-p', String(admin.port), ...settings.flatMap((one) => ['-c', one])];
  const child = await startChild(commandFor(plan, 'postgres', args, lines), plan.options.runFiles);
  let exited = false;
  const onExit = (): void => void (exited = true);
  child.exited.then(onExit, onExit);
  const deadline = Date.now() + startWithinMs;
  while (!exited && Date.now() < deadline) {
    try {
      await runSql(admin, ['SELECT 1']);
      return child;
    } catch (error) {
      lines.push(error instanceof Error ? error.message : String(error));
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }
  await child.end(2000, 'SIGINT');
  throw databaseFailed('did not start', lines.slice(-12));
}
