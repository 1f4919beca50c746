import { isAbort, UserError } from '../../../base/errors';
import { linesOf } from '../lines';
import type { Client, ClientParts } from './client';
import type { Stream } from './stream';
import { openStream } from './stream';

/** What a build or a release command prints. */
export interface Output {
  readonly parts: ClientParts;
  readonly client: Client;
  /** Its address, which needs no token and lets anybody in. */
  readonly url: string;
  /** Whether what prints has ended, asked when the stream is cut or silent. */
  isOver(): Promise<boolean>;
  /** How far it was read; what was given up can be taken up again later. */
  readonly place: Place;
  readonly signal: AbortSignal;
}

/** Where in a stream we are; kept in bytes and in characters, since a server may not take up in the middle. */
export interface Place {
  bytes: number;
  chars: number;
  /** Whether it was read to its end. */
  isWhole: boolean;
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
  const { parts, signal, place } = output;
  for (let failures = 0, wasOver = false; ;) {
    const before = place.bytes;
    const isWhole = yield* readOnce(output, place);
    place.isWhole = isWhole;
    const isOver = await output.isOver();
    // What was left in the middle is taken up once more, for the last lines say the most.
    if (isOver && (isWhole || wasOver)) return;
    wasOver = isOver;
    // What goes on is worth any number of tries; what stays cut is not.
    failures = place.bytes > before ? 1 : failures + 1;
    const wait = parts.patience.retriesMs[failures - 1];
    if (wait === undefined) {
      yield '\n— the output was cut; how it ends is asked for all the same —\n';
      return;
    }
    await parts.pause(wait, signal);
  }
}

/** One connection's worth; gives whether it came to its end. Nothing is thrown but AbortError. */
async function* readOnce(output: Output, place: Place): AsyncGenerator<string, boolean> {
  const { parts, url, signal } = output;
  let stream: Stream | undefined;
  try {
    const range = place.bytes === 0 ? {} : { range: `bytes=${place.bytes}-` };
    stream = await openStream(parts, url, range, signal);
    const { status } = stream.response;
    // There is nothing behind what was read.
    if (status === 416) return true;
    if (status !== 200 && status !== 206) return false;
    const left = { isSo: false };
    yield* fresh(heard(output, stream, left), status === 206 ? 0 : place.chars, place);
    return !left.isSo;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof UserError) throw error;
    return false;
  } finally {
    stream?.leave();
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
async function* heard(output: Output, { response }: Stream, left: { isSo: boolean }): AsyncIterable<string> {
  const chunks = response.body[Symbol.asyncIterator]();
  let next = chunks.next();
  next.catch(() => undefined);
  for (let isOver = false; ;) {
    const timer = new AbortController();
    const chunk = await Promise.race([next, silence(output, timer.signal)]);
    timer.abort();
    if (chunk === 'silent') {
      left.isSo = isOver;
      if (isOver) return;
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
