import type { RawRequest, Reply } from './empire-http';

/** Answers in Heroku's forms. */

export function jsonOf(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const body = JSON.stringify(value);
  const more = Object.entries(headers).map(([name, text]) => `${name}: ${text}\r\n`);
  const head = `HTTP/1.1 ${status} X\r\nContent-Type: application/json\r\nRequest-Id: req-from-server\r\nRateLimit-Remaining: 4200\r\n${more.join('')}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  return {
    pieces: [head.replace(/RateLimit-Remaining: 4200\r\n(?=[\s\S]*RateLimit-Remaining)/, ''), body],
    end: 'close',
  };
}

export const problem = (status: number, id: string, message: string, more: object = {}): Reply =>
  jsonOf(status, { id, message, ...more });

export const notFound = (what: string): Reply => problem(404, 'not_found', `Couldn't find that ${what}.`);

export const textHead =
  'HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n';

export function streamOf(request: RawRequest, lines: readonly string[], gate: Promise<void>): Reply {
  const from = Number(/^bytes=(\d+)-/.exec(request.headers['range'] ?? '')?.[1] ?? 0);
  const last = lines.at(-1) ?? '';
  const all = Buffer.from(lines.slice(0, -1).join(''));
  const head = from > 0 ? textHead.replace('200 OK', '206 Partial Content') : textHead;
  const tail = Buffer.from(last).subarray(Math.max(0, from - all.length));
  const pieces = [head, ...[all.subarray(from)].filter((one) => one.length > 0).map((one) => chunkOf(one))];
  return {
    pieces: [...pieces, () => Buffer.concat([chunkOf(tail), Buffer.from('0\r\n\r\n')])],
    end: 'close',
    gate,
  };
}

const chunkOf = (bytes: Buffer): Buffer =>
  bytes.length === 0
    ? Buffer.alloc(0)
    : Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
