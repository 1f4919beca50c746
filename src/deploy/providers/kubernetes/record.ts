import { sha256 } from '../../../base/hash';
import { isObject, stringAt, stringMap } from '../../../base/json';
import { base64 } from '../../../base/secret';
import { commitOfImage } from '../../image';
import type { Release } from '../../release';
import { parseJson } from '../lines';
import { decodeBase64 } from './credentials';
import { keys, managedBy, recordName } from './names';
import type { KubeSecret } from './wire';

/**
 * A release is kept as an immutable Secret of its own: what it runs and its variables. It is what makes a release exist: the name, which
 * only one can take, is the lock; nothing of it is ever changed but a label that says how it fared.
 */
export interface ReleaseRecord {
  readonly version: number;
  /** Names the one deploy that made it. */
  readonly deploy: string;
  /** Undefined where variables were set before the first deploy. */
  readonly image?: string;
  readonly processes: readonly { readonly type: string; readonly command?: string }[];
  readonly releaseCommand?: string;
  /** The path that answers 200 once it can serve. */
  readonly health?: string;
  /** The plain variables of servicewright.yaml. */
  readonly plain: Readonly<Record<string, string>>;
  /** The variables that were set; secrets. */
  readonly config: Readonly<Record<string, string>>;
  readonly description: string;
  readonly createdAt: string;
  /** Goes into the hash of variables, so that nobody can guess short ones by it; the same for all releases of an app. */
  readonly salt: string;
  readonly status: Status;
  /** Whether somebody wants its deploy to end. */
  readonly isCancelled: boolean;
}

/**
 * `created`: nothing of it was handed over. `rolling`: it was, and a deploy watches it. `applied`: it was, and nobody watches. `live`: it
 * was seen to run. `failed`: it was seen not to.
 */
export type Status = 'created' | 'rolling' | 'applied' | 'live' | 'failed';
const statuses: readonly Status[] = ['created', 'rolling', 'applied', 'live', 'failed'];

/** Whether it was handed over and is not known to have failed. */
export const wasHandedOver = ({ status }: Pick<ReleaseRecord, 'status'>): boolean =>
  status === 'live' || status === 'applied' || status === 'rolling';

const type = 'servicewright/release';
/** Before the key of a variable; `release` itself holds the rest. */
const prefix = 'env.';
export const secretKey = (variable: string): string => `${prefix}${variable}`;

/** The Secret to create. */
export function secretOf(app: string, record: ReleaseRecord): object {
  const { version, deploy, status, config, isCancelled: _, ...rest } = record;
  const data = Object.entries(config).map(([key, value]) => [secretKey(key), base64(value)]);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type,
    immutable: true,
    metadata: {
      name: recordName(app, version),
      labels: {
        [keys.name]: app,
        [keys.managed]: managedBy,
        [keys.release]: String(version),
        [keys.status]: status,
      },
      annotations: { [keys.deploy]: deploy },
    },
    data: Object.fromEntries([['release', base64(JSON.stringify({ version, ...rest }))], ...data]),
  };
}

/** Undefined where it is no record of ours. */
export function recordOf(secret: KubeSecret): ReleaseRecord | undefined {
  const value = parseJson(decodeBase64(secret.data['release'] ?? ''));
  const version = Number(secret.labels[keys.release]);
  if (!isObject(value) || !Number.isInteger(version) || value['version'] !== version) return undefined;
  const config = Object.entries(secret.data)
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, data]) => [key.slice(prefix.length), decodeBase64(data)]);
  return {
    version,
    deploy: secret.annotations[keys.deploy] ?? '',
    ...stringMap({ image: value['image'], releaseCommand: value['releaseCommand'], health: value['health'] }),
    processes: readProcesses(value['processes']),
    plain: stringMap(value['plain']),
    config: stringMap(Object.fromEntries(config)),
    description: stringAt(value, 'description') ?? '',
    createdAt: stringAt(value, 'createdAt') ?? secret.createdAt,
    salt: stringAt(value, 'salt') ?? '',
    status: statuses.find((one) => one === secret.labels[keys.status]) ?? 'created',
    isCancelled: secret.annotations[keys.cancel] !== undefined,
  };
}

function readProcesses(value: unknown): ReleaseRecord['processes'] {
  const all = Array.isArray(value) ? (value as readonly unknown[]) : [];
  return all.flatMap((one) => {
    const name = stringAt(one, 'type');
    const command = stringAt(one, 'command');
    return name === undefined ? [] : [{ type: name, ...(command === undefined ? {} : { command }) }];
  });
}

/** All variables of a release, as its processes see them: those that were set win over the plain ones. */
export const variablesOf = ({
  plain,
  config,
}: Pick<ReleaseRecord, 'plain' | 'config'>): Readonly<Record<string, string>> => ({
  ...plain,
  ...config,
});

/** Changes when a variable does; says nothing of their values to those who may not read them. */
export async function configHash(record: Pick<ReleaseRecord, 'plain' | 'config' | 'salt'>): Promise<string> {
  const sorted = Object.entries(variablesOf(record)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return (await sha256(new TextEncoder().encode(JSON.stringify([record.salt, sorted])))).slice(0, 16);
}

/** As releases are shown; `deployed` is the one that the Deployments have. */
export function releaseOf(record: ReleaseRecord, deployed: number | undefined): Release {
  const commit = record.image === undefined ? undefined : commitOfImage(record.image);
  const isCurrent = record.version === deployed;
  const served = wasHandedOver(record);
  return {
    version: record.version,
    status: isCurrent ? 'current' : served ? 'old' : 'failed',
    createdAt: record.createdAt,
    description: record.description,
    ...(commit === undefined ? {} : { commit }),
    ...(record.image === undefined ? {} : { image: record.image }),
    dirty: false,
    eligible: !isCurrent && served && record.image !== undefined,
  };
}
