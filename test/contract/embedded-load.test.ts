import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import type { TestPlatform } from '../helpers/platform';
import { conclude, deploy, eventually, startPlatform, textFrom, writeFiles } from '../helpers/platform';

/** A service under load is deployed, rolled back and asked at the same time: no request may fail. */

const { signal } = new AbortController();
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
async function client(url: string, path: string, tally: Tally, ending: AbortSignal): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let n = 0; !ending.aborted; n += 1) {
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

test('32 clients, ten deploys and three roll backs, with two processes: no failed request', async (t) => {
  const target = await platform.service('busy');
  const { url = '' } = await deploy(platform.provider, target);
  await platform.provider.scaling?.scale(target, [{ type: 'web', quantity: 2 }], '', signal);
  const tally: Tally = { served: 0, failures: [], versions: new Set() };
  const ending = new AbortController();
  const clients = Array.from({ length: 32 }, (_, n) =>
    client(url, n < 4 ? '/version?seconds=0.5' : '/version', tally, ending.signal),
  );
  await eventually('the load is on', () => tally.served > 100);
  const versions = Array.from({ length: 10 }, (_, n) => String(n + 2));
  for (const version of versions) {
    await writeFiles(target.dir, { 'version.txt': version });
    const result = await deploy(platform.provider, target);
    assert.equal(result.outcome, 'live', result.error?.message);
  }
  for (const release of [5, 8, 6]) {
    const back = await conclude(
      platform.provider,
      target,
      platform.provider.rollback(target, release, signal),
    );
    assert.equal(back.outcome, 'live', back.error?.message);
  }
  const before = tally.served;
  await eventually('the load goes on', () => tally.served > before + 100);
  ending.abort();
  await Promise.all(clients);
  assert.deepEqual(tally.failures, []);
  t.diagnostic(`${tally.served} requests`);
  assert.deepEqual([...tally.versions].toSorted(), ['1', ...versions].toSorted());
});

test('scaled up and down and restarted under load: no failed request, and every process takes some', async () => {
  const target = await platform.service('elastic');
  const { url = '' } = await deploy(platform.provider, target);
  const tally: Tally = { served: 0, failures: [], versions: new Set() };
  const ending = new AbortController();
  const clients = Array.from({ length: 8 }, () => client(url, '/pid', tally, ending.signal));
  await eventually('the load is on', () => tally.served > 50);
  const scale = async (quantity: number): Promise<void> => {
    await platform.provider.scaling?.scale(target, [{ type: 'web', quantity }], '', signal);
    await eventually(`${quantity} are up`, async () => {
      const up = (await platform.provider.status(target, signal))?.processes.filter(
        ({ state }) => state === 'up',
      );
      return up?.length === quantity;
    });
  };
  await scale(3);
  await eventually('all three answer', () => tally.versions.size === 3);
  await scale(1);
  await platform.provider.scaling?.restart(target, undefined, '', signal);
  const before = tally.served;
  await eventually('the load goes on', () => tally.served > before + 50);
  ending.abort();
  await Promise.all(clients);
  assert.deepEqual(tally.failures, []);
  assert.equal(tally.versions.size, 4, 'the restarted one is another process');
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
