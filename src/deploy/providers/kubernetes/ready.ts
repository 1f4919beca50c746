import { join } from '../../../base/paths';
import { noImage, badImage } from '../../errors/image';
import { brokenProcfile, notOurs } from '../../errors/kubernetes';
import { parseImage } from '../../image';
import { readProcfile } from '../../procfile';
import type { DeployRequest, Target } from '../../provider';
import type { Client, KubeParts } from './client';
import { checkApp, pathsIn, processName } from './names';
import { askDeployments, askOne, askPods, askRecords, deployedVersion, get } from './reading';
import type { ReleaseRecord } from './record';
import { wasHandedOver } from './record';
import type { Deployment } from './wire';
import { readAny } from './wire';

/** What is there before something is changed. */
export interface Before {
  /** Newest first. */
  readonly records: readonly ReleaseRecord[];
  readonly deployments: readonly Deployment[];
  /** The release that the Deployments have. */
  readonly deployed: ReleaseRecord | undefined;
}

export async function askBefore(client: Client, target: Target, signal: AbortSignal): Promise<Before> {
  checkApp(target);
  const [records, deployments] = await Promise.all([
    askRecords(client, target, signal),
    askDeployments(client, target, signal),
    // That its pods can be listed is known before anything depends on it.
    askPods(client, target, 'process', signal),
  ]);
  const version = deployedVersion(deployments);
  return { records, deployments, deployed: records.find((one) => one.version === version) };
}

/** The record of a new release, made of the one that runs: its variables stay, its salt too. */
export function nextRecord(
  parts: Pick<KubeParts, 'now' | 'nonce'>,
  before: Pick<Before, 'records' | 'deployed'>,
  change: Pick<ReleaseRecord, 'processes' | 'description'> & Partial<ReleaseRecord>,
): ReleaseRecord {
  const base = baseOf(before);
  return {
    plain: {},
    config: base?.config ?? {},
    ...change,
    version: (before.records[0]?.version ?? 0) + 1,
    deploy: parts.nonce(),
    createdAt: parts.now().toISOString(),
    salt: base?.salt ?? parts.nonce(),
    // Where nothing is to be rolled out, to be made is to be handed over.
    status: change.image === undefined ? 'applied' : 'created',
    isCancelled: false,
  };
}

/** The release that runs, else the newest that was handed over: what failed, or never got so far, hands nothing on. */
export const baseOf = ({
  records,
  deployed,
}: Pick<Before, 'records' | 'deployed'>): ReleaseRecord | undefined =>
  deployed ?? records.find(wasHandedOver);

/** What the image and the Procfile beside it make of a release. Throws UserErrors `deploy/no-image`, `deploy/bad-image`, `deploy/bad-procfile`. */
export async function wantedRelease(
  parts: KubeParts,
  target: Target,
  request: DeployRequest,
): Promise<Pick<ReleaseRecord, 'processes' | 'description' | 'plain'> & Partial<ReleaseRecord>> {
  const image = checkImage(request.image, target);
  const path = join(target.dir, 'Procfile');
  const text = await parts.machine.files.readText(path);
  const procfile = text === undefined ? undefined : readProcfile(text);
  if (procfile && 'faults' in procfile) throw brokenProcfile(path, procfile.faults);
  // Without a Procfile the image's own command is the service.
  const processes = procfile?.processes ?? [{ type: 'web' }];
  const names = processes.map(({ type }) => processName(target.app, type));
  const twice = names.find((one, at) => names.indexOf(one) !== at);
  if (twice !== undefined) throw brokenProcfile(path, [`two processes would both be called ${twice}`]);
  return {
    image,
    processes,
    plain: target.environment.config,
    ...(procfile?.release === undefined ? {} : { releaseCommand: procfile.release }),
    ...(target.health === undefined ? {} : { health: target.health }),
    description: request.message ?? `Deploy ${image}`,
  };
}

export function checkImage(image: string | undefined, { environment }: Pick<Target, 'environment'>): string {
  if (image === undefined || image === '') throw noImage(environment.name);
  if (!parseImage(image)) throw badImage(image);
  return image;
}

/** Throws UserError `deploy/not-ours` where something of the same name was made by somebody else. */
export async function checkOwners(
  client: Client,
  target: Target,
  { record, before }: { readonly record: Pick<ReleaseRecord, 'processes'>; readonly before: Before },
  signal: AbortSignal,
): Promise<void> {
  const paths = pathsIn(client.namespace);
  const known = new Set(before.deployments.map((one) => one.name));
  const asked = record.processes
    .map(({ type }) => processName(target.app, type))
    .filter((name) => !known.has(name))
    .map((name) => ({ kind: 'Deployment', name, path: paths.deployments }));
  const isWeb = record.processes.some(({ type }) => type === 'web');
  if (isWeb) asked.push({ kind: 'Service', name: target.app, path: paths.services });
  if (isWeb && target.environment.ingress)
    asked.push({ kind: 'Ingress', name: target.app, path: paths.ingresses });
  for (const { kind, name, path } of asked) {
    const found = await askOne(
      client,
      get(`look for the ${kind} ${name}`, `${path}/${name}`),
      readAny,
      signal,
    );
    if (found && found.labels['app.kubernetes.io/managed-by'] !== 'servicewright')
      throw notOurs(kind, name, client.namespace);
  }
}
