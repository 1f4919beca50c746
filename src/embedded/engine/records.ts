import { isObject, isString, stringAt, stringMap } from '../../base/json';
import type { Procfile } from '../release/procfile';

/** What the platform keeps of one release; never changed once the release is live or has failed. */
export interface ReleaseRecord {
  readonly n: number;
  readonly at: string;
  readonly deploy: string;
  readonly slug: string;
  readonly commit?: string;
  readonly dirty?: boolean;
  readonly message?: string;
  readonly environment: string;
  /** The variables that the processes get, secrets included: the file is its owner's alone. */
  readonly config: Readonly<Record<string, string>>;
  readonly processes: Procfile;
  readonly health?: string;
  readonly wantsDatabase: boolean;
  readonly bin?: string;
  /** Names of the virtual environments that it runs from. */
  readonly uses: readonly string[];
  readonly status: 'pending' | 'succeeded' | 'failed';
  readonly seconds: number;
  readonly rollbackTo?: number;
}

/** What the platform keeps of one service. */
export interface AppRecord {
  readonly name: string;
  readonly source: string;
  readonly environment: string;
  /** The port of its router, the same at every start if it is free. */
  readonly port: number;
  readonly current?: number;
  readonly stopped: boolean;
  readonly databasePassword: string;
  /** Made once by `generator: secret` of app.json. */
  readonly generated: Readonly<Record<string, string>>;
}

const numberAt = (value: Readonly<Record<string, unknown>>, key: string): number | undefined => {
  const found = value[key];
  return typeof found === 'number' ? found : undefined;
};

export function parseApp(value: unknown): AppRecord | undefined {
  if (!isObject(value)) return undefined;
  const name = stringAt(value, 'name');
  const databasePassword = stringAt(value, 'databasePassword');
  if (name === undefined || databasePassword === undefined) return undefined;
  const current = numberAt(value, 'current');
  return {
    name,
    source: stringAt(value, 'source') ?? '',
    environment: stringAt(value, 'environment') ?? 'local',
    port: numberAt(value, 'port') ?? 0,
    ...(current === undefined ? {} : { current }),
    stopped: value['stopped'] === true,
    databasePassword,
    generated: stringMap(value['generated']),
  };
}

export function parseRelease(value: unknown): ReleaseRecord | undefined {
  if (!isObject(value)) return undefined;
  const n = numberAt(value, 'n');
  const slug = stringAt(value, 'slug');
  if (n === undefined || slug === undefined) return undefined;
  const status = stringAt(value, 'status');
  const uses = value['uses'];
  return {
    n,
    slug,
    at: stringAt(value, 'at') ?? '',
    deploy: stringAt(value, 'deploy') ?? '',
    ...texts(value, ['commit', 'message', 'health', 'bin']),
    ...(typeof value['dirty'] === 'boolean' ? { dirty: value['dirty'] } : {}),
    environment: stringAt(value, 'environment') ?? 'local',
    config: stringMap(value['config']),
    processes: stringMap(value['processes']),
    wantsDatabase: value['wantsDatabase'] === true,
    uses: Array.isArray(uses) ? uses.filter(isString) : [],
    status: status === 'succeeded' || status === 'pending' ? status : 'failed',
    seconds: numberAt(value, 'seconds') ?? 0,
    ...rollbackOf(value),
  };
}

function rollbackOf(value: Readonly<Record<string, unknown>>): { readonly rollbackTo?: number } {
  const rollbackTo = numberAt(value, 'rollbackTo');
  return rollbackTo === undefined ? {} : { rollbackTo };
}

function texts<K extends string>(value: unknown, keys: readonly K[]): { readonly [P in K]?: string } {
  const out: { [P in K]?: string } = {};
  for (const key of keys) {
    const found = stringAt(value, key);
    if (found !== undefined) out[key] = found;
  }
  return out;
}
