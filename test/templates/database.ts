import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { until } from './engine';
import { run, runOrThrow } from './trials';

/** A PostgreSQL on a free port of 127.0.0.1 in which anybody is who they say they are. */
export interface Database {
  readonly port: number;
  /** Makes a user and its database, afresh where they are there. */
  create(name: string): Promise<void>;
  stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

function programs(): string {
  const versions = '/usr/lib/postgresql';
  const found = existsSync(versions) ? readdirSync(versions).toSorted().at(-1) : undefined;
  if (found === undefined) throw new Error('There is no PostgreSQL in /usr/lib/postgresql.');
  return join(versions, found, 'bin');
}

/** The broker of a service's tasks: a Redis on a free port of 127.0.0.1 that keeps nothing. */
export async function startBroker(): Promise<Pick<Database, 'port' | 'stop'>> {
  const port = await freePort();
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', tmpdir()];
  const child = spawn('redis-server', flags, { stdio: 'ignore' });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const kill = (): void => void child.kill();
  process.once('exit', kill);
  return {
    port,
    stop: async () => {
      child.kill();
      await ended;
      process.removeListener('exit', kill);
    },
  };
}

const idOf = async (flag: string): Promise<number> => Number(await runOrThrow('id', [flag, 'postgres']));

/** Starts one. Root only: it runs as the user `postgres`, because it refuses to run as root. */
export async function startDatabase(): Promise<Database> {
  const bin = programs();
  const home = await mkdtemp(join(tmpdir(), 'database-'));
  await runOrThrow('chown', ['postgres', home]);
  await chmod(home, 0o700);
  const data = join(home, 'data');
  const asPostgres = (program: string, ...args: readonly string[]): Promise<string> =>
    runOrThrow('runuser', ['-u', 'postgres', '--', join(bin, program), ...args], { cwd: '/' });
  await asPostgres('initdb', '-D', data, '-U', 'postgres', '--auth=trust', '--no-sync');
  const port = await freePort();
  const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => idOf(flag)));
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', '-F'],
    {
      uid,
      gid,
      cwd: '/',
      stdio: 'ignore',
    },
  );
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const kill = (): void => void child.kill('SIGQUIT');
  process.once('exit', kill);
  const psql = (text: string): Promise<string> =>
    runOrThrow(join(bin, 'psql'), [
      '-q',
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
      '-U',
      'postgres',
      '-c',
      text,
    ]);
  const answers = async (): Promise<true | undefined> => {
    if (child.exitCode !== null) throw new Error('PostgreSQL ended.');
    return (await run(join(bin, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)])).code === 0
      ? true
      : undefined;
  };
  await until(answers, 60, async () => 'PostgreSQL does not answer.');
  return {
    port,
    create: async (name) => {
      await psql(`DROP DATABASE IF EXISTS "${name}"`);
      await psql(`DROP ROLE IF EXISTS "${name}"`);
      await psql(`CREATE ROLE "${name}" LOGIN`);
      await psql(`CREATE DATABASE "${name}" OWNER "${name}"`);
    },
    stop: async () => {
      child.kill('SIGINT');
      await ended;
      process.removeListener('exit', kill);
      await rm(home, { recursive: true, force: true });
    },
  };
}
