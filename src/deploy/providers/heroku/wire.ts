import { isObject, isString, stringAt, stringMap } from '../../../base/json';
import type { Formation, Process } from '../../provider';
import type { Release } from '../../release';
import { parseJson } from '../lines';
import type { OwnProblem } from './own';
import { readOwnProblem, readOwnProcess, readOwnRelease, textOf } from './own';

/** The parsing door of Heroku's wire (Platform API, version 3): values in, checked values out. */

/** What a refusal says; undefined when the body is not Heroku's. */
export interface Problem {
  readonly id: string;
  readonly message: string;
  /** The app that a two-factor code is wanted for. */
  readonly app?: string;
  /** What a platform of ours says besides. */
  readonly own?: OwnProblem;
}

export function readProblem(text: string): Problem | undefined {
  const value = parseJson(text);
  const message = stringAt(value, 'message');
  if (!isObject(value) || message === undefined) return undefined;
  const app = stringAt(value['app'], 'name') ?? stringAt(value['app'], 'id');
  const own = readOwnProblem(value['servicewright']);
  return {
    id: stringAt(value, 'id') ?? '',
    message,
    ...(app === undefined ? {} : { app }),
    ...(own ? { own } : {}),
  };
}

export interface AppFacts {
  readonly id: string;
  readonly name: string;
  /** Without a slash at its end. */
  readonly url?: string;
  readonly maintenance: boolean;
  /** What builds the next release: `container`, or a stack of buildpacks as `heroku-24`. */
  readonly buildStack: string;
  /** `cedar` or `fir`. */
  readonly generation: string;
  /** The deploy under way, where the platform tells. */
  readonly deploy?: string;
}

export function readApp(value: unknown): AppFacts | undefined {
  const name = stringAt(value, 'name');
  if (!isObject(value) || name === undefined) return undefined;
  const url = stringAt(value, 'web_url')?.replace(/\/+$/, '');
  return {
    id: stringAt(value, 'id') ?? name,
    name,
    maintenance: value['maintenance'] === true,
    buildStack: stringAt(value['build_stack'], 'name') ?? stringAt(value['stack'], 'name') ?? '',
    generation: stringAt(value['generation'], 'name') ?? 'cedar',
    ...(url === undefined || url === '' ? {} : { url }),
    ...textOf('deploy', value['servicewright']),
  };
}

/** Where something is told event by event. */
export const readEventsUrl = (value: unknown): string | undefined =>
  isObject(value) ? addressAt(value['servicewright'], 'events_url') : undefined;

const eventsAt = (value: unknown): { readonly events?: string } => {
  const events = readEventsUrl(value);
  return events === undefined ? {} : { events };
};

/** The addresses of an upload. Whoever knows them may use them. */
export function readSource(value: unknown): { readonly get: string; readonly put: string } | undefined {
  const blob = isObject(value) ? value['source_blob'] : undefined;
  const [get, put] = [addressAt(blob, 'get_url'), addressAt(blob, 'put_url')];
  return get === undefined || put === undefined ? undefined : { get, put };
}

const addressAt = (value: unknown, key: string): string | undefined => {
  const text = stringAt(value, key);
  return text !== undefined && /^https?:\/\//.test(text) ? text : undefined;
};

export type Standing = 'pending' | 'succeeded' | 'failed';

export interface Build {
  readonly id: string;
  readonly status: Standing;
  readonly createdAt: string;
  readonly output?: string;
  /** The id of the release that it made. */
  readonly release?: string;
  readonly checksum?: string;
  /** Where everything of the deploy is told event by event; only platforms of ours have it. */
  readonly events?: string;
}

export function readBuild(value: unknown): Build | undefined {
  const id = stringAt(value, 'id');
  const status = standingOf(stringAt(value, 'status'));
  if (!isObject(value) || id === undefined || !status) return undefined;
  const output = addressAt(value, 'output_stream_url');
  const release = stringAt(value['release'], 'id');
  const checksum = stringAt(value['source_blob'], 'checksum');
  return {
    id,
    status,
    createdAt: stringAt(value, 'created_at') ?? '',
    ...(output === undefined ? {} : { output }),
    ...(release === undefined ? {} : { release }),
    ...(checksum === undefined ? {} : { checksum }),
    ...eventsAt(value),
  };
}

/** A release that expired never ran. */
function standingOf(text: string | undefined): Standing | undefined {
  if (text === 'expired') return 'failed';
  return (['pending', 'succeeded', 'failed'] as const).find((one) => one === text);
}

/** A release as Heroku tells it, beside what every platform's has. */
export interface HerokuRelease extends Release {
  readonly id: string;
  readonly standing: Standing;
  readonly output?: string;
  /** As that of a build. */
  readonly events?: string;
  /** The id of its built code; images of the container registry have none. */
  readonly slug?: string;
}

export function readRelease(value: unknown): HerokuRelease | undefined {
  const version = isObject(value) ? value['version'] : undefined;
  if (!isObject(value) || typeof version !== 'number') return undefined;
  const standing = standingOf(stringAt(value, 'status')) ?? 'succeeded';
  const isCurrent = value['current'] === true;
  const isOld = !isCurrent && standing === 'succeeded';
  const output = addressAt(value, 'output_stream_url');
  const slug = slugOf(value);
  return {
    ...factsOf(value),
    id: stringAt(value, 'id') ?? String(version),
    version,
    standing,
    status: isCurrent ? 'current' : isOld ? 'old' : 'failed',
    ...readOwnRelease(value['servicewright']),
    eligible: isOld && isEligible(value),
    ...(output === undefined ? {} : { output }),
    ...eventsAt(value),
    ...(slug === undefined ? {} : { slug }),
  };
}

