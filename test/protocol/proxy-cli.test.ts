import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createHttp } from '../../src/platform/node/http';
import { cli } from '../helpers/cli';
import { canaryToken } from '../helpers/empire';
import { temporaryFolder, writeFiles } from '../helpers/platform';
import type { TestProxy } from '../helpers/proxy';
import { startProxy } from '../helpers/proxy';

const signal = new AbortController().signal;

describe('through a proxy', () => {
  let dir: string;
  let proxy: TestProxy;
  let upstream: ReturnType<typeof createTlsServer>;
  let port = 0;
  const sockets = new Set<Socket>();
  before(async () => {
    dir = await temporaryFolder();
    const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
    const subject = ['-subj', '/CN=empire.test', '-addext', 'subjectAltName=DNS:empire.test'];
    const made = [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-keyout',
      key,
      '-out',
      cert,
    ];
    execFileSync('openssl', [...made, ...subject], { stdio: 'ignore' });
    upstream = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, answer) => {
      answer.setHeader('content-type', 'application/json');
      answer.end(request.url?.endsWith('/releases') === true ? '[]' : '{}');
    });
    await new Promise<void>((done) => upstream.listen(0, '127.0.0.1', done));
    port = (upstream.address() as AddressInfo).port;
    proxy = await startProxy();
    for (const one of [upstream, proxy.server]) one.on('connection', (socket) => void sockets.add(socket));
  });
  after(async () => {
    for (const socket of sockets) socket.destroy();
    for (const one of [upstream, proxy.server]) await new Promise<void>((done) => one.close(() => done()));
    await rm(dir, { recursive: true, force: true });
  });

  test('a plain server is asked for by its whole address', async () => {
    const http = createHttp({ HTTP_PROXY: `http://jane:secret@${proxy.url}` });
    const { body } = await http.send({ method: 'GET', url: 'http://plain.test/apps?x=1' }, signal);
    let text = '';
    for await (const piece of body) text += piece;
    assert.equal(text, 'asked for http://plain.test/apps?x=1');
    assert.match(proxy.seen.at(-1) ?? '', /^GET http:\/\/plain\.test\/apps\?x=1 Basic /);
  });

  test('a request may name its own, whatever the environment says, and say a header several times', async () => {
    const own = `http://own:secret@${proxy.url}`;
    const { body } = await createHttp({ HTTP_PROXY: 'http://127.0.0.1:1', NO_PROXY: '*' }).send(
      { method: 'GET', url: 'http://plain.test/own', proxy: own, headers: { 'x-many': ['größer', 'b'] } },
      signal,
    );
    for await (const _piece of body);
    assert.match(proxy.seen.at(-1) ?? '', /^GET http:\/\/plain\.test\/own Basic /);
    const [sent] = proxy.heads.slice(-1);
    assert.deepEqual(
      sent?.flatMap((name, at) =>
        name === 'x-many' ? [Buffer.from(sent[at + 1] ?? '', 'latin1').toString()] : [],
      ),
      ['größer', 'b'],
    );
    await assert.rejects(
      createHttp({}).send({ method: 'GET', url: 'http://plain.test/', proxy: 'ftp://x' }, signal),
      { code: 'EPROXYURL' },
    );
  });

  test('the command line reaches a server behind it, which it checks itself', async () => {
    const service = join(dir, 'orders');
    const url = `https://empire.test:${port}`;
    await writeFiles(service, {
      'servicewright.yaml': `name: orders\nenvironments:\n  staging:\n    platform: empire\n    url: ${url}\n`,
    });
    const run = (env: Readonly<Record<string, string>>): ReturnType<typeof cli> =>
      cli(['releases', '--json'], { cwd: service, env: { SERVICEWRIGHT_TOKEN: canaryToken, ...env } });
    const trusted = { HTTPS_PROXY: `http://${proxy.url}`, NODE_EXTRA_CA_CERTS: join(dir, 'cert.pem') };
    const found = await run(trusted);
    assert.equal(found.code, 0, found.stderr);
    assert.ok(proxy.seen.includes(`CONNECT empire.test:${port} -`));
    const untrusted = await run({ HTTPS_PROXY: `http://${proxy.url}` });
    assert.match(untrusted.stderr, /its certificate is signed by itself/);
    for (const [status, said] of [
      [407, /wants a user and a password/],
      [403, /does not let it through/],
    ] as const) {
      proxy.status = status;
      assert.match((await run(trusted)).stderr, said);
    }
    proxy.status = 200;
    assert.match((await run({ ...trusted, HTTPS_PROXY: 'http://127.0.0.1:1' })).stderr, /can’t be reached/);
  });
});
