import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, stringAt } from '../base/json';
import type { ProcessIdentity } from './identity';
import { isAlive } from './identity';
import { readJson, writeOwnerOnly } from './home';

/** Raised when the HTTP API changes in a way that an older client or engine would not understand. */
export const apiVersion = 3;

/** What a running engine writes down for its clients; the file is its owner's alone, for it holds the token. */
export interface EngineRecord extends ProcessIdentity {
  readonly port: number;
  readonly token: string;
  readonly api: number;
}

const fileOf = (home: string): string => join(home, 'engine.json');

export async function writeEngineFile(home: string, record: EngineRecord): Promise<void> {
  await writeOwnerOnly(fileOf(home), `${JSON.stringify(record)}\n`);
}

export async function removeEngineFile(home: string): Promise<void> {
  await rm(fileOf(home), { force: true });
}

/** The engine of `home` if its process is alive. */
export async function readEngineFile(home: string): Promise<EngineRecord | undefined> {
  const record = parse(await readJson(fileOf(home)));
  return record && (await isAlive(record)) ? record : undefined;
}

function parse(value: unknown): EngineRecord | undefined {
  if (!isObject(value)) return undefined;
  const { pid, port, api } = value;
  const token = stringAt(value, 'token');
  const started = stringAt(value, 'started');
  if (typeof pid !== 'number' || typeof port !== 'number' || typeof api !== 'number') return undefined;
  return token === undefined || started === undefined ? undefined : { pid, started, port, token, api };
}
