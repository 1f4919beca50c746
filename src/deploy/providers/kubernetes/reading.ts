import { notTheApi } from '../../errors/api';
import type { Formation, Process, Target, TargetStatus } from '../../provider';
import type { Release } from '../../release';
import type { ApiCall } from '../api';
import type { Client } from './client';
import { keys, ofApp, pathsIn, selecting } from './names';
import { addressOf } from './objects';
import type { ReleaseRecord } from './record';
import { recordOf, releaseOf } from './record';
import type { Deployment, Page, Pod } from './wire';
import { readDeployment, readOne, readPage, readPod, readSecret } from './wire';

/** What is asked of a cluster. */

export const get = (what: string, path: string): ApiCall => ({ what, method: 'GET', path });

/** One object, read; undefined where there is none. */
export async function askOne<T>(
  client: Client,
  call: ApiCall,
  read: (value: unknown) => T | undefined,
  signal: AbortSignal,
): Promise<T | undefined> {
  const text = await client.ask(call, signal);
  if (text === undefined) return undefined;
  const value = readOne(text, read);
  if (value === undefined) throw notTheApi(client.where, 200);
  return value;
}

const pageSize = 200;

/** What is listed: the path of the collection, and its query without the question mark. */
export interface Listing<T> {
  readonly what: string;
  readonly path: string;
  readonly query: string;
  readonly read: (value: unknown) => T | undefined;
}

/** All of a list, page by page, and what the server calls the state that was listed. */
export async function askList<T>(
  client: Client,
  { what, path, query, read }: Listing<T>,
  signal: AbortSignal,
): Promise<Pick<Page<T>, 'items' | 'resourceVersion'>> {
  const items: T[] = [];
  let resourceVersion: string | undefined;
  let next = '';
  do {
    const more = `&limit=${pageSize}${next === '' ? '' : `&continue=${encodeURIComponent(next)}`}`;
    const text = await client.ask(get(what, `${path}?${query}${more}`), signal);
    const page = text === undefined ? undefined : readPage(text, read);
    if (!page) throw notTheApi(client.where, 200);
    items.push(...page.items);
    resourceVersion ??= page.resourceVersion;
    ({ next } = page);
  } while (next !== '');
  return { items, resourceVersion };
}

/** The records of all releases, newest first; their variables are hidden in all texts from then on. */
export async function askRecords(
  client: Client,
  { app }: Pick<Target, 'app'>,
  signal: AbortSignal,
): Promise<readonly ReleaseRecord[]> {
  const path = pathsIn(client.namespace).secrets;
  const query = selecting(`${ofApp(app)},${keys.release}`);
  const { items } = await askList(client, { what: 'list releases', path, query, read: readSecret }, signal);
  const records = items.map(recordOf).filter((one) => one !== undefined);
  for (const { config } of records) client.hide(Object.values(config));
  return records.toSorted((a, b) => b.version - a.version);
}

export const deploymentsOf = (client: Client, { app }: Pick<Target, 'app'>): Listing<Deployment> => ({
  what: 'list deployments',
  path: pathsIn(client.namespace).deployments,
  query: selecting(`${ofApp(app)},${keys.process}`),
  read: readDeployment,
});

export async function askDeployments(
  client: Client,
  target: Pick<Target, 'app'>,
  signal: AbortSignal,
): Promise<readonly Deployment[]> {
  return (await askList(client, deploymentsOf(client, target), signal)).items;
}

/** What a pod is for. */
export type PodKind = 'process' | 'release' | 'run';

export const podsOf = (client: Client, { app }: Pick<Target, 'app'>, kind: PodKind): Listing<Pod> => ({
  what: 'list processes',
  path: pathsIn(client.namespace).pods,
  query: selecting(`${ofApp(app)},${keys.kind}=${kind}`),
  read: readPod,
});

export async function askPods(
  client: Client,
  target: Pick<Target, 'app'>,
  kind: PodKind,
  signal: AbortSignal,
): Promise<readonly Pod[]> {
  return inOrder((await askList(client, podsOf(client, target, kind), signal)).items);
}

/** Oldest first within each type, those on their way out last. */
export const inOrder = (pods: readonly Pod[]): readonly Pod[] =>
  pods.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));

const orderOf = ({ labels, createdAt, name, isGoing }: Pod): string =>
  `${labels[keys.process] ?? ''} ${isGoing ? 1 : 0} ${createdAt} ${name}`;

