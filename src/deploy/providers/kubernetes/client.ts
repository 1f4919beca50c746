import { UserError, isAbort } from '../../../base/errors';
import type { Pause } from '../../../base/pause';
import type { Channel, Http, HttpResponse, WebSockets } from '../../../base/ports';
import { redact } from '../../../base/secret';
import { notTheApi } from '../../errors/api';
import { credentialsRefused, forbidden, noNamespace, refusedBy } from '../../errors/kubernetes';
import type { Target } from '../../provider';
import type { Answer, Api, ApiCall, Patience } from '../api';
import { createApi, explained, originOf } from '../api';
import type { Credentials, KubeMachine } from './credentials';
import { findCredentials } from './credentials';
import { readProblem } from './wire';

/** What every part of the provider is given. */
export interface KubeParts {
  readonly http: Http;
  readonly webSockets: WebSockets;
  readonly machine: KubeMachine;
  readonly pause: Pause;
  readonly now: () => Date;
  /** A name that nobody else has, for what is made once. */
  readonly nonce: () => string;
  readonly patience: KubePatience;
}

/** Times in milliseconds. */
export interface KubePatience extends Patience {
  /** How often a roll out is looked at, and how long all looks may fail before nobody knows. */
  readonly lookEveryMs: number;
  readonly blindMs: number;
  /** How long a watch may be silent before it is listed again what it watches. */
  readonly silentMs: number;
  /** How long a roll out may take without any progress, the cluster's own limit. */
  readonly rolloutMs: number;
  /** How long a release command may take. */
  readonly releaseMs: number;
  /** How long an image may be refused before that counts. */
  readonly pullMs: number;
  /** How long to wait for the pods of a release that failed to be gone. */
  readonly settleMs: number;
  /** How long who deploys may take to heed a cancel. */
  readonly cancelMs: number;
  /** How often a followed log looks for new pods. */
  readonly podsEveryMs: number;
}

/** A cluster's API, in one namespace, as one person. */
export interface Client {
  /** The server's origin, for messages. */
  readonly where: string;
  readonly namespace: string;
  readonly isUnchecked: boolean;
  /** Whom it acts as, where that is not who signs in. */
  readonly as?: string;
  /** Asks, up to three times; undefined when there is no such thing. Throws UserError for every other refusal. */
  ask(call: ApiCall, signal: AbortSignal): Promise<string | undefined>;
  /** Asks as `ask` does, and gives the answer whatever its status. */
  answer(call: ApiCall, signal: AbortSignal): Promise<Answer>;
  /** Sends what changes nothing when it arrives twice, up to three times, until an answer is clear; gives the last one whatever its status. */
  repeat(call: ApiCall, isClear: (answer: Answer) => boolean, signal: AbortSignal): Promise<Answer>;
  /** Changes something, once. Throws UserError for every refusal. */
  change(call: ApiCall, signal: AbortSignal): Promise<string>;
  /** Opens a stream, whatever its status. */
  open(call: ApiCall, signal: AbortSignal): Promise<HttpResponse>;
  /** Opens a channel that speaks one of `protocols`. Throws UserError for every refusal. */
  channel(call: ApiCall, protocols: readonly string[], signal: AbortSignal): Promise<Channel>;
  /** The UserError of an answer that is a refusal. */
  refusal(answer: Answer, call: ApiCall): UserError;
  /** Takes secrets out of a text: those of the way here, and those said. */
  clean(text: string): string;
  /** These values are to be in no text from now on. */
  hide(values: Iterable<string>): void;
}

/** Nothing is sent by this. Throws UserErrors `deploy/no-kubeconfig`, `deploy/no-context`, `deploy/no-credentials`, … */
export async function connect(parts: KubeParts, target: Target, signal: AbortSignal): Promise<Client> {
  const session = new Session(parts, target);
  const first = await session.credentials(signal);
  const hidden = new Set<string>();
  const where = originOf(first.url);
  const clean = (text: string): string => redact(text, [...session.secrets, ...hidden]);
  const refusal = (answer: Answer, call: ApiCall): UserError =>
    refusalOf({ where, context: first.context, namespace: first.namespace }, call, {
      ...answer,
      text: clean(answer.text),
    });
  const api = createApi({
    http: { send: (request, stop) => session.send(request, stop) },
    url: first.url,
    headers: { accept: 'application/json', 'user-agent': 'servicewright' },
    patience: parts.patience,
    pause: parts.pause,
  });
  return {
    where,
    namespace: first.namespace,
    isUnchecked: first.tls.isUnchecked === true,
    ...(first.as === undefined ? {} : { as: first.as }),
    open: api.open,
    answer: api.ask,
    repeat: (call, isClear, stop) => repeat(api, { call, isClear, parts }, stop),
    async channel(call, protocols, stop) {
      const opened = await session.upgrade(call, protocols, stop);
      if ('channel' in opened) return opened.channel;
      throw refusal(opened, call);
    },
    refusal,
    clean,
    hide: (values) => {
      for (const value of values) hidden.add(value);
    },
    async ask(call, stop) {
      const answer = await api.ask(call, stop);
      if (answer.status === 404 && readProblem(answer.text)?.reason === 'NotFound') return undefined;
      if (answer.status !== 200) throw refusal(answer, call);
      return answer.text;
    },
    async change(call, stop) {
      const answer = await api.change(call, stop);
      if (answer.status < 200 || answer.status > 299) throw refusal(answer, call);
      return answer.text;
    },
  };
}

