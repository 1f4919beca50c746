import type { Log } from '../../../base/log';
import type { Pause } from '../../../base/pause';
import type { Archives, Http, HttpRequest, HttpResponse, Sockets, World } from '../../../base/ports';
import type { Secret } from '../../../base/secret';
import { redact } from '../../../base/secret';
import type { Accounts, Place } from '../../account';
import { notSignedIn, notTheApi } from '../../errors/api';
import type { DeployRequest, Target } from '../../provider';
import type { Answer, Api, ApiCall, Patience } from '../api';
import { createApi, originOf } from '../api';
import { parseJson } from '../lines';
import { Heard } from './heard';
import { refusalOf } from './refusal';
import { readProblem } from './wire';

export const usualUrl = 'https://api.heroku.com';

/** The API's version 3, and forms of it that tell or take more. */
export const acceptFor = (form = '3'): string => `application/vnd.heroku+json; version=${form}`;

/** Asks the person for a two-factor code; undefined when there is nobody to ask or no answer. */
export type AskCode = (place: Place, signal: AbortSignal) => Promise<Secret | undefined>;

/** Where the API of a target is, who stands behind it, and as whom it is asked. */
export interface Reached {
  readonly place: Place;
  /** For messages. */
  readonly where: string;
  readonly url: string | undefined;
  readonly token: Secret;
}

/** What every part of the client is given, whichever platform speaks its language. */
export interface ClientParts {
  readonly http: Http;
  readonly sockets: Sockets;
  readonly log: Log;
  readonly askCode: AskCode;
  readonly pause: Pause;
  readonly now: () => Date;
  readonly patience: HerokuPatience;
  /** The platform's name, for messages. */
  readonly title: string;
  /** Throws UserError where it can't be asked at all; nothing is sent then. */
  reach(target: Pick<Target, 'environment'>, signal: AbortSignal): Promise<Reached>;
  readonly own?: Own;
}

/** What a platform of ours does in its own way. */
export interface Own {
  /** What stands under `servicewright` in whatever makes a release of files. */
  given(target: Target, request: DeployRequest): Readonly<Record<string, unknown>>;
}

/** What Heroku itself needs besides. */
export interface HerokuParts extends ClientParts {
  readonly accounts: Accounts;
  readonly archives: Archives;
  readonly world: Pick<World, 'processes' | 'files'>;
}

/** Times in milliseconds. */
export interface HerokuPatience extends Patience {
  /** How often it is asked how a build, a release or the dynos are. */
  readonly pollMs: number;
  /** After that long without a word of a stream it is asked whether it is over. */
  readonly quietMs: number;
  /** How long a build, with its release command, may take. */
  readonly buildMs: number;
  /** How long nothing at all may be heard of it, as when this machine is without a network. */
  readonly silentMs: number;
  /** How long a release may take to turn up after its build. */
  readonly releaseMs: number;
  /** How long the dynos of a new release may take until they run, and then until they answer. */
  readonly bootMs: number;
  readonly healthMs: number;
  /** How long an upload may stand still. */
  readonly uploadMs: number;
}

/** Heroku's API for one target, as one person. */
export interface Client {
  readonly where: string;
  readonly place: Place;
  readonly own: Own | undefined;
  /** Asks; undefined when there is no such thing. Throws UserError for every other refusal. */
  ask(call: ApiCall, signal: AbortSignal): Promise<unknown>;
  /** Asks for a list, page after page, up to `most` entries. */
  list(call: ApiCall, signal: AbortSignal, most?: number): Promise<readonly unknown[] | undefined>;
  /** Changes something, once; gives what was answered. Throws UserError for every refusal. */
  change(call: ApiCall, signal: AbortSignal): Promise<string>;
  /** Sends once and gives the response as it comes. */
  open(call: ApiCall, signal: AbortSignal): Promise<HttpResponse>;
  /** Takes the token, and addresses that let anybody in, out of a text. */
  clean(text: string): string;
  /** Adds a text that `clean` takes out. */
  hide(secret: string): void;
  /** What Heroku warned of since the last time, each once. */
  warnings(): readonly string[];
  /** How much longer to wait between questions: more than 1 when the account has nearly used up its calls. */
  slowness(): number;
}

/** The server of a target. */
export function placeOf({ environment }: Pick<Target, 'environment'>): Place {
  return {
    platform: 'heroku',
    origin: originOf(environment.url ?? usualUrl),
    environment: environment.name,
  };
}

/** Throws UserError where the platform can't be asked, as `deploy/not-signed-in` when there is no token; nothing is sent then. */
export async function connect(
  parts: ClientParts,
  target: Pick<Target, 'environment'>,
  signal: AbortSignal,
): Promise<Client> {
  const { place, where, url, token } = await parts.reach(target, signal);
  const headers = { accept: acceptFor(), authorization: `Bearer ${token.reveal()}`, 'user-agent': agent };
  return createClient(parts, { place, where, token, api: apiAt(parts, url, headers, where) });
}

/** Heroku itself, or a server that takes its place: where the environment says, with the token of whoever is signed in there. */
export async function reachHeroku(
  accounts: Accounts,
  target: Pick<Target, 'environment'>,
  signal: AbortSignal,
): Promise<Reached> {
  const place = placeOf(target);
  const token = await tokenFor({ accounts }, place, signal);
  return { place, where: place.origin, url: target.environment.url, token };
}

