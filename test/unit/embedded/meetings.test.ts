import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { after, before, test } from 'node:test';
import type { Meetings } from '../../../src/embedded/api/meetings';
import { openMeetings } from '../../../src/embedded/api/meetings';

let meetings: Meetings;
before(async () => {
  meetings = await openMeetings();
});
after(() => meetings.close());

/** What is heard there by who says `said`, until the line ends. */
async function heard(url: string, ...said: readonly string[]): Promise<string> {
  const { port } = new URL(url.replace('rendezvous:', 'http:'));
  const socket = connect(Number(port), '127.0.0.1');
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  for (const piece of said) await new Promise<void>((done) => void socket.write(piece, () => done()));
  if (!socket.closed) await once(socket, 'close');
  return text;
}

const secretOf = (url: string): string => new URL(url.replace('rendezvous:', 'http:')).pathname.slice(1);

test('whoever says the secret, in however many pieces, is greeted and gets the line; nobody gets it twice', async () => {
  const begun: Socket[] = [];
  const begin = (socket: Socket): void => {
    begun.push(socket);
    socket.end('hello\n');
  };
  const url = meetings.offer({ begin, miss: () => assert.fail('somebody came') });
  const secret = secretOf(url);
  assert.match(secret, /^[\w-]{43}$/);
  assert.equal(await heard(url, secret.slice(0, 10), `${secret.slice(10)}\r`, '\n'), 'rendezvous\r\nhello\n');
  assert.equal(await heard(url, `${secret}\r\n`), '');
  assert.equal(begun.length, 1);
});

test('whoever says something else, or goes on and on, is hung up on', async () => {
  const begin = (): void => assert.fail('nobody knew the secret');
  const url = meetings.offer({ begin, miss: () => undefined });
  assert.equal(await heard(url, 'GET / HTTP/1.1\r\n'), '');
  assert.equal(await heard(url, 'x'.repeat(1000)), '');
  assert.equal(await heard(url, '\n'), '');
});
