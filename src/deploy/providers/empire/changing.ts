import { noSuchApp, noSuchRelease } from '../../errors';
import { notTheApi } from '../../errors/api';
import { badConfigKey, badQuantity, noRelease, noSuchProcess } from '../../errors/empire';
import type { Config, Domains, Formation, Maintenance, ScaleChange, Scaling, Target } from '../../provider';
import type { HttpRequest } from '../../../base/ports';
import type { ApiCall } from '../api';
import type { Client, EmpireParts } from './client';
import { appPath, connect, messageHeader } from './client';
import { askConfig, askDomains, askFormation, askProcesses, typeOf } from './reading';
import { checkSize } from './size';
import { readApp, readConfig } from './wire';

function call(
  what: string,
  method: HttpRequest['method'],
  path: string,
  more: { readonly message?: string; readonly body?: unknown } = {},
): ApiCall {
  return {
    what,
    method,
    path,
    ...(more.message === undefined ? {} : { headers: messageHeader(more.message) }),
    ...(more.body === undefined ? {} : { body: more.body }),
  };
}

export function createScaling(parts: EmpireParts): Scaling {
  const formation: Scaling['formation'] = async (target, signal) => {
    const client = await connect(parts, target, signal);
    const found = await askFormation(client, target, signal);
    if (!found) throw noRelease(target.app);
    return found;
  };
  return {
    formation,
    async scale(target, changes, message, signal) {
      const updates = planScale(target, changes, await formation(target, signal));
      if (updates.length > 0) {
        const client = await connect(parts, target, signal);
        const path = appPath(target, '/formation');
        await client.change(
          call(`scale ${target.app}`, 'PATCH', path, { message, body: { updates } }),
          signal,
        );
      }
      return formation(target, signal);
    },
    async restart(target, process, message, signal) {
      const client = await connect(parts, target, signal);
      const what = `restart ${process ?? target.app}`;
      const running = process === undefined ? [] : await tasksOf(client, target, process, signal);
      const paths = process === undefined ? [''] : running.map((task) => `/${encodeURIComponent(task)}`);
      for (const path of paths)
        await client.change(call(what, 'DELETE', appPath(target, `/dynos${path}`), { message }), signal);
    },
  };
}

/**
 * The tasks of one process, or of all of a type. A task is known by what follows the last dot of its name; `web.1` itself, and a type,
 * are not understood (server/heroku/processes.go). Throws UserError `deploy/no-such-process`.
 */
async function tasksOf(
  client: Client,
  target: Target,
  process: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const processes = await askProcesses(client, target, signal);
  if (!processes) throw noSuchApp(target.app);
  const found = processes.filter((one) => one.name === process || typeOf(one) === process);
  const names = processes.map((one) => one.name);
  if (found.length === 0) throw noSuchProcess(target.app, process, names);
  return found.map(({ name }) => name.slice(name.lastIndexOf('.') + 1));
}

interface Update {
  readonly process: string;
  readonly quantity: number;
  readonly size?: string;
}

/** Empire takes a quantity that is not said for 0, so it is always said. */
export function planScale(
  { app }: Pick<Target, 'app'>,
  changes: readonly ScaleChange[],
  now: readonly Formation[],
): readonly Update[] {
  return changes.map(({ type, quantity, size }) => {
    const present = now.find((one) => one.type === type);
    if (!present)
      throw noSuchProcess(
        app,
        type,
        now.map((one) => one.type),
      );
    // One that is negative already stays so: Empire makes nothing at all on AWS for it.
    if (quantity !== undefined && (!Number.isInteger(quantity) || quantity < 0)) throw badQuantity(type);
    return {
      process: type,
      quantity: quantity ?? present.quantity,
      ...(size === undefined ? {} : { size: checkSize(type, size) }),
    };
  });
}

export function createConfig(parts: EmpireParts): Config {
  const read: Config['read'] = async (target, release, signal) => {
    const client = await connect(parts, target, signal);
    const found = await askConfig(client, target, release, signal);
    if (!found)
      throw release === undefined ? noSuchApp(target.app) : noSuchRelease(target.app, `v${release}`);
    return found;
  };
  return {
    read,
    async change(target, patch, message, signal) {
      // What was named otherwise by somebody else can still be taken away.
      const bad = Object.keys(patch).find((key) => patch[key] !== null && !/^[A-Za-z_]\w*$/.test(key));
      if (bad !== undefined) throw badConfigKey(bad);
      const now = await read(target, undefined, signal);
      const body = changesOf(patch, now);
      // Even a change of nothing would make a release and restart everything.
      if (Object.keys(body).length === 0) return now;
      const client = await connect(parts, target, signal);
      const path = appPath(target, '/config-vars');
      const what = `change variables of ${target.app}`;
      const after = readConfig(await client.change(call(what, 'PATCH', path, { message, body }), signal));
      if (!after) throw notTheApi(client.where, 200);
      return after;
    },
  };
}

/** What of a patch makes a difference. */
function changesOf(
  patch: Readonly<Record<string, string | null>>,
  now: Readonly<Record<string, string>>,
): Readonly<Record<string, string | null>> {
  return Object.fromEntries(Object.entries(patch).filter(([key, value]) => (now[key] ?? null) !== value));
}

export function createDomains(parts: EmpireParts): Domains {
  return {
    // With the first hostname an app becomes public, with the last one it ends to be, each when it is released (domains.go).
    afterwards:
      'It takes effect with the next release; the hostname itself is pointed to the app by whoever keeps the DNS.',
    async list(target, signal) {
      const found = await askDomains(await connect(parts, target, signal), target, signal);
      if (!found) throw noSuchApp(target.app);
      return found;
    },
    async add(target, hostname, signal) {
      const client = await connect(parts, target, signal);
      const path = appPath(target, '/domains');
      await client.change(call(`add the domain ${hostname}`, 'POST', path, { body: { hostname } }), signal);
    },
    async remove(target, hostname, signal) {
      const client = await connect(parts, target, signal);
      const path = appPath(target, `/domains/${encodeURIComponent(hostname)}`);
      await client.change(call(`remove the domain ${hostname}`, 'DELETE', path), signal);
    },
  };
}

export function createMaintenance(parts: EmpireParts): Maintenance {
  return {
    async set(target, on, message, signal) {
      const client = await connect(parts, target, signal);
      const path = appPath(target);
      const what = `turn maintenance ${on ? 'on' : 'off'}`;
      await client.change(call(what, 'PATCH', path, { message, body: { maintenance: on } }), signal);
      // An app without a release says yes and keeps nothing.
      const text = await client.ask(call('say how it is', 'GET', path), signal);
      return readApp(text ?? '')?.maintenance === on;
    },
  };
}
