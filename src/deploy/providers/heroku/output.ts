import { isAbort, UserError } from '../../../base/errors';
import type { HttpResponse } from '../../../base/ports';
import { linesOf } from '../lines';
import type { Client, HerokuParts } from './client';
import { agent } from './client';

/** What a build or a release command prints. */
export interface Output {
  readonly parts: HerokuParts;
  readonly client: Client;
  /** Its address, which needs no token and lets anybody in. */
  readonly url: string;
  /** Whether what prints has ended, asked when the stream is cut or silent. */
  isOver(): Promise<boolean>;
  readonly signal: AbortSignal;
}

/** The lines, each once: a stream that is cut is taken up where it was. How it ended is told by the API and not by them. */
export async function* outputLines(output: Output): AsyncIterable<string> {
  output.client.hide(output.url);
  for await (const line of linesOf(textOf(output))) {
    // A NUL keeps the connection alive.
    const text = line.replaceAll('\0', '');
    if (text !== '' || line === '') yield output.client.clean(text);
  }
}

async function* textOf(output: Output): AsyncIterable<string> {
  const { parts, signal } = output;
  const place = { bytes: 0, chars: 0 };
  for (let failures = 0; ;) {
    const before = place.bytes;
    yield* readOnce(output, place);
    if (await output.isOver()) return;
    // What goes on is worth any number of tries; what stays cut is not.
    failures = place.bytes > before ? 1 : failures + 1;
    const wait = parts.patience.retriesMs[failures - 1];
    if (wait === undefined) {
      yield '\n— the output was cut; it is still asked how this ends —\n';
      return;
    }
    await parts.pause(wait, signal);
  }
}

/** Where in the stream we are; kept in both, since a server may not take up in the middle. */
interface Place {
  bytes: number;
  chars: number;
}

/** One connection's worth; nothing is thrown but AbortError. */
async function* readOnce(output: Output, place: Place): AsyncIterable<string> {
  const { parts, url } = output;
  const leaving = new AbortController();
  const signal = AbortSignal.any([output.signal, leaving.signal]);
  const headers = {
    accept: 'text/plain',
    'user-agent': agent,
    ...(place.bytes === 0 ? {} : { range: `bytes=${place.bytes}-` }),
  };
  try {
    const response = await parts.http.send({ method: 'GET', url, headers }, signal);
    if (response.status !== 200 && response.status !== 206) return;
    yield* fresh(heard(output, response, leaving), response.status === 206 ? 0 : place.chars, place);
  } catch (error) {
    output.signal.throwIfAborted();
    if (error instanceof UserError) throw error;
  } finally {
    leaving.abort();
  }
}

/** What was not there before: a server that sends all from the beginning is passed over up to where we were. */
async function* fresh(body: AsyncIterable<string>, known: number, place: Place): AsyncIterable<string> {
  let skip = known;
  for await (const chunk of body) {
    const text = chunk.slice(skip);
    skip -= chunk.length - text.length;
    if (text === '') continue;
    place.chars += text.length;
    place.bytes += new TextEncoder().encode(text).length;
    yield text;
  }
}

/** The body, left when what prints was over before a whole silence: its last lines may come after its end. */
async function* heard(
  output: Output,
  { body }: HttpResponse,
  leaving: AbortController,
): AsyncIterable<string> {
  const chunks = body[Symbol.asyncIterator]();
  let next = chunks.next();
  next.catch(() => undefined);
  for (let isOver = false; ;) {
    const timer = new AbortController();
    const chunk = await Promise.race([next, silence(output, timer.signal)]);
    timer.abort();
    if (chunk === 'silent') {
      if (isOver) {
        leaving.abort();
        return;
      }
      isOver = await output.isOver();
      continue;
    }
    if (chunk.done === true) return;
    yield chunk.value;
    next = chunks.next();
    next.catch(() => undefined);
  }
}

async function silence({ parts, signal }: Output, heardOne: AbortSignal): Promise<'silent'> {
  try {
    await parts.pause(parts.patience.quietMs, AbortSignal.any([signal, heardOne]));
  } catch (error) {
    if (!isAbort(error)) throw error;
  }
  return 'silent';
}