interface Repeating {
  readonly call: ApiCall;
  readonly isClear: (answer: Answer) => boolean;
  readonly parts: KubeParts;
}

async function repeat(api: Api, { call, isClear, parts }: Repeating, signal: AbortSignal): Promise<Answer> {
  for (const waitMs of parts.patience.retriesMs) {
    try {
      const answer = await api.change(call, signal);
      if (isClear(answer)) return answer;
    } catch (error) {
      if (!(error instanceof UserError) || error.code !== 'deploy/connection-lost') throw error;
    }
    await parts.pause(waitMs, signal);
  }
  return api.change(call, signal);
}

/** The credentials of one connection: kept while they last, asked for again when the server does not take them any more. */
class Session {
  readonly #parts: KubeParts;
  readonly #target: Target;
  #now: Promise<Credentials> | undefined;
  readonly #secrets = new Set<string>();

  constructor(parts: KubeParts, target: Target) {
    this.#parts = parts;
    this.#target = target;
  }

  get secrets(): Iterable<string> {
    return this.#secrets;
  }

  async credentials(signal: AbortSignal): Promise<Credentials> {
    this.#now ??= findCredentials(this.#parts.machine, this.#target, signal);
    try {
      const found = await this.#now;
      for (const secret of found.secrets) this.#secrets.add(secret);
      // A little before their end: a request takes its time.
      if (found.endsAt === undefined || found.endsAt - early > this.#parts.now().getTime()) return found;
      this.#now = undefined;
      return await this.#fresh(signal);
    } catch (error) {
      this.#now = undefined;
      throw error;
    }
  }

  async #fresh(signal: AbortSignal): Promise<Credentials> {
    const found = await findCredentials(this.#parts.machine, this.#target, signal);
    for (const secret of found.secrets) this.#secrets.add(secret);
    this.#now = Promise.resolve(found);
    return found;
  }

  async send(request: Parameters<Http['send']>[0], signal: AbortSignal): Promise<HttpResponse> {
    const used = await this.credentials(signal);
    const response = await this.#parts.http.send(dressed(request, used), signal);
    if (response.status !== 401 || !used.isRenewable) return response;
    // Who is not known is served nothing, so it can be sent again.
    for await (const _piece of response.body);
    return this.#parts.http.send(dressed(request, await this.#fresh(signal)), signal);
  }

  /** Throws as requests do. */
  async upgrade(
    call: ApiCall,
    protocols: readonly string[],
    signal: AbortSignal,
  ): ReturnType<WebSockets['open']> {
    const open = async ({ url, headers, tls, proxy }: Credentials): ReturnType<WebSockets['open']> => {
      const to = { url: url + call.path, protocols, headers, tls, ...(proxy === undefined ? {} : { proxy }) };
      try {
        return await this.#parts.webSockets.open(to, signal);
      } catch (error) {
        throw isAbort(error) ? error : explained(error, call, { url });
      }
    };
    const used = await this.credentials(signal);
    const opened = await open(used);
    if ('channel' in opened || opened.status !== 401 || !used.isRenewable) return opened;
    return open(await this.#fresh(signal));
  }
}

const early = 5000;

const dressed = (
  request: Parameters<Http['send']>[0],
  { headers, tls, proxy }: Credentials,
): Parameters<Http['send']>[0] => ({
  ...request,
  headers: { ...request.headers, ...headers },
  tls,
  ...(proxy === undefined ? {} : { proxy }),
});

interface Place {
  readonly where: string;
  readonly context: string;
  readonly namespace: string;
}

function refusalOf({ where, context, namespace }: Place, call: ApiCall, { status, text }: Answer): UserError {
  const problem = readProblem(text);
  if (status === 401) return credentialsRefused(context, where);
  if (!problem) return notTheApi(where, status);
  if (status === 404 && problem.kind === 'namespaces') return noNamespace(namespace, where);
  // A quota or a policy says the same status; what one may not do is told with this word.
  if (status === 403 && / cannot /.test(problem.message)) return forbidden(where, call.what, problem.message);
  return refusedBy('deploy/refused', where, call.what, problem.message || `it answered ${status}`);
}
