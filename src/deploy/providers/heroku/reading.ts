import { UserError, isAbort } from '../../../base/errors';
import { notTheApi } from '../../errors/api';
import type { Formation, Process, Target, TargetStatus } from '../../provider';
import type { ApiCall } from '../api';
import type { Client } from './client';
import { acceptFor, appPath, callOf } from './client';
import type { AppFacts, Build, HerokuRelease } from './wire';
import {
  readApp,
  readBuild,
  readDomain,
  readFormationEntry,
  readList,
  readProcess,
  readRelease,
} from './wire';
import { stringMap, isObject } from '../../../base/json';

/** What is asked of Heroku. Each gives undefined where there is no such thing. */

const get = (what: string, path: string, headers?: Readonly<Record<string, string>>): ApiCall =>
  callOf(what, 'GET', path, headers ? { headers } : {});

async function asked<T>(
  client: Client,
  call: ApiCall,
  read: (value: unknown) => T | undefined,
  signal: AbortSignal,
): Promise<T | undefined> {
  const value = await client.ask(call, signal);
  if (value === undefined) return undefined;
  const found = read(value);
  if (found === undefined) throw notTheApi(client.where, 200);
  return found;
}

export const askApp = (client: Client, target: Target, signal: AbortSignal): Promise<AppFacts | undefined> =>
  asked(client, get('say how it is', appPath(target)), readApp, signal);

const newestFirst = (by: string, most: number | undefined): string =>
  `${by} ..; order=desc,max=${Math.min(1000, Math.max(1, Math.trunc(most ?? 200)))}`;

/** Newest first; the newest `most`, or all. */
export async function askReleases(
  client: Client,
  target: Pick<Target, 'app'>,
  most: number | undefined,
  signal: AbortSignal,
): Promise<readonly HerokuRelease[] | undefined> {
  const headers = { range: newestFirst('version', most), accept: acceptFor('3.sdk') };
  const found = await client.list(get('list releases', appPath(target, '/releases'), headers), signal, most);
  return found && withCommits(readList(found, readRelease).toSorted((a, b) => b.version - a.version));
}

/**
 * The same releases, each with the commit of its code: Heroku names it only where it was built, and not where a variable was set or an
 * older release brought back.
 */
export function withCommits(releases: readonly HerokuRelease[]): readonly HerokuRelease[] {
  const commits = new Map<string, string>();
  for (const { slug, commit } of releases)
    if (slug !== undefined && commit !== undefined) commits.set(slug, commit);
  return releases.map((release) => {
    const commit = release.commit ?? commits.get(release.slug ?? '');
    return commit === undefined ? release : { ...release, commit };
  });
}

/** By its id or its version. */
export const askRelease = (
  client: Client,
  target: Target,
  release: string,
  signal: AbortSignal,
): Promise<HerokuRelease | undefined> =>
  asked(
    client,
    get('show a release', appPath(target, `/releases/${encodeURIComponent(release)}`), {
      accept: acceptFor('3.sdk'),
    }),
    readRelease,
    signal,
  );

/** The newest first. */
export async function askBuilds(
  client: Client,
  target: Target,
  signal: AbortSignal,
): Promise<readonly Build[] | undefined> {
  const headers = { range: newestFirst('created_at', 10) };
  const found = await client.list(get('list builds', appPath(target, '/builds'), headers), signal, 10);
  return found && readList(found, readBuild).toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}

export const askBuild = (
  client: Client,
  target: Target,
  build: string,
  signal: AbortSignal,
): Promise<Build | undefined> =>
  asked(
    client,
    get('show a build', appPath(target, `/builds/${encodeURIComponent(build)}`)),
    readBuild,
    signal,
  );

export async function askProcesses(
  client: Client,
  target: Target,
  signal: AbortSignal,
): Promise<readonly Process[] | undefined> {
  const found = await client.list(get('list processes', appPath(target, '/dynos')), signal);
  return found && readList(found, readProcess).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

export async function askFormation(
  client: Client,
  target: Target,
  signal: AbortSignal,
): Promise<readonly Formation[] | undefined> {
  const call = get('say how many processes run', appPath(target, '/formation'));
  const found = await client.list(call, signal);
  return found && readList(found, readFormationEntry).toSorted((a, b) => (a.type < b.type ? -1 : 1));
}

export function askConfig(
  client: Client,
  target: Target,
  release: string | undefined,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>> | undefined> {
  const of = release === undefined ? '' : `/releases/${encodeURIComponent(release)}`;
  const call = get('list variables', appPath(target, `${of}/config-vars`));
  return asked(client, call, (value) => (isObject(value) ? stringMap(value) : undefined), signal);
}

export async function askDomains(
  client: Client,
  target: Target,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const found = await client.list(get('list domains', appPath(target, '/domains')), signal);
  return found && readList(found, readDomain);
}

/** How an app is: what runs is told by the dynos, and where none runs by the current release. */
export async function askStatus(
  client: Client,
  target: Target,
  signal: AbortSignal,
): Promise<TargetStatus | undefined> {
  const app = await askApp(client, target, signal);
  if (!app) return undefined;
  const [processes = [], releases = [], builds = []] = await Promise.all([
    askProcesses(client, target, signal),
    askReleases(client, target, 10, signal),
    askBuilds(client, target, signal),
  ]);
  const deploy = app.deploy ?? underWay(builds, releases);
  return {
    ...versionsOf(processes, releases),
    ...(app.url === undefined ? {} : { url: app.url }),
    ...(deploy === undefined ? {} : { deploy }),
    processes,
    maintenance: app.maintenance,
  };
}

function versionsOf(
  processes: readonly Process[],
  releases: readonly HerokuRelease[],
): Pick<TargetStatus, 'release' | 'newest'> {
  const newest = releases[0]?.version;
  const running = runningRelease(processes) ?? releases.find((one) => one.status === 'current')?.version;
  return {
    ...(running === undefined ? {} : { release: running }),
    ...(newest === undefined || newest === running ? {} : { newest }),
  };
}

/** A build is a deploy's name, and where a release came without one it is the release. */
export function underWay(builds: readonly Build[], releases: readonly HerokuRelease[]): string | undefined {
  const release = releases[0]?.standing === 'pending' ? releases[0] : undefined;
  const build = builds.find((one) => one.status === 'pending' || (release && one.release === release.id));
  return build?.id ?? (release ? `v${release.version}` : undefined);
}

/** Dynos that do not belong to the formation. */
export const isOneOff = ({ name }: Process): boolean => /^(run|release|scheduler)\./.test(name);

export function runningRelease(processes: readonly Process[]): number | undefined {
  const versions = processes
    .filter((one) => one.state === 'up' && !isOneOff(one))
    .map((one) => one.release)
    .filter((one) => one !== undefined);
  return versions.length === 0 ? undefined : Math.max(...versions);
}

/** What can't be asked for is not known; that is no error here. */
export async function orUndefined<T>(work: Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isAbort(error) || !(error instanceof UserError)) throw error;
    return undefined;
  }
}
