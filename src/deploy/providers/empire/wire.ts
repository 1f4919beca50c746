import { isObject, isString, stringAt, stringMap } from '../../../base/json';
import type { Formation, Process } from '../../provider';
import type { Release } from '../../release';
import { commitOfImage } from '../../image';
import { parseJson } from '../lines';

/** The parsing door of Empire's wire: text in, checked values out. Bodies are read whatever their Content-Type says. */

/** What a refusal says; undefined when the body is not Empire's. */
export function readProblem(text: string): { readonly id: string; readonly message: string } | undefined {
  const value = parseJson(text);
  const message = stringAt(value, 'message');
  return message === undefined ? undefined : { id: stringAt(value, 'id') ?? '', message };
}

/** Releases, newest first. Empire tells neither status nor image; both are read from what it does tell. */
export function readReleases(text: string): readonly Release[] | undefined {
  const value = parseJson(text);
  if (value === null) return [];
  if (!Array.isArray(value)) return undefined;
  const found = value.map(readOne).filter((one) => one !== undefined);
  const sorted = found.toSorted((a, b) => b.version - a.version);
  return sorted.map((one, at) => (at === 0 ? { ...one, status: 'current' as const, eligible: false } : one));
}

/** One release, as a roll back answers. */
export function readRelease(text: string): Release | undefined {
  return readOne(parseJson(text));
}

function readOne(value: unknown): Release | undefined {
  const version = isObject(value) ? value['version'] : undefined;
  if (typeof version !== 'number') return undefined;
  const description = stringAt(value, 'description') ?? '';
  const { image, user } = readDescription(description);
  const commit = image === undefined ? undefined : commitOfImage(image);
  return {
    version,
    status: 'old',
    createdAt: stringAt(value, 'created_at') ?? '',
    description,
    dirty: false,
    eligible: true,
    ...(image === undefined ? {} : { image }),
    ...(user === undefined ? {} : { user }),
    ...(commit === undefined ? {} : { commit }),
  };
}

/**
 * `Deploy ghcr.io/acme/orders:1a2b3c4 (jane: 'Fix login')`; the message may hold anything, the name of a SAML user an apostrophe. Old
 * servers said no user.
 */
export function readDescription(text: string): { readonly image?: string; readonly user?: string } {
  const image = /^Deploy (\S+)(?: \(|$)/.exec(text)?.[1];
  const user = /^[^(]*\(([^()]+?)(?:: '[\s\S]*')?\)$/.exec(text)?.[1];
  return { ...(image === undefined ? {} : { image }), ...(user === undefined ? {} : { user }) };
}

/** Which release an `Rollback to v3 (…)` brought back. */
export function rolledBackTo(description: string): number | undefined {
  const version = /^Rollback to v(\d+)\b/.exec(description)?.[1];
  return version === undefined ? undefined : Number(version);
}

/** Dynos are named `v13.web.1`: the release stands nowhere else. */
export function readProcesses(text: string): readonly Process[] | undefined {
  const value = parseJson(text);
  if (value === null) return [];
  if (!Array.isArray(value)) return undefined;
  return value.map(readProcess).filter((one) => one !== undefined);
}

function readProcess(value: unknown): Process | undefined {
  const name = stringAt(value, 'name');
  if (name === undefined) return undefined;
  const [, version, rest] = /^v(\d+)\.(.+)$/s.exec(name) ?? [];
  const size = stringAt(value, 'size') ?? '';
  return {
    name: rest ?? name,
    state: (stringAt(value, 'state') ?? '').toLowerCase(),
    since: realDate(stringAt(value, 'updated_at')),
    ...(version === undefined ? {} : { release: Number(version) }),
    ...(size === '' ? {} : { size }),
  };
}

/** What Empire does not keep is the year 1. */
function realDate(text: string | undefined): string {
  return text === undefined || text.startsWith('0001-') ? '' : text;
}

/** In no order of Empire's; sorted by type. `null` where there is none. */
export function readFormation(text: string): readonly Formation[] | undefined {
  const value = parseJson(text);
  if (value === null) return [];
  if (!Array.isArray(value)) return undefined;
  const found = value.map((one: unknown): Formation | undefined => {
    const type = stringAt(one, 'type');
    const quantity = isObject(one) ? one['quantity'] : undefined;
    if (type === undefined || typeof quantity !== 'number') return undefined;
    return { type, quantity, size: stringAt(one, 'size') ?? '' };
  });
  return found.filter((one) => one !== undefined).toSorted((a, b) => (a.type < b.type ? -1 : 1));
}

/** Variables; undefined when it is no object. */
export function readConfig(text: string): Readonly<Record<string, string>> | undefined {
  const value = parseJson(text);
  if (value === null) return {};
  return isObject(value) ? stringMap(value) : undefined;
}

/** The keys are capitalised on this one route. */
export function readDomains(text: string): readonly string[] | undefined {
  const value = parseJson(text);
  if (value === null) return [];
  if (!Array.isArray(value)) return undefined;
  return value.map((one: unknown) => stringAt(one, 'Hostname') ?? stringAt(one, 'hostname')).filter(isString);
}

export interface AppFacts {
  readonly maintenance: boolean;
  readonly hasCert: boolean;
}

export function readApp(text: string): AppFacts | undefined {
  const value = parseJson(text);
  if (!isObject(value) || stringAt(value, 'name') === undefined) return undefined;
  // Since 0.13 each process type may have its own.
  const certs = isObject(value['certs']) ? value['certs'] : {};
  const cert = stringAt(value, 'cert') ?? stringAt(certs, 'web') ?? '';
  return { maintenance: value['maintenance'] === true, hasCert: cert !== '' };
}

/** The access token of a sign-in. */
export function readToken(text: string): string | undefined {
  const value = parseJson(text);
  const token = isObject(value) ? stringAt(value['access_token'], 'token') : undefined;
  return token === '' ? undefined : token;
}

/** What the payload of a token (JWT, RFC 7519) says; it is not checked, the server does that. */
export interface TokenFacts {
  readonly name: string;
  readonly expiresAt?: string;
  /** A GitHub token travels inside, in clear. */
  readonly inner?: string;
}

export function readTokenFacts(token: string): TokenFacts {
  const payload = parseJson(decode(token.split('.')[1] ?? ''));
  const user = isObject(payload) ? payload['User'] : undefined;
  const end = isObject(payload) ? payload['exp'] : undefined;
  const inner = stringAt(user, 'GitHubToken') ?? '';
  return {
    name: stringAt(user, 'Name') ?? '',
    ...(typeof end === 'number' ? { expiresAt: new Date(end * 1000).toISOString() } : {}),
    ...(inner === '' ? {} : { inner }),
  };
}

/** Base64url (RFC 4648, 5); empty when it is none. */
function decode(text: string): string {
  if (!/^[\w-]+$/.test(text) || text.length % 4 === 1) return '';
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder().decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)));
}
