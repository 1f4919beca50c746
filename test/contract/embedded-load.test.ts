import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import type { TestPlatform } from '../helpers/platform';
import { conclude, deploy, eventually, startPlatform, textFrom, writeFiles } from '../helpers/platform';

/** A service under load is deployed, rolled back and asked at the same time: no request may fail. */

let platform: TestPlatform;
before(async () => {
  platform = await startPlatform();
});
after(() => platform.stop());

interface Tally {
  served: number;
  readonly failures: string[];
  readonly versions: Set<string>;
}

/** One client that keeps its connection and asks until it is told to stop; every fourth request is a POST. */
async function client(url: string, path: string, tally: Tally, signal: AbortSignal): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let n = 0; !signal.aborted; n += 1) {
    const post = n % 4 === 3;
    try {
      const answer = await ask(agent, url + (post ? '/echo' : path), post ? 'body' : undefined);
      if (answer.status !== (post ? 201 : 200)) tally.failures.push(`${answer.status}: ${answer.text}`);
      else if (!post) tally.versions.add(answer.text);
      tally.served += 1;
    } catch (error) {
      tally.failures.push(String(error));
    }
  }
  agent.destroy();
}

function ask(
  agent: Agent,
  url: string,
  body?: string,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((done, fail) => {
    const outgoing = request(url, { agent, method: body === undefined ? 'GET' : 'POST' }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => done({ status: answer.statusCode ?? 0, text }));
      answer.on('error', fail);
    });
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}

test('eight clients, two deploys and a roll back: no failed request', async () => {
  const target = await platform.service('busy');
  const { url = '' } = await deploy(platform.provider, target);
  const tally: Tally = { served: 0, failures: [], versions: new Set() };
  const ending = new AbortController();
  const clients = Array.from({ length: 8 }, (_, n) =>
    client(url, n === 0 ? '/version?seconds=0.5' : '/version', tally, ending.signal),
  );
  await eventually('the load is on', () => tally.served > 50);
  for (const version of ['2', '3']) {
    await writeFiles(target.dir, { 'version.txt': version });
    const result = await deploy(platform.provider, target);
    assert.equal(result.outcome, 'live', result.error?.message);
  }
  const back = platform.provider.rollback(target, 2, new AbortController().signal);
  assert.equal((await conclude(platform.provider, target, back)).outcome, 'live');
  const before = tally.served;
  await eventually('the load goes on', () => tally.served > before + 50);
  ending.abort();
  await Promise.all(clients);
  assert.deepEqual(tally.failures, []);
  assert.deepEqual([...tally.versions].toSorted(), ['1', '2', '3']);
});

test('a request under way at the switch is answered by the release that took it', async () => {
  const target = await platform.service('slow');
  const { url = '' } = await deploy(platform.provider, target);
  const slow = textFrom(`${url}/version?seconds=3`);
  await writeFiles(target.dir, { 'version.txt': '2' });
  const next = deploy(platform.provider, target);
  await eventually('the new release answers', async () => (await textFrom(`${url}/version`)) === '2');
  assert.equal(await slow, '1');
  assert.equal((await next).outcome, 'live');
});

test('headers pass, the caller is named, and a large body arrives whole', async () => {
  const { url = '' } = await deploy(platform.provider, await platform.service('proxied'));
  const header = (name: string): Promise<string> => textFrom(`${url}/header?name=${name}`);
  assert.equal(await header('X-Forwarded-For'), '127.0.0.1');
  assert.equal(await header('X-Forwarded-Proto'), 'http');
  assert.match(await header('X-Request-Id'), /^[0-9a-f-]{36}$/);
  assert.equal(await header('Host'), new URL(url).host);
  const body = 'ü'.repeat(500_000);
  const response = await fetch(url, { method: 'POST', body });
  assert.equal(response.status, 201);
  assert.equal(await response.text(), body);
});

const webSocketService = `import base64, hashlib, os, socket, threading, time
server = socket.create_server(('127.0.0.1', int(os.environ['PORT'])))
def serve(connection):
    head = b''
    while b'\\r\\n\\r\\n' not in head:
        head += connection.recv(4096)
    if b'Upgrade: echo' not in head:
        connection.sendall(b'HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\nConnection: close\\r\\n\\r\\nok')
        connection.close()
        return
    connection.sendall(b'HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: echo\\r\\nConnection: Upgrade\\r\\n\\r\\n')
    while data := connection.recv(4096):
        connection.sendall(data.upper())
while True:
    threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()
`;

test('an upgraded connection passes both ways, and is closed when its release goes', async () => {
  const target = await platform.service('upgraded', { 'serve.py': webSocketService });
  const { url = '' } = await deploy(platform.provider, target);
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let seen = '';
  socket.setEncoding('utf8').on('data', (text: string) => (seen += text));
  const closed = once(socket, 'close');
  socket.write(
    `GET /live HTTP/1.1\r\nHost: ${new URL(url).host}\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n`,
  );
  await eventually('the protocol is switched', () => seen.startsWith('HTTP/1.1 101 '));
  socket.write('hello');
  await eventually('it answers', () => seen.endsWith('HELLO'));
  assert.equal((await deploy(platform.provider, target)).outcome, 'live');
  await closed;
});
