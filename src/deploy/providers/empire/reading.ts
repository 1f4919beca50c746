import { UserError, isAbort } from '../../../base/errors';
import { notTheApi } from '../../errors/api';
import type { Formation, Process, Target, TargetStatus } from '../../provider';
import type { Release } from '../../release';
import type { ApiCall } from '../api';
import type { Client, EmpireParts } from './client';
import { appPath, connect } from './client';
import type { AppFacts } from './wire';
import { readApp, readConfig, readDomains, readFormation, readProcesses, readReleases } from './wire';

/** What is asked of Empire. Each gives undefined where there is no such app. */

const get = (what: string, path: string, headers?: Readonly<Record<string, string>>): ApiCall => ({
  what,
  method: 'GET',
  path,
  ...(headers ? { headers } : {}),
});

/** What was asked for, read; a body that can't be read is not Empire's. */
async function asked<T>(
  client: Client,
  call: ApiCall,
  read: (text: string) => T | undefined,
  signal: AbortSignal,
): Promise<T | undefined> {
  const text = await client.ask(call, signal);
  if (text === undefined) return undefined;
  const value = read(text);
  if (value === undefined) throw notTheApi(client.where, 200);
  return value;
}

/** Newest first. Only this order and a number may be asked for: any other word goes into the server's SQL. */
export function askReleases(
  client: Client,
  target: Target,
  most: number | undefined,
  signal: AbortSignal,
): Promise<readonly Release[] | undefined> {
  const range =
    most === undefined
      ? undefined
      : { range: `version ..; max=${Math.max(1, Math.trunc(most))}, order=desc` };
  return asked(client, get('list releases', appPath(target, '/releases'), range), readReleases, signal);
}

/** Undefined where there is no such app. What was never rolled out has no stack on ECS, which the server calls a failure of its own. */
export async function askProcesses(
  client: Client,
  target: Target,
  signal: AbortSignal,
): Promise<readonly Process[] | undefined> {
  try {
    return await asked(client, get('list processes', appPath(target, '/dynos')), readProcesses, signal);
  } catch (error) {
    // Of scheduler/cloudformation/cloudformation.go.
    if (error instanceof UserError && error.message.endsWith(': no stack for app found.')) return [];
    throw error;
  }
}

export const askApp = (client: Client, target: Target, signal: AbortSignal): Promise<AppFacts | undefined> =>
  asked(client, get('say how it is', appPath(target)), readApp, signal);

/** Undefined also before the first release. */
export const askFormation = (
  client: Client,
  target: Target,
  signal: AbortSignal,
): Promise<readonly Formation[] | undefined> =>
  asked(client, get('say how many processes run', appPath(target, '/formation')), readFormation, signal);

export function askConfig(
  client: Client,
  target: Target,
  release: number | undefined,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>> | undefined> {
  const path = appPath(target, release === undefined ? '/config-vars' : `/config-vars/${release}`);
  return asked(client, get('list variables', path), readConfig, signal);
}

export const askDomains = (
  client: Client,
  target: Target,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> =>
  asked(client, get('list domains', appPath(target, '/domains')), readDomains, signal);

/** How an app is: what runs is told by the processes, not by the newest release. */
export async function readStatus(
  parts: EmpireParts,
  target: Target,
  signal: AbortSignal,
): Promise<TargetStatus | undefined> {
  const client = await connect(parts, target, signal);
  const app = await askApp(client, target, signal);
  if (!app) return undefined;
  const [processes = [], releases = [], url] = await Promise.all([
    askProcesses(client, target, signal),
    askReleases(client, target, 1, signal),
    addressOf(client, target, app.hasCert, signal),
  ]);
  const newest = releases[0]?.version;
  const running = runningRelease(processes) ?? newest;
  return {
    ...(url === undefined ? {} : { url }),
    ...(running === undefined ? {} : { release: running }),
    ...(newest === undefined || newest === running ? {} : { newest }),
    processes: processes.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    maintenance: app.maintenance,
  };
}

/** Of the schedulers' words, those of a process that is on its way out or never came. */
const gone = new Set([
  'stopped',
  'stopping',
  'deprovisioning',
  'deactivating',
  'crashed',
  'failed',
  'exited',
]);
const coming = new Set(['pending', 'provisioning', 'activating', 'starting', 'created']);

export const isUp = ({ state }: Process): boolean => !gone.has(state) && !coming.has(state);

/** The process type: `web` of `web.1` and of `web.0f7a2c91-…`. */
export const typeOf = ({ name }: Pick<Process, 'name'>): string =>
  name.slice(0, Math.max(0, name.lastIndexOf('.')));

/** A command that somebody runs once; one that is called like a type of the Procfile goes under its name (runner.go). */
export const isRun = ({ name }: Pick<Process, 'name'>): boolean => /^run(?:\.|$)/.test(name);

/** The newest release of which a process runs; a one-off run says nothing of it. */
export function runningRelease(processes: readonly Process[]): number | undefined {
  const versions = processes
    .filter((one) => isUp(one) && !isRun(one))
    .map((one) => one.release)
    .filter((one) => one !== undefined);
  return versions.length === 0 ? undefined : Math.max(...versions);
}

/** Empire knows an app's address only as its domains. That they can't be asked for makes nothing else unknown. */
async function addressOf(
  client: Client,
  target: Target,
  hasCert: boolean,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const [first] = (await askDomains(client, target, signal)) ?? [];
    return first === undefined ? undefined : `${hasCert ? 'https' : 'http'}://${first}`;
  } catch (error) {
    if (isAbort(error)) throw error;
    return undefined;
  }
}
