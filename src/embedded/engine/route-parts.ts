import { databaseName } from '../database/databases';
import { badRequest } from '../errors';
import type { Answer, Call } from './api';

/** What the routes have in common: answers, and the doors for names. */

export const json = (value: unknown, status = 200): Answer => ({ kind: 'json', status, value });

export const ndjson = (lines: AsyncIterable<string>): Answer => ({
  kind: 'lines',
  type: 'application/x-ndjson',
  lines,
});

/** A name of PostgreSQL has at most 63 bytes, and the database of a service is called after it. */
const longestName = 63 - databaseName('').length;

export function nameOf({ parameters: [name = ''] }: Call): string {
  if (!/^[a-z][a-z0-9-]*$/.test(name) || name.length > longestName)
    throw badRequest(`${JSON.stringify(name)} is no name of a service`);
  return name;
}

/** Throws UserError `embedded/bad-request` where a key can't be a variable. */
export function checkNames(config: object): void {
  const wrong = Object.keys(config).find((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
  if (wrong !== undefined) throw badRequest(`${JSON.stringify(wrong)} is no name for a variable`);
}
