import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOrThrow } from './trials';

/** A PostgreSQL on a free port of 127.0.0.1 in which anybody is who they say they are. */
export interface Database {
  readonly port: number;
  /** Makes a user and its database. */
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
  const options = `-p ${port} -h 127.0.0.1 -k '' -F`;
  await asPostgres('pg_ctl', '-D', data, '-w', '-l', join(home, 'log'), '-o', options, 'start');
  const psql = (text: string): Promise<string> =>
    asPostgres('psql', '-q', '-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-c', text);
  return {
    port,
    create: async (name) => {
      await psql(`CREATE ROLE "${name}" LOGIN`);
      await psql(`CREATE DATABASE "${name}" OWNER "${name}"`);
    },
    stop: async () => {
      await asPostgres('pg_ctl', '-D', data, '-w', '-m', 'fast', 'stop');
      await rm(home, { recursive: true, force: true });
    },
  };
}
