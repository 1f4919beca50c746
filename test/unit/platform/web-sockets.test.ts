import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { Channel } from '../../../src/base/ports';
import { FrameReader, frameOf, longestPayload, opcodes } from '../../../src/platform/node/frames';
import { createWebSockets } from '../../../src/platform/node/web-sockets';
import { eventually } from '../../helpers/platform';

/** Our end of a WebSocket against the other end of a library that many use. */

const { signal } = new AbortController();
const protocols = ['v2.test', 'v1.test'];
let server: Server;
let url = '';
let onChannel: (channel: WebSocket, socket: Socket) => void = () => undefined;
const ended: number[] = [];

before(async () => {
  server = createServer((_request, answer) => {
    answer.statusCode = 403;
    answer.end('no');
  });
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => (offered.has('v1.test') ? 'v1.test' : false),
    maxPayload: 8_000_000,
  });
  server.on('upgrade', (request, socket, head) => {
    if (request.url?.startsWith('/not-there') === true) {
      socket.end('HTTP/1.1 404 X\r\nContent-Length: 4\r\n\r\ngone');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (channel) => {
      channel.on('close', (code) => ended.push(code));
      onChannel(channel, socket as Socket);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x?y=1`;
});
after(async () => {
  server.closeAllConnections();
  await new Promise<void>((done) => server.close(() => done()));
});
beforeEach(() => {
  ended.length = 0;
});

async function open(more: object = {}, stop = signal): Promise<Channel> {
  const opened = await createWebSockets({}).open({ url, protocols, ...more }, stop);
  return 'channel' in opened ? opened.channel : assert.fail(`${opened.status} ${opened.text}`);
}

async function all({ messages }: Channel): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const message of messages) texts.push(Buffer.from(message).toString('utf8'));
  return texts;
}

test('messages of every length go there and come back, and the end is said', async () => {
  const lengths = [0, 1, 125, 126, 65_535, 65_536, 1_000_000];
  onChannel = (channel) => {
    let left = lengths.length;
    channel.on('message', (data: Buffer) => {
      channel.send(data);
      if (--left === 0) channel.close(1000, 'done');
    });
  };
  const channel = await open();
  assert.equal(channel.protocol, 'v1.test');
  for (const length of lengths) channel.send(Buffer.alloc(length, 'ä'));
  const texts = await all(channel);
  assert.deepEqual(
    texts.map((text) => Buffer.byteLength(text)).map((length, at) => length - (lengths[at] ?? 0) < 3),
    lengths.map(() => true),
  );
  await eventually('the other end knows too', () => ended.includes(1000));
});

test('a message in parts is one, pings between them are answered, and what comes with the answer is no less', async () => {
  let pongs = 0;
  onChannel = (channel) => {
    channel.on('pong', () => {
      if (++pongs === 2) channel.close();
    });
    channel.send('first');
    channel.send('se', { fin: false });
    channel.ping('a');
    channel.send('co', { fin: false });
    channel.send('nd', { fin: true });
    channel.ping('b');
  };
  assert.deepEqual(await all(await open()), ['first', 'second']);
  assert.equal(pongs, 2);
});

test('headers go along', async () => {
  let seen: unknown;
  server.once(
    'upgrade',
    (request) => (seen = [request.headers['x-a'], request.rawHeaders.filter((one) => /^[bc]$/.test(one))]),
  );
  onChannel = (channel) => channel.close();
  await all(await open({ headers: { 'x-a': 'größer', 'x-many': ['b', 'c'] } }));
  assert.deepEqual(seen, [Buffer.from('größer').toString('latin1'), ['b', 'c']]);
});

test('hanging up ends the reading and tells the other end', async () => {
  onChannel = () => undefined;
  const channel = await open();
  const reading = all(channel);
  channel.end();
  assert.deepEqual(await reading, []);
  await eventually('the other end knows', () => ended.includes(1000));
  channel.send(Buffer.from('too late'));
});

test('who stops reading hangs up', async () => {
  onChannel = (channel) => channel.send('hello');
  const channel = await open();
  for await (const _message of channel.messages) break;
  await eventually('the other end knows', () => ended.length > 0);
});

test('a signal leaves it, before and after the handshake', async () => {
  await assert.rejects(open({}, AbortSignal.abort()), { name: 'AbortError' });
  const leaving = new AbortController();
  onChannel = () => undefined;
  const channel = await open({}, leaving.signal);
  leaving.abort();
  await assert.rejects(all(channel), { name: 'AbortError' });
});

describe('what goes wrong', () => {
  test('a refusal is an answer', async () => {
    const opened = await createWebSockets({}).open(
      { url: url.replace('/x', '/not-there'), protocols },
      signal,
    );
    assert.deepEqual(opened, { status: 404, text: 'gone' });
  });

  test('a server that knows none of the protocols is not spoken to', async () => {
    await assert.rejects(open({ protocols: ['v9.test'] }), { code: 'EPROTOCOL' });
  });

  const cuts: Readonly<Record<string, readonly [(channel: WebSocket, socket: Socket) => void, object]>> = {
    'a cut': [(channel) => channel.terminate(), { code: 'ECONNRESET' }],
    'a reset': [(_channel, socket) => void socket.resetAndDestroy(), { code: 'ECONNRESET' }],
    'half a frame': [
      (_channel, socket) => void socket.end(Buffer.from([0x82, 5, 1])),
      { code: 'ECONNRESET' },
    ],
    'a masked frame': [
      (_channel, socket) => void socket.write(frameOf(opcodes.binary, Buffer.from('x'))),
      { name: 'RangeError' },
    ],
    'bits of nobody': [
      (_channel, socket) => void socket.write(Buffer.from([0xf2, 0])),
      { name: 'RangeError' },
    ],
    'a frame that is too long': [
      (channel) => channel.send(Buffer.alloc(longestPayload + 1)),
      { name: 'RangeError' },
    ],
    'a message that is too long': [
      (channel) => {
        channel.send(Buffer.alloc(longestPayload), { fin: false });
        channel.send(Buffer.alloc(1), { fin: true });
      },
      { name: 'RangeError' },
    ],
  };
  for (const [name, [play, error]] of Object.entries(cuts))
    test(`${name} throws`, async () => {
      onChannel = play;
      await assert.rejects(all(await open()), error);
    });
});

test('frames are read however their bytes are cut', () => {
  const bytes = Buffer.concat([
    Buffer.from([0x02, 2, 1, 2]),
    Buffer.from([0x89, 0]),
    Buffer.concat([Buffer.from([0x80, 126, 1, 0]), Buffer.alloc(256, 7)]),
  ]);
  for (const step of [1, 2, 3, 7, 300]) {
    const reader = new FrameReader();
    const frames: (readonly [number, boolean, number])[] = [];
    for (let at = 0; at < bytes.length; at += step)
      for (const { opcode, isLast, payload } of reader.take(bytes.subarray(at, at + step)))
        frames.push([opcode, isLast, payload.length]);
    assert.deepEqual(frames, [
      [2, false, 2],
      [9, true, 0],
      [0, true, 256],
    ]);
  }
});