/** Throws UserError `deploy/not-signed-in`. */
export async function tokenFor(
  { accounts }: Pick<HerokuParts, 'accounts'>,
  place: Place,
  signal: AbortSignal,
): Promise<Secret> {
  const token = await accounts.find(place, signal);
  if (!token) throw notSignedIn(place.environment, place.origin);
  return token;
}

export const agent = 'servicewright';

// oxlint-disable-next-line max-params
export function apiAt(
  { http, patience, pause }: ClientParts,
  url: string | undefined,
  headers: Readonly<Record<string, string>>,
  where?: string,
): Api {
  const said = where === undefined ? {} : { where };
  return createApi({ http, url: (url ?? usualUrl).replace(/\/+$/, ''), headers, patience, pause, ...said });
}

interface Made {
  readonly place: Place;
  readonly where: string;
  readonly token: Secret;
  readonly api: Api;
}

function createClient(parts: ClientParts, { place, where, token, api }: Made): Client {
  const secrets = [token.reveal()];
  const clean = (dirty: string): string => redact(dirty, secrets);
  const heard = new Heard(clean);
  /** Undefined when there is no such thing, which is an answer to a question and a refusal of a change. */
  const send = async (
    call: ApiCall,
    how: 'ask' | 'change',
    signal: AbortSignal,
  ): Promise<Answer | undefined> => {
    const answer = await withSecondFactor({ parts, place, api, call, how, signal });
    heard.take(answer.headers ?? {});
    if (how === 'ask' && isAbsent(answer)) return undefined;
    if (answer.status < 200 || answer.status > 299)
      throw refusalOf({ where, place }, call, { ...answer, text: clean(answer.text) });
    return answer;
  };
  return {
    where,
    place,
    own: parts.own,
    open: api.open,
    clean,
    hide: (secret) => void secrets.push(secret),
    warnings: () => heard.warnings(),
    slowness: () => heard.slowness(),
    list: (call, signal, most) =>
      listOf(where, most, call.headers?.['range'], (range) =>
        send(
          { ...call, headers: { ...call.headers, ...(range === undefined ? {} : { range }) } },
          'ask',
          signal,
        ),
      ),
    async ask(call, signal) {
      const answer = await send(call, 'ask', signal);
      if (answer === undefined) return undefined;
      const value = parseJson(answer.text);
      if (value === undefined) throw notTheApi(where, answer.status);
      return value;
    },
    async change(call, signal) {
      return (await send(call, 'change', signal))?.text ?? '';
    },
  };
}

/** The entries of all pages; 206 says that there is another and which (RFC 9110, 14, with ranges of Heroku's own). */
async function listOf(
  where: string,
  most: number | undefined,
  first: string | undefined,
  pageAt: (range: string | undefined) => Promise<Answer | undefined>,
): Promise<readonly unknown[] | undefined> {
  const found: unknown[] = [];
  const enough = most ?? Number.POSITIVE_INFINITY;
  for (let range = first; ;) {
    const answer = await pageAt(range);
    if (!answer) return undefined;
    const page = parseJson(answer.text);
    if (!Array.isArray(page)) throw notTheApi(where, answer.status);
    found.push(...(page as readonly unknown[]));
    range = answer.status === 206 ? answer.headers?.['next-range'] : undefined;
    if (range === undefined || page.length === 0 || found.length >= enough) return found.slice(0, enough);
  }
}

const isAbsent = ({ status, text }: Answer): boolean =>
  status === 404 && readProblem(text)?.id === 'not_found';

interface Sending {
  readonly parts: ClientParts;
  readonly place: Place;
  readonly api: Api;
  readonly call: ApiCall;
  readonly how: 'ask' | 'change';
  readonly signal: AbortSignal;
}

/** Sends once more with a code where one is wanted: the refusal means that nothing was done. */
async function withSecondFactor({ parts, place, api, call, how, signal }: Sending): Promise<Answer> {
  const id = crypto.randomUUID();
  const send = (more: Readonly<Record<string, string>> = {}): Promise<Answer> =>
    api[how]({ ...call, headers: { 'request-id': id, ...call.headers, ...more } }, signal);
  const answer = await send();
  const problem = answer.status === 403 ? readProblem(answer.text) : undefined;
  if (problem?.id !== 'two_factor') return answer;
  const code = await parts.askCode(place, signal);
  if (!code) return answer;
  const header = { 'heroku-two-factor-code': code.reveal() };
  if (problem.app === undefined) return send(header);
  // An app that wants a code takes it once for a while, not with each call.
  const path = `/apps/${encodeURIComponent(problem.app)}/pre-authorizations`;
  const allowed = await api.change({ what: 'take the code', method: 'PUT', path, headers: header }, signal);
  return allowed.status > 299 ? allowed : send();
}

export function callOf(
  what: string,
  method: HttpRequest['method'],
  path: string,
  more: Pick<ApiCall, 'headers' | 'body'> = {},
): ApiCall {
  return { what, method, path, ...more };
}

export const appPath = ({ app }: Pick<Target, 'app'>, below = ''): string =>
  `/apps/${encodeURIComponent(app)}${below}`;
