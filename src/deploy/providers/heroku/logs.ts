import { UserError } from '../../../base/errors';
import type { HttpResponse } from '../../../base/ports';
import { connectionLost, notTheApi } from '../../errors/api';
import type { Target } from '../../provider';
import { linesOf, parseJson, textOf } from '../lines';
import type { Client, HerokuParts } from './client';
import { appPath, callOf, connect } from './client';
import { askApp } from './reading';
import { openStream } from './stream';
import { readLogplex } from './wire';

/** The lines of an app's log. Followed, it goes on after a cut, without lines twice, and with a mark where some may be missing. */
export async function* logLines(
  parts: HerokuParts,
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
export async function* looked(parts: HerokuParts, from: From, signal: AbortSignal): AsyncIterable<string> {
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
/** Lines of before by which the place is found again. */
const remembered = 200;

async function* followed(parts: HerokuParts, from: From, signal: AbortSignal): AsyncIterable<string> {
  const { client } = from;
  const seen: string[] = [];
  let failures = 0;
  for (let isFirst = true; ; isFirst = false) {
    try {
      const lines = isFirst ? from.lines : overlap;
      const { body } = await open(parts, from, { tail: true, lines }, signal);
      for await (const line of isFirst ? linesOf(body) : continued(linesOf(body), seen, parts.now())) {
        failures = 0;
        seen.push(line);
        if (seen.length > remembered) seen.shift();
        yield client.clean(line);
      }
    } catch (error) {
      signal.throwIfAborted();
      const wait = parts.patience.retriesMs[failures];
      if (error instanceof UserError && !worthAgain.has(error.code)) throw error;
      if (wait === undefined)
        throw error instanceof UserError ? error : connectionLost(client.where, 'show logs', error);
      failures++;
      await parts.pause(wait, signal);
      continue;
    }
    // A session ends by itself after an hour at most; one that ends at once is not asked for again and again.
    const wait = parts.patience.retriesMs[Math.min(failures, parts.patience.retriesMs.length - 1)] ?? 0;
    failures++;
    await parts.pause(wait, signal);
  }
}

const worthAgain = new Set([
  'deploy/connection-lost',
  'deploy/no-answer',
  'deploy/server-failed',
  'deploy/rate-limited',
  'deploy/unreachable',
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
  parts: HerokuParts,
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
  parts: HerokuParts,
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
