import { loopback } from '../run/ports';
import type { Cluster } from './cluster';
import { scramVerifier } from './scram';
import { runSql } from './wire';

/** A service's own database. */
export interface OwnDatabase {
  readonly name: string;
  readonly password: string;
}

/** `svc_<service>`: the name of both the role and the database. */
export const databaseName = (app: string): string => `svc_${app.replaceAll('-', '_')}`;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** One service must not use up the connections of all. */
const mostConnections = 60;

/**
 * Makes the role and the database of a service unless they are there. The role owns its database and may connect to no other.
 * Once for each start of the server: two at a time would get in each other's way. Throws DatabaseError.
 */
export function ensureDatabase(cluster: Cluster, database: OwnDatabase): Promise<void> {
  const known = cluster.ensured.get(database.name);
  if (known) return known;
  const making = makeDatabase(cluster, database);
  cluster.ensured.set(database.name, making);
  making.catch(() => cluster.ensured.delete(database.name));
  return making;
}

async function makeDatabase(cluster: Cluster, database: OwnDatabase): Promise<void> {
  const [roles = [], databases = []] = await runSql(cluster.admin, [
    `SELECT 1 FROM pg_roles WHERE rolname = '${database.name}'`,
    `SELECT 1 FROM pg_database WHERE datname = '${database.name}'`,
  ]);
  const name = quoted(database.name);
  const may = `LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION CONNECTION LIMIT ${mostConnections}`;
  const statements = [
    `${roles.length > 0 ? 'ALTER' : 'CREATE'} ROLE ${name} ${may} PASSWORD '${scramVerifier(database.password)}'`,
    ...(databases.length > 0 ? [] : [`CREATE DATABASE ${name} OWNER ${name}`]),
    `REVOKE ALL ON DATABASE ${name} FROM PUBLIC`,
  ];
  await runSql(cluster.admin, statements);
}

/** What a process gets as DATABASE_URL. */
export function databaseUrl(cluster: Cluster, database: OwnDatabase): string {
  return `postgres://${database.name}:${encodeURIComponent(database.password)}@${loopback}:${cluster.admin.port}/${database.name}`;
}
