import { UserError } from '../../../base/errors';
import type { HttpResponse } from '../../../base/ports';
import { connectionLost, notTheApi } from '../../errors/api';
import type { Target } from '../../provider';
import { linesOf, parseJson, textOf } from '../lines';
import type { Client, ClientParts } from './client';
import { appPath, callOf, connect } from './client';
import { askApp } from './reading';
import { openStream } from './stream';
import { readLogplex } from './wire';

/** The lines of an app's log. Followed, it goes on after a cut, without lines twice, and with a mark where some may be missing. */
export async function* logLines(
  parts: ClientParts,
  target: Target,
  options: { readonly tail: boolean; readonly lines: number },
  signal: AbortSignal,
): AsyncIterable<string> {
  const client = await connect(parts, target, signal);
  const from = { client, target, lines: options.lines };
  yield* options.tail ? followed(parts, from, signal) : looked(parts, from, signal);
}

interface From {
  readonly client: Client;
  readonly target: Target;
  readonly lines: number;
  /** One dyno's alone. */
  readonly dyno?: string;
}

/** What was said until now. */
export async function* looked(parts: ClientParts, from: From, signal: AbortSignal): AsyncIterable<string> {
  const { client } = from;
  const { body } = await open(parts, from, { tail: false, lines: from.lines }, signal);
  try {
    for await (const line of linesOf(body)) yield client.clean(line);
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof UserError ? error : connectionLost(client.where, 'show logs', error);
  }
}

/** How far a session that takes over looks back, for what was said in between. */
const overlap = 100;
/** A session that lasted so long was a good one, whatever it said. */
const longMs = 60_000;
/** Lines of before by which the place is found again. */
const remembered = 200;

async function* followed(parts: ClientParts, from: From, signal: AbortSignal): AsyncIterable<string> {
  const { retriesMs } = parts.patience;
  const seen: string[] = [];
  let { client } = from;
  let failures = 0;
  for (let isFirst = true; ; isFirst = false) {
    const began = parts.now().getTime();
    let wait = retriesMs[Math.min(failures, retriesMs.length - 1)] ?? 0;
    try {
      // A platform of ours that was started again has another address.
      if (!isFirst && client.own) client = await connect(parts, from.target, signal);
      const session = { ...from, client, lines: isFirst ? from.lines : overlap };
      for await (const line of linesOfSession(parts, session, isFirst ? undefined : seen, signal)) {
        failures = 0;
        seen.push(line);
        if (seen.length > remembered) seen.shift();
        yield client.clean(line);
      }
    } catch (error) {
      signal.throwIfAborted();
      wait = waitAfter(error, retriesMs[failures], client);
    }
    // A session ends by itself after an hour at most; one that ends at once is not asked for again and again.
    failures = parts.now().getTime() - began > longMs ? 0 : failures + 1;
    await parts.pause(wait, signal);
  }
}

/** How long to wait after a cut; throws what is not worth it, and when there was enough of it. */
function waitAfter(error: unknown, wait: number | undefined, { where }: Client): number {
  if (error instanceof UserError && !worthAgain.has(error.code)) throw error;
  if (wait !== undefined) return wait;
  throw error instanceof UserError ? error : connectionLost(where, 'show logs', error);
}

/** `seen` are the last lines of the session before. */
async function* linesOfSession(
  parts: ClientParts,
  from: From,
  seen: readonly string[] | undefined,
  signal: AbortSignal,
): AsyncIterable<string> {
  const { body } = await open(parts, from, { tail: true, lines: from.lines }, signal);
  yield* seen ? continued(linesOf(body), seen, parts.now()) : linesOf(body);
}

const worthAgain = new Set([
  'deploy/connection-lost',
  'deploy/no-answer',
  'deploy/server-failed',
  'deploy/rate-limited',
  'deploy/unreachable',
  // Only after a cut: it may be started again at this moment.
  'deploy/not-running',
]);

/**
 * The lines of a session that takes over, without those that were seen. Where the last one seen is not among them some may be missing.
 */
async function* continued(
  lines: AsyncIterable<string>,
  seen: readonly string[],
  now: Date,
): AsyncIterable<string> {
  const known = new Set(seen);
  let isNew = seen.length === 0;
  let hasOverlap = false;
  for await (const line of lines) {
    if (!isNew && known.has(line)) {
      hasOverlap = true;
      continue;
    }
    if (!isNew && !hasOverlap) yield `— the log was cut at ${now.toISOString()}; lines may be missing —`;
    isNew = true;
    yield line;
  }
}

async function open(
  parts: ClientParts,
  { client, target, dyno }: From,
  how: { readonly tail: boolean; readonly lines: number },
  signal: AbortSignal,
): Promise<HttpResponse> {
  const what = 'show logs';
  const app = await askApp(client, target, signal);
  // The newer kind of app knows neither how many lines nor whether to follow.
  const asked = app?.generation === 'fir' ? {} : { tail: how.tail, lines: Math.max(1, how.lines) };
  const body = { ...asked, ...(dyno === undefined ? {} : { dyno }) };
  const call = callOf(what, 'POST', appPath(target, '/log-sessions'), { body });
  const url = readLogplex(parseJson(await client.change(call, signal)));
  if (url === undefined) throw notTheApi(client.where, 201);
  client.hide(url);
  const response = await fetchLog(parts, url, signal, client);
  if (response.status === 200) return response;
  await textOf(response.body);
  throw connectionLost(client.where, what, new Error(`the log answered ${response.status}`));
}

async function fetchLog(
  parts: ClientParts,
  url: string,
  signal: AbortSignal,
  { where }: Client,
): Promise<HttpResponse> {
  try {
    return (await openStream(parts, url, {}, signal)).response;
  } catch (error) {
    signal.throwIfAborted();
    throw connectionLost(where, 'show logs', error);
  }
}
