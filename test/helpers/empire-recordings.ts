import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Reply } from './empire-http';

const folder = resolve('test/fixtures/empire');

/** The recorded answer whose name begins with `name`. */
export function recording(name: string): Buffer {
  const file = readdirSync(folder).find((one) => one.startsWith(`${name}-`));
  if (file === undefined) throw new Error(`there is no recording ${name}`);
  return readFileSync(resolve(folder, file));
}

export const recorded = (name: string): Reply => ({ pieces: [recording(name)], end: 'close' });

/** Every answer of the real server that carries one of these is a whole deploy stream. */
export const streamHead =
  'HTTP/1.1 200 OK\r\nContent-Type: application/json; boundary=NL\r\nDate: Mon, 23 Nov 2026 20:26:13 GMT\r\nTransfer-Encoding: chunked\r\n\r\n';

export const chunk = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
};

export function jsonReply(status: number, value: unknown): Reply {
  const body = `${JSON.stringify(value)}\n`;
  const head = `HTTP/1.1 ${status} X\r\nDate: Mon, 23 Nov 2026 20:26:11 GMT\r\nContent-Length: ${Buffer.byteLength(body)}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n`;
  return { pieces: [head, body], end: 'close' };
}

/** The lines of a recorded stream without its chunks, with their ends. */
export function streamLines(record: string): readonly string[] {
  const text = recording(record).toString('utf8');
  const body = text.slice(text.indexOf('\r\n\r\n') + 4);
  const lines: string[] = [];
  for (let at = 0; ;) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.slice(at, end), 16);
    if (end < 0 || !(size > 0)) return lines;
    lines.push(...(body.slice(end + 2, end + 2 + size).match(/[^\n]*\n/g) ?? []));
    at = end + 2 + size + 2;
  }
}
