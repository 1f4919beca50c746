import { notTheApi } from '../../errors/api';
import { badAppName } from '../../errors/heroku';
import type { Target } from '../../provider';
import { parseJson } from '../lines';
import type { Client } from './client';
import { appPath, callOf } from './client';
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
  if (!client.own && !isAppName(target.app)) throw badAppName(target.app);
  const found = await askApp(client, target, signal);
  if (found) return { app: found, made: false };
  const body = { name: target.app, ...(stack === undefined ? {} : { stack }) };
  const call = callOf(`make the app ${target.app}`, 'POST', '/apps', { body });
  const app = readApp(parseJson(await client.change(call, signal)));
  if (!app) throw notTheApi(client.where, 201);
  // Platforms of ours are given them with each deploy.
  if (!client.own) await setFirst(client, target, signal);
  return { app, made: true };
}

/** A new app gets what `config:` says before its first release runs. */
async function setFirst(client: Client, target: Target, signal: AbortSignal): Promise<void> {
  const { config } = target.environment;
  if (Object.keys(config).length === 0) return;
  const what = `set the variables of ${target.app}`;
  await client.change(callOf(what, 'PATCH', appPath(target, '/config-vars'), { body: config }), signal);
}
