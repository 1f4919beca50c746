import { noSuchApp } from '../../errors';
import { badConfigKey, badQuantity } from '../../errors/empire';
import { notTheApi } from '../../errors/api';
import { noSuchProcess } from '../../errors/heroku';
import type { Config, Domains, Formation, Maintenance, ScaleChange, Scaling, Target } from '../../provider';
import { parseJson } from '../lines';
import type { Client, ClientParts } from './client';
import { appPath, callOf, connect } from './client';
import { askConfig, askDomains, askFormation } from './reading';
import { readApp, readConfig } from './wire';

/** What Heroku warned of goes to the log, since a change has no other place to say it. */
async function within<T>(
  parts: ClientParts,
  target: Target,
  signal: AbortSignal,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await connect(parts, target, signal);
  try {
    return await work(client);
  } finally {
    for (const text of client.warnings()) parts.log.warn(`${parts.title} warns: ${text}`);
  }
}

export function createScaling(parts: ClientParts): Scaling {
  const formationOf = async (
    client: Client,
    target: Target,
    signal: AbortSignal,
  ): Promise<readonly Formation[]> => {
    const found = await askFormation(client, target, signal);
    if (!found) throw noSuchApp(target.app);
    return found;
  };
  return {
    formation: (target, signal) =>
      within(parts, target, signal, (client) => formationOf(client, target, signal)),
    scale: (target, changes, _message, signal) =>
      within(parts, target, signal, async (client) => {
        const updates = planScale(target, changes, await formationOf(client, target, signal));
        const call = callOf(`scale ${target.app}`, 'PATCH', appPath(target, '/formation'), {
          body: { updates },
        });
        if (updates.length > 0) await client.change(call, signal);
        return formationOf(client, target, signal);
      }),
    restart: (target, process, _message, signal) =>
      within(parts, target, signal, async (client) => {
        const dyno = process === undefined ? '' : `/${encodeURIComponent(process)}`;
        const path = appPath(target, `/dynos${dyno}`);
        await client.change(callOf(`restart ${process ?? target.app}`, 'DELETE', path), signal);
      }),
  };
}

interface Update {
  readonly type: string;
  readonly quantity?: number;
  readonly dyno_size?: { readonly name: string };
}

/** What is not said stays: Heroku takes half a change. */
export function planScale(
  { app }: Pick<Target, 'app'>,
  changes: readonly ScaleChange[],
  now: readonly Formation[],
): readonly Update[] {
  return changes.map(({ type, quantity, size }) => {
    const known = now.map((one) => one.type);
    if (!known.includes(type)) throw noSuchProcess(app, type, known);
    if (quantity !== undefined && (!Number.isInteger(quantity) || quantity < 0)) throw badQuantity(type);
    return {
      type,
      ...(quantity === undefined ? {} : { quantity }),
      ...(size === undefined ? {} : { dyno_size: { name: size } }),
    };
  });
}

/** Throws UserError where a key can't be a variable. */
export function checkKeys(patch: object): void {
  const bad = Object.keys(patch).find((key) => !/^[A-Za-z_]\w*$/.test(key));
  if (bad !== undefined) throw badConfigKey(bad);
}

/** `says` is whether the platform takes what a change says of itself. */
export function createConfig(parts: ClientParts, says = false): Config {
  const readOf = async (
    client: Client,
    target: Target,
    release: number | undefined,
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, string>>> => {
    const named = release === undefined ? undefined : String(release);
    const found = await askConfig(client, target, named, signal);
    if (!found) throw noSuchApp(target.app);
    return found;
  };
  return {
    read: (target, release, signal) =>
      within(parts, target, signal, (client) => readOf(client, target, release, signal)),
    change: (target, patch, message, signal) =>
      within(parts, target, signal, async (client) => {
        checkKeys(patch);
        // Even a change of nothing would make a release and restart everything.
        if (Object.keys(patch).length === 0) return readOf(client, target, undefined, signal);
        for (const value of Object.values(patch)) if (value !== null) client.hide(value);
        const what = `change variables of ${target.app}`;
        const query = says ? `?message=${encodeURIComponent(message)}` : '';
        const call = callOf(what, 'PATCH', appPath(target, `/config-vars${query}`), { body: patch });
        const after = readConfig(await client.change(call, signal));
        if (!after) throw notTheApi(client.where, 200);
        return after;
      }),
  };
}

export function createDomains(parts: ClientParts): Domains {
  return {
    list: (target, signal) =>
      within(parts, target, signal, async (client) => {
        const found = await askDomains(client, target, signal);
        if (!found) throw noSuchApp(target.app);
        return found;
      }),
    add: (target, hostname, signal) =>
      within(parts, target, signal, async (client) => {
        const call = callOf(`add the domain ${hostname}`, 'POST', appPath(target, '/domains'), {
          // Without an endpoint of its own, which only apps with certificates of theirs have.
          body: { hostname, sni_endpoint: null },
        });
        await client.change(call, signal);
      }),
    remove: (target, hostname, signal) =>
      within(parts, target, signal, async (client) => {
        const path = appPath(target, `/domains/${encodeURIComponent(hostname)}`);
        await client.change(callOf(`remove the domain ${hostname}`, 'DELETE', path), signal);
      }),
  };
}

export function createMaintenance(parts: ClientParts): Maintenance {
  return {
    set: (target, on, _message, signal) =>
      within(parts, target, signal, async (client) => {
        const what = `turn maintenance ${on ? 'on' : 'off'}`;
        const call = callOf(what, 'PATCH', appPath(target), { body: { maintenance: on } });
        const app = readApp(parseJson(await client.change(call, signal)));
        if (!app) throw notTheApi(client.where, 200);
        return app.maintenance === on;
      }),
  };
}
