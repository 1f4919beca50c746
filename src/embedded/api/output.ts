import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './call';
import type { Problem } from './problems';
import { pageOf } from './ranges';

/** How answers go over the wire. */

export function writeProblem(response: ServerResponse, { status, ...body }: Problem): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}

/** What was asked for and is still as the client has it is not sent again (RFC 9110, 13.1.2). */
// oxlint-disable-next-line max-params
export function writeJson(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  status: number,
  value: unknown,
): void {
  const text = `${JSON.stringify(value)}\n`;
  if (method === 'GET') {
    const tag = `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`;
    response.setHeader('etag', tag);
    const known = (headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
    if (known.includes(tag)) {
      response.writeHead(304);
      response.end();
      return;
    }
  }
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'private, no-cache' });
  response.end(text);
}

/** Throws UserError `embedded/bad-range`. */
export function writeList(
  request: IncomingMessage,
  response: ServerResponse,
  { entries, by }: Extract<Answer, { kind: 'list' }>,
): void {
  const page = pageOf(entries, request.headers.range, by);
  const shapes = page.entries.map((one) => one.shape());
  response.setHeader('accept-ranges', [...new Set(['id', by])].join(', '));
  if (page.contentRange !== undefined) response.setHeader('content-range', page.contentRange);
  if (page.nextRange !== undefined) response.setHeader('next-range', page.nextRange);
  writeJson(request, response, page.nextRange === undefined ? 200 : 206, shapes);
}

/**
 * Lines as they come; of a stream that can be taken up in the middle the rest, from the byte that `Range: bytes=N-` names. Whoever asks for
 * text/event-stream gets each line as an event with a number, and goes on after `Last-Event-Id`.
 */
export async function writeLines(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Extract<Answer, { kind: 'lines' }>,
): Promise<void> {
  const { type, told, from } = wayOf(request, answer);
  response.writeHead(from > 0 ? 206 : 200, { 'content-type': type, 'cache-control': 'no-store' });
  response.flushHeaders();
  let skip = from;
  for await (const line of told) {
    if (response.destroyed) return;
    const bytes = Buffer.from(`${line}\n`);
    const rest = bytes.subarray(skip);
    skip -= bytes.length - rest.length;
    // A reader that is slower than the lines is waited for, so that they do not fill the memory.
    if (rest.length > 0 && !response.write(rest)) await drained(response);
  }
  response.end();
}

interface Way {
  readonly type: string;
  readonly told: AsyncIterable<string>;
  /** The first byte that is sent. */
  readonly from: number;
}

/** How a client wants to read, and from where on. */
function wayOf(
  { headers }: IncomingMessage,
  { type, lines, resumable = false }: Extract<Answer, { kind: 'lines' }>,
): Way {
  const isEvents = type !== 'application/x-ndjson' && /\btext\/event-stream\b/.test(headers.accept ?? '');
  if (!isEvents) return { type, told: lines, from: resumable ? firstByte(headers.range) : 0 };
  return { type: 'text/event-stream', told: eventsOf(lines, resumable ? lastEvent(headers) : 0), from: 0 };
}

const firstByte = (range: string | undefined): number => Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);

const lastEvent = (headers: IncomingMessage['headers']): number => {
  const said = Number(headers['last-event-id'] ?? 0);
  return Number.isInteger(said) ? said : 0;
};

/** WHATWG HTML, 9.2: an empty line ends an event. */
async function* eventsOf(lines: AsyncIterable<string>, after: number): AsyncIterable<string> {
  let n = 0;
  for await (const line of lines) if (++n > after) yield `id: ${n}\ndata: ${line}\n`;
}

/** Waits until more may be written, or nobody reads any longer. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
    if (response.destroyed) done();
  });
}
