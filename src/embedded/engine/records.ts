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
  /** Of `config`, what a person set on the platform; the rest comes from app.json and servicewright.yaml. */
  readonly set: Readonly<Record<string, string>>;
  /** What app.json and servicewright.yaml give, also where something that was set stands above it. */
  readonly given?: Readonly<Record<string, string>>;
  /** How many of each type ran when it was made. */
  readonly quantities: Readonly<Record<string, number>>;
  readonly health?: string;
  readonly wantsDatabase: boolean;
  /** Whether its files ask for a database, be it ours or another one. */
  readonly asksForDatabase: boolean;
  readonly bin?: string;
  /** The container image that its processes run in. */
  readonly image?: string;
  /** Names of the virtual environments that it runs from. */
  readonly uses: readonly string[];
  readonly status: 'pending' | 'succeeded' | 'failed';
  readonly seconds: number;
  readonly rollbackTo?: number;
  /** What made it, where that was no deploy and no roll back. */
  readonly change?: 'config';
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
  /** Whether its address shows that it is being worked on, instead of what runs. */
  readonly maintenance: boolean;
  /** When it was made, or empty where an earlier version did not write it down. */
  readonly createdAt: string;
  readonly databasePassword: string;
  /** Made once by `generator: secret` of app.json. */
  readonly generated: Readonly<Record<string, string>>;
  /** Variables that were set on the platform; they stand above those of app.json and servicewright.yaml. */
  readonly config: Readonly<Record<string, string>>;
  /** How many of each type shall run; one where nothing is said. */
  readonly formation: Readonly<Record<string, number>>;
}

const numberAt = (value: Readonly<Record<string, unknown>>, key: string): number | undefined => {
  const found = value[key];
  return typeof found === 'number' ? found : undefined;
};

function numberMap(value: unknown): Readonly<Record<string, number>> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

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
    maintenance: value['maintenance'] === true,
    createdAt: stringAt(value, 'createdAt') ?? '',
    databasePassword,
    generated: stringMap(value['generated']),
    config: stringMap(value['config']),
    formation: numberMap(value['formation']),
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
    ...texts(value, ['commit', 'message', 'health', 'bin', 'image']),
    ...(typeof value['dirty'] === 'boolean' ? { dirty: value['dirty'] } : {}),
    environment: stringAt(value, 'environment') ?? 'local',
    processes: stringMap(value['processes']),
    quantities: numberMap(value['quantities']),
    ...settingsOf(value),
    uses: Array.isArray(uses) ? uses.filter(isString) : [],
    status: status === 'succeeded' || status === 'pending' ? status : 'failed',
    seconds: numberAt(value, 'seconds') ?? 0,
    ...rollbackOf(value),
  };
}

function rollbackOf(value: Readonly<Record<string, unknown>>): Pick<ReleaseRecord, 'rollbackTo' | 'change'> {
  const rollbackTo = numberAt(value, 'rollbackTo');
  return {
    ...(rollbackTo === undefined ? {} : { rollbackTo }),
    ...(value['change'] === 'config' ? { change: 'config' } : {}),
  };
}

type Settings = Pick<ReleaseRecord, 'config' | 'set' | 'given' | 'wantsDatabase' | 'asksForDatabase'>;

/** Records of earlier versions do not tell what was set and what the files ask for. */
function settingsOf(value: Readonly<Record<string, unknown>>): Settings {
  const wantsDatabase = value['wantsDatabase'] === true;
  return {
    config: stringMap(value['config']),
    set: stringMap(value['set']),
    ...(isObject(value['given']) ? { given: stringMap(value['given']) } : {}),
    wantsDatabase,
    asksForDatabase: (value['asksForDatabase'] ?? wantsDatabase) === true,
  };
}

function texts<K extends string>(value: unknown, keys: readonly K[]): { readonly [P in K]?: string } {
  const out: { [P in K]?: string } = {};
  for (const key of keys) {
    const found = stringAt(value, key);
    if (found !== undefined) out[key] = found;
  }
  return out;
}
