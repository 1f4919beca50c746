import { notTheApi } from '../../errors/api';
import { badAppName } from '../../errors/heroku';
import type { Target } from '../../provider';
import { parseJson } from '../lines';
import type { Client } from './client';
import { callOf } from './client';
import { askApp } from './reading';
import type { AppFacts } from './wire';
import { readApp } from './wire';

/** Heroku's own rule. */
export const isAppName = (name: string): boolean => /^[a-z][a-z0-9-]{1,28}[a-z0-9]$/.test(name);

/** The app of a target, which is made where there is none. Throws UserError. */
export async function ensureApp(
  client: Client,
  target: Target,
  stack: string | undefined,
  signal: AbortSignal,
): Promise<{ readonly app: AppFacts; readonly made: boolean }> {
  if (!isAppName(target.app)) throw badAppName(target.app);
  const found = await askApp(client, target, signal);
  if (found) return { app: found, made: false };
  const body = { name: target.app, ...(stack === undefined ? {} : { stack }) };
  const call = callOf(`make the app ${target.app}`, 'POST', '/apps', { body });
  const app = readApp(parseJson(await client.change(call, signal)));
  if (!app) throw notTheApi(client.where, 201);
  return { app, made: true };
}
