import { randomBytes } from 'node:crypto';

/** Frames of a WebSocket (RFC 6455 §5), as a client reads and writes them. Pure but for the masks. */

export const opcodes = { more: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface Frame {
  readonly opcode: number;
  /** Whether a message ends with it. */
  readonly isLast: boolean;
  readonly payload: Buffer;
}

/** The longest payload that is taken, in bytes; who sends more is cut off. */
export const longestPayload = 4_000_000;

/** A whole message in one frame, masked as a client must. */
export function frameOf(opcode: number, payload: Uint8Array): Buffer {
  const mask = randomBytes(4);
  const masked = Buffer.from(payload);
  for (const [at, byte] of masked.entries()) masked[at] = byte ^ (mask[at % 4] ?? 0);
  return Buffer.concat([headOf(opcode, payload.length), mask, masked]);
}

function headOf(opcode: number, length: number): Buffer {
  const first = 0x80 | opcode;
  if (length < 126) return Buffer.from([first, 0x80 | length]);
  if (length < 65_536) return Buffer.from([first, 0x80 | 126, length >> 8, length & 0xff]);
  const head = Buffer.alloc(10);
  head[0] = first;
  head[1] = 0x80 | 127;
  head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}

/** Takes bytes as they come and gives the frames that are whole. */
export class FrameReader {
  #rest = Buffer.alloc(0);

  /** Throws a RangeError where the bytes are no frames that a server may send. */
  *take(bytes: Uint8Array): Iterable<Frame> {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (;;) {
      const frame = this.#next();
      if (!frame) return;
      yield frame;
    }
  }

  #next(): Frame | undefined {
    const rest = this.#rest;
    const [first, second] = rest;
    if (first === undefined || second === undefined) return undefined;
    // Extensions were not asked for, and servers do not mask.
    if ((first & 0x70) !== 0 || second > 127) throw new RangeError('a frame has bits that nobody agreed on');
    const start = second === 127 ? 10 : second === 126 ? 4 : 2;
    if (rest.length < start) return undefined;
    const length =
      second === 127 ? Number(rest.readBigUInt64BE(2)) : second === 126 ? rest.readUInt16BE(2) : second;
    if (length > longestPayload) throw new RangeError(`a frame of ${length} bytes is too long`);
    if (rest.length < start + length) return undefined;
    this.#rest = rest.subarray(start + length);
    const payload = rest.subarray(start, start + length);
    return { opcode: first & 0x0f, isLast: (first & 0x80) !== 0, payload };
  }
}
