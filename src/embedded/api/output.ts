import { createHash } from 'node:crypto';
import { once } from 'node:events';
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
  { items, by }: Extract<Answer, { kind: 'list' }>,
): void {
  const page = pageOf(items, request.headers.range, by);
  response.setHeader('accept-ranges', [...new Set(['id', by])].join(', '));
  if (page.contentRange !== undefined) response.setHeader('content-range', page.contentRange);
  if (page.nextRange !== undefined) response.setHeader('next-range', page.nextRange);
  writeJson(request, response, page.nextRange === undefined ? 200 : 206, page.items);
}

/** Lines as they come; of a stream that can be taken up in the middle the rest, from the byte that `Range: bytes=N-` names. */
export async function writeLines(
  { headers }: IncomingMessage,
  response: ServerResponse,
  { type, lines, resumable }: Extract<Answer, { kind: 'lines' }>,
): Promise<void> {
  const from = resumable === true ? Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0) : 0;
  response.writeHead(from > 0 ? 206 : 200, { 'content-type': type, 'cache-control': 'no-store' });
  response.flushHeaders();
  let skip = from;
  for await (const line of lines) {
    if (response.destroyed) return;
    const bytes = Buffer.from(`${line}\n`);
    const rest = bytes.subarray(skip);
    skip -= bytes.length - rest.length;
    // A reader that is slower than the lines is waited for, so that they do not fill the memory.
    if (rest.length > 0 && !response.write(rest))
      await Promise.race([once(response, 'drain'), gone(response)]);
  }
  response.end();
}

const gone = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    if (response.destroyed) resolve();
    else response.once('close', () => resolve());
  });