/** What other rooms may see and write down: without the address of its output, which lets anybody in. */
export function plainRelease({
  id: _id,
  slug: _slug,
  standing: _standing,
  output: _output,
  events: _events,
  ...release
}: HerokuRelease): Release {
  return release;
}

/** Older answers tell the slug, newer ones all that a release is made of. */
function slugOf({ slug, artifacts }: Readonly<Record<string, unknown>>): string | undefined {
  const parts: readonly unknown[] = Array.isArray(artifacts) ? artifacts : [];
  return (
    stringAt(slug, 'id') ??
    stringAt(
      parts.find((one) => stringAt(one, 'type') === 'slug'),
      'id',
    )
  );
}

/** When, what and who. The commit stands nowhere but in the description. */
function factsOf(
  value: Readonly<Record<string, unknown>>,
): Pick<Release, 'createdAt' | 'description' | 'commit' | 'user'> {
  const description = stringAt(value, 'description') ?? '';
  const commit = /^Deploy ([0-9a-f]{7,40})\b/.exec(description)?.[1];
  const user = stringAt(value['user'], 'email');
  return {
    createdAt: stringAt(value, 'created_at') ?? '',
    description,
    ...(commit === undefined ? {} : { commit }),
    ...(user === undefined ? {} : { user }),
  };
}

/** Said in newer answers; in older ones what has no code, as the first release, can't run. */
function isEligible(value: Readonly<Record<string, unknown>>): boolean {
  const said = value['eligible_for_rollback'];
  if (typeof said === 'boolean') return said;
  const { slug, artifacts } = value;
  return isObject(slug) || (Array.isArray(artifacts) && artifacts.length > 0) || slug === undefined;
}

export function readProcess(value: unknown): Process | undefined {
  const name = stringAt(value, 'name');
  if (!isObject(value) || name === undefined) return undefined;
  const release = isObject(value['release']) ? value['release']['version'] : undefined;
  const size = stringAt(value, 'size') ?? '';
  const own = readOwnProcess(value['servicewright']);
  return {
    name,
    state: (stringAt(value, 'state') ?? '').toLowerCase(),
    since: stringAt(value, 'updated_at') ?? '',
    ...(typeof release === 'number' ? { release } : {}),
    ...(size === '' || own ? {} : { size }),
    ...own,
  };
}

export function readFormationEntry(value: unknown): Formation | undefined {
  const type = stringAt(value, 'type');
  const quantity = isObject(value) ? value['quantity'] : undefined;
  if (!isObject(value) || type === undefined || typeof quantity !== 'number') return undefined;
  const size = stringAt(value['dyno_size'], 'name') ?? stringAt(value, 'size') ?? '';
  return { type, quantity, size };
}

/** Variables; undefined when it is no object. */
export function readConfig(text: string): Readonly<Record<string, string>> | undefined {
  const value = parseJson(text);
  return isObject(value) ? stringMap(value) : undefined;
}

/** A domain that somebody added; undefined for the one that Heroku gives. */
export function readDomain(value: unknown): string | undefined {
  return stringAt(value, 'kind') === 'heroku' ? undefined : stringAt(value, 'hostname');
}

/** Every entry that can be read; undefined when it is no list or none of it is what was asked for. */
export function readList<T>(
  values: readonly unknown[],
  read: (value: unknown) => T | undefined,
): readonly T[] {
  return values.map(read).filter((one) => one !== undefined);
}

export const readLogplex = (value: unknown): string | undefined => addressAt(value, 'logplex_url');

/** Where a dyno that is attached is met; whoever knows the secret may. */
export function readAttach(
  value: unknown,
): { readonly host: string; readonly port: number; readonly secret: string } | undefined {
  const url = stringAt(value, 'attach_url') ?? '';
  const [, host, port, secret] = /^rendezvous:\/\/([^:/]+):(\d+)\/(.+)$/.exec(url) ?? [];
  return host === undefined || secret === undefined ? undefined : { host, port: Number(port), secret };
}

/** The id by which a registry's manifest (schema 2) names its image. */
export function readImageId(text: string): string | undefined {
  const value = parseJson(text);
  const digest = isObject(value) ? stringAt(value['config'], 'digest') : undefined;
  return digest !== undefined && /^sha256:[0-9a-f]{64}$/.test(digest) ? digest : undefined;
}

/** The access token of a sign-in, and whose it is. */
export interface Authorization {
  readonly token: string;
  readonly name: string;
  readonly expiresAt?: string;
}

export function readAuthorization(text: string, now: Date): Authorization | undefined {
  const value = parseJson(text);
  const access = isObject(value) ? value['access_token'] : undefined;
  const token = stringAt(access, 'token');
  if (!isObject(value) || !isObject(access) || token === undefined || token === '') return undefined;
  const seconds = access['expires_in'];
  return {
    token,
    name: stringAt(value['user'], 'email') ?? '',
    ...(typeof seconds === 'number'
      ? { expiresAt: new Date(now.getTime() + seconds * 1000).toISOString() }
      : {}),
  };
}

/** Whose account it is. */
export const readAccount = (text: string): string | undefined => {
  const value = parseJson(text);
  return [stringAt(value, 'email'), stringAt(value, 'name'), stringAt(value, 'id')].find(isString);
};