/** The newest release that a Deployment was given; undefined where there is none. */
export function deployedVersion(deployments: readonly Deployment[]): number | undefined {
  const versions = deployments.map((one) => Number(one.labels[keys.release])).filter(Number.isInteger);
  return versions.length === 0 ? undefined : Math.max(...versions);
}

export async function askReleases(
  client: Client,
  target: Target,
  signal: AbortSignal,
): Promise<readonly Release[]> {
  const [records, deployments] = await Promise.all([
    askRecords(client, target, signal),
    askDeployments(client, target, signal),
  ]);
  const deployed = deployedVersion(deployments);
  return records.map((one) => releaseOf(one, deployed));
}

/** A pod and how it is called: `web.1`, in the order in which they were made. */
export interface NamedPod {
  readonly name: string;
  readonly pod: Pod;
}

export function namedPods(pods: readonly Pod[]): readonly NamedPod[] {
  const counts = new Map<string, number>();
  return pods.map((pod) => {
    const type = pod.labels[keys.process] ?? pod.labels[keys.kind] ?? 'pod';
    const count = (counts.get(type) ?? 0) + 1;
    counts.set(type, count);
    return { name: `${type}.${count}`, pod };
  });
}

export function processOf({ name, pod }: NamedPod): Process {
  const release = Number(pod.labels[keys.release]);
  return {
    name,
    state: stateOf(pod),
    since: (pod.isReady ? pod.readySince : pod.container.since) || pod.createdAt,
    ...(Number.isInteger(release) ? { release } : {}),
  };
}

const waiting: Readonly<Record<string, string>> = {
  CrashLoopBackOff: 'crash-loop',
  ImagePullBackOff: 'no-image',
  ErrImagePull: 'no-image',
  InvalidImageName: 'no-image',
  CreateContainerConfigError: 'misconfigured',
};

export function stateOf({ phase, isReady, isGoing, container }: Pod): string {
  if (isGoing) return 'stopping';
  if (container.state === 'waiting') return waiting[container.reason] ?? 'starting';
  if (phase === 'Failed' || (container.state === 'terminated' && container.exitCode !== 0)) return 'crashed';
  if (phase === 'Succeeded' || container.state === 'terminated') return 'ended';
  return isReady ? 'running' : 'starting';
}

/** Undefined where nothing of the app is there. */
export async function readStatus(
  { now, client }: { readonly now: () => Date; readonly client: Client },
  target: Target,
  signal: AbortSignal,
): Promise<TargetStatus | undefined> {
  const [records, deployments, pods] = await Promise.all([
    askRecords(client, target, signal),
    askDeployments(client, target, signal),
    askPods(client, target, 'process', signal),
  ]);
  const [newest] = records;
  if (!newest && deployments.length === 0) return undefined;
  const processes = namedPods(pods).map(processOf);
  const underWay = deployUnderWay(records, now());
  const running = runningRelease(processes) ?? deployedVersion(deployments);
  return {
    ...(deployments.length === 0 ? {} : addressOf(target.environment)),
    ...(running === undefined ? {} : { release: running }),
    ...(newest && newest.version !== running && newest.status !== 'failed' ? { newest: newest.version } : {}),
    processes,
    ...(underWay === undefined ? {} : { deploy: underWay.deploy }),
  };
}

/** How long a release may be said to be made after it was begun, in milliseconds: who made it may have been killed. */
const longestDeploy = 45 * 60_000;

/** The newest release, where a deploy still makes it. */
function deployUnderWay([newest]: readonly ReleaseRecord[], now: Date): ReleaseRecord | undefined {
  if (newest?.status !== 'created' && newest?.status !== 'rolling') return undefined;
  return now.getTime() - Date.parse(newest.createdAt) < longestDeploy ? newest : undefined;
}

/** The newest release of which a process serves. */
function runningRelease(processes: readonly Process[]): number | undefined {
  const versions = processes
    .filter((one) => one.state === 'running')
    .map((one) => one.release)
    .filter((one) => one !== undefined);
  return versions.length === 0 ? undefined : Math.max(...versions);
}

/** Sorted by type. */
export const formationOf = (deployments: readonly Deployment[]): readonly Formation[] =>
  deployments
    .map((one) => ({ type: one.labels[keys.process] ?? one.name, quantity: one.replicas, size: '' }))
    .toSorted((a, b) => (a.type < b.type ? -1 : 1));
