import { UserError, isAbort } from '../../../base/errors';
import type { HttpResponse } from '../../../base/ports';
import { connectionLost, serverRefused } from '../../errors/api';
import { noLogs } from '../../errors/empire';
import type { Target } from '../../provider';
import type { Answer, ApiCall } from '../api';
import { linesOf, textOf } from '../lines';
import type { Client, EmpireParts } from './client';
import { appPath, connect } from './client';
import { readProblem } from './wire';

/** The log reaches this far back when it is only looked at, and when it is followed; in nanoseconds, as Empire asks for. */
const minute = 60_000_000_000;
const pastOfLook = 60 * minute;
const pastOfTail = 10 * minute;
const disabled = 'Logs are disabled';

/** The lines of an app's log. Followed, it goes on after a cut, with a mark of the gap; else it ends when the past is told. */
export async function* logLines(
  parts: EmpireParts,
  target: Target,
  options: { readonly tail: boolean; readonly lines: number },
  signal: AbortSignal,
): AsyncIterable<string> {
  const client = await connect(parts, target, signal);
  if (options.tail) yield* followed(parts, target, client, signal);
  else yield* looked(parts, target, { client, most: options.lines }, signal);
}

function callFor(target: Target, duration: number): ApiCall {
  return { what: 'show logs', method: 'POST', path: appPath(target, '/log-sessions'), body: { duration } };
}

export const answerOf = async ({ status, headers, body }: HttpResponse): Promise<Answer> => ({
  status,
  headers,
  text: await textOf(body),
});

async function openLog(client: Client, call: ApiCall, signal: AbortSignal): Promise<HttpResponse> {
  const response = await client.open(call, signal);
  if (response.status !== 200) client.check(await answerOf(response), call);
  return response;
}

async function* followed(
  parts: EmpireParts,
  target: Target,
  client: Client,
  signal: AbortSignal,
): AsyncIterable<string> {
  let since: number | undefined;
  let failures = 0;
  for (;;) {
    const past = since === undefined ? pastOfTail : Math.max(1, parts.now().getTime() - since) * 1_000_000;
    try {
      const { body } = await openLog(client, callFor(target, past), signal);
      for await (const line of logOf(client, body)) {
        if (line === disabled) throw noLogs(client.where);
        failures = 0;
        since = parts.now().getTime();
        yield client.clean(line);
      }
      return;
    } catch (error) {
      const wait = parts.patience.retriesMs[failures];
      const isCut = !(error instanceof UserError) || error.code === 'deploy/connection-lost';
      if (isAbort(error) || !isCut) throw error;
      if (wait === undefined) throw connectionLost(client.where, 'show logs', error);
      failures++;
      yield `— the log was cut at ${parts.now().toISOString()}; lines may be missing or come twice —`;
      await parts.pause(wait, signal);
      since ??= parts.now().getTime();
    }
  }
}

/** The stream has no end: the first heartbeat, or a silence, ends the past. */
async function* looked(
  parts: EmpireParts,
  target: Target,
  { client, most }: { readonly client: Client; readonly most: number },
  signal: AbortSignal,
): AsyncIterable<string> {
  const reading = new AbortController();
  const stop = AbortSignal.any([signal, reading.signal]);
  const { body } = await openLog(client, callFor(target, pastOfLook), stop);
  const found: string[] = [];
  let timer = setTimeout(() => reading.abort(), parts.patience.logQuietMs);
  const heard = async function* (): AsyncIterable<string> {
    for await (const chunk of body) {
      clearTimeout(timer);
      timer = setTimeout(() => reading.abort(), parts.patience.logQuietMs);
      yield chunk.split('\0')[0] ?? '';
      if (chunk.includes('\0')) return;
    }
  };
  try {
    for await (const line of logOf(client, heard())) {
      if (line === disabled) throw noLogs(client.where);
      found.push(client.clean(line));
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!reading.signal.aborted)
      throw error instanceof UserError ? error : connectionLost(client.where, 'show logs', error);
  } finally {
    clearTimeout(timer);
    reading.abort();
  }
  yield* found.slice(-Math.max(0, most));
}

/** A failure after the first byte comes as a last line that is Empire's JSON of an error (server/heroku/logs.go): no line of the log. */
async function* logOf({ where, clean }: Client, body: AsyncIterable<string>): AsyncIterable<string> {
  let held: string | undefined;
  for await (const line of linesOf(withoutNul(body))) {
    if (held !== undefined) yield held;
    held = /^\{"id":".*","message":".*","url":".*"\}$/.test(line) ? line : undefined;
    if (held === undefined) yield line;
  }
  if (held !== undefined) throw serverRefused(where, 'show logs', clean(readProblem(held)?.message ?? held));
}

/** Every ten seconds a NUL keeps the connection alive; it is no part of what is told. */
export async function* withoutNul(body: AsyncIterable<string>): AsyncIterable<string> {
  for await (const chunk of body) yield chunk.replaceAll('\0', '');
}
