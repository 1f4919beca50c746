import type { UserError } from '../../../base/errors';
import type { Pause } from '../../../base/pause';
import type { Http, HttpResponse } from '../../../base/ports';
import type { Secret } from '../../../base/secret';
import { base64, redact } from '../../../base/secret';
import type { Accounts, Place } from '../../account';
import { noSuchApp } from '../../errors';
import { noUrl, notSignedIn, notTheApi, sendsOn, serverRefused, tokenRefused } from '../../errors/api';
import { notLetIn } from '../../errors/empire';
import type { Target } from '../../provider';
import type { Answer, Api, ApiCall, Patience } from '../api';
import { createApi, originOf } from '../api';
import { readProblem, readTokenFacts } from './wire';

/** Any other spelling is answered with a 404 before anything else is looked at. */
export const acceptHeader = 'application/vnd.heroku+json; version=3';

/** What every part of the provider is given. */
export interface EmpireParts {
  readonly http: Http;
  readonly accounts: Accounts;
  readonly pause: Pause;
  readonly now: () => Date;
  readonly patience: Patience & {
    /** How long the processes of a new release may take to be seen, and how often they are asked for. */
    readonly bootMs: number;
    readonly bootEveryMs: number;
    /** How long a deploy's stream may be silent before the processes are looked at. */
    readonly silentMs: number;
    /** How long a log that is not followed may be silent before it is over. */
    readonly logQuietMs: number;
  };
}

/** Empire's API for one target, as one person. */
export interface Client {
  readonly where: string;
  /** When its token ends (ISO 8601), where that is known. */
  readonly expiresAt?: string;
  /** Asks; undefined when there is no such app. Throws UserError for every other refusal. */
  ask(call: ApiCall, signal: AbortSignal): Promise<string | undefined>;
  /** Changes something; gives the body. Throws UserError for every refusal. */
  change(call: ApiCall, signal: AbortSignal): Promise<string>;
  /** Opens a stream, whatever its status. */
  open(call: ApiCall, signal: AbortSignal): Promise<HttpResponse>;
  /** Throws the UserError of an answer that is a refusal. */
  check(answer: Answer, call: ApiCall): void;
  /** Takes the token, and what travels in it, out of a text. */
  clean(text: string): string;
}

/** The server of a target. Throws UserError `deploy/no-url`. */
export function placeOf({ environment }: Target): Place {
  if (environment.url === undefined) throw noUrl(environment.name);
  return { platform: 'empire', origin: originOf(environment.url), environment: environment.name };
}

/** How far this clock may go before the server's, in milliseconds: it decides itself about a token that ends now. */
const clocksDiffer = 5 * 60_000;

/** Throws UserError `deploy/not-signed-in` when there is no token or it has ended; nothing is sent then. */
export async function connect(parts: EmpireParts, target: Target, signal: AbortSignal): Promise<Client> {
  const place = placeOf(target);
  const token = await parts.accounts.find(place, signal);
  if (!token) throw notSignedIn(place.environment, place.origin);
  const { expiresAt } = readTokenFacts(token.reveal());
  if (expiresAt !== undefined && new Date(expiresAt).getTime() + clocksDiffer <= parts.now().getTime())
    throw tokenRefused(place.environment, place.origin, `it ended at ${expiresAt}`);
  const url = (target.environment.url ?? '').replace(/\/+$/, '');
  return createClient(place, token, apiAt(parts, url, headersFor('', token)));
}

export function apiAt(parts: EmpireParts, url: string, headers: Readonly<Record<string, string>>): Api {
  return createApi({ http: parts.http, url, headers, patience: parts.patience, pause: parts.pause });
}

/** The token is the password. With a user's name before it a stale one would be tried as that user's GitHub password. */
export function headersFor(user: string, password: Secret): Readonly<Record<string, string>> {
  return { accept: acceptHeader, authorization: `Basic ${base64(`${user}:${password.reveal()}`)}` };
}

function createClient(place: Place, token: Secret, api: Api): Client {
  const text = token.reveal();
  const { inner = '', expiresAt } = readTokenFacts(text);
  const secrets = [text, inner];
  const clean = (dirty: string): string => redact(dirty, secrets);
  const check: Client['check'] = (answer, call) => {
    const { status, text: body } = answer;
    if (status < 200 || status > 299) throw refusalOf(place, call, { ...answer, text: clean(body) });
  };
  return {
    where: place.origin,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    open: api.open,
    clean,
    check,
    async ask(call, signal) {
      const answer = await api.ask(call, signal);
      if (answer.status === 404 && readProblem(answer.text)?.id === 'not_found') return undefined;
      check(answer, call);
      return answer.text;
    },
    async change(call, signal) {
      const answer = await api.change(call, signal);
      check(answer, call);
      return answer.text;
    },
  };
}

/** The error that a refusal means. The server keeps the real reason of a 400 for itself. */
export function refusalOf(place: Place, call: ApiCall, answer: Answer): UserError {
  const { status, text } = answer;
  const problem = readProblem(text);
  if (!problem) return pageOf(place, answer);
  if (status === 401) {
    const refused = /is not a member of/.test(problem.message) ? notLetIn : tokenRefused;
    return refused(place.environment, place.origin, problem.message);
  }
  // Of what is below an app that is missing, the server has words of its own (server/heroku/domains.go).
  if (problem.id === 'not_found' && problem.message.startsWith(missing)) return noSuchApp(appOf(call.path));
  return serverRefused(place.origin, call.what, problem.message || `it answered ${status}`);
}

const missing = 'Request failed, the specified resource does not exist';

/** The error of an answer that is not Empire's. */
export function pageOf({ origin }: Place, { status, headers }: Answer): UserError {
  const to = status >= 300 && status <= 399 ? originOf(headers?.['location'] ?? '') : '';
  return /^https?:/.test(to) && to !== origin ? sendsOn(origin, to) : notTheApi(origin, status);
}

const appOf = (path: string): string => path.split('/')[2] ?? '';

/** An app's route, by its name: an id is not known there. */
export const appPath = ({ app }: Target, below = ''): string => `/apps/${encodeURIComponent(app)}${below}`;

const longestMessage = 500;

/**
 * The header that says why, on every change: without it some servers do nothing and say so nowhere. One line, since it is a header.
 */
export function messageHeader(message: string): Readonly<Record<string, string>> {
  const line = message
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, longestMessage);
  // The cut may have halved the last character.
  return { 'commit-message': line.replace(/[\uD800-\uDBFF]$/, '') || 'Changed with Servicewright' };
}
