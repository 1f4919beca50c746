import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import type { ServerResponse } from 'node:http';
import type { WebList } from '../../../../src/guidelines/web/access';
import { readEntry } from '../../../../src/guidelines/web/access';
import type { Fetched } from '../../../../src/guidelines/web/fetch';
import { Fetcher, usualLimits } from '../../../../src/guidelines/web/fetch';
import { createWeb } from '../../../../src/platform/node/web';
import { WebServer } from '../../../helpers/web-server';

describe('fetching what references name', () => {
  const servers: WebServer[] = [];
  let server = new WebServer();
  let now = 0;
  let list: WebList = { entries: [], privateHosts: [] };
  const started = async (): Promise<WebServer> => {
    const one = new WebServer();
    servers.push(one);
    await one.start();
    return one;
  };
  beforeEach(async () => {
    server = await started();
    now = 0;
    const entry = readEntry(`${server.url}api/`);
    list = { entries: typeof entry === 'string' ? [] : [entry], privateHosts: [] };
  });
  after(() => Promise.all(servers.map((one) => one.stop())));

  const fetcher = (limits: Partial<typeof usualLimits> = {}): Fetcher =>
    new Fetcher(createWeb(), () => now, { ...usualLimits, ...limits });
  const read = (from: Fetcher, path: string): Promise<Fetched> =>
    from.read(`${server.url}api/${path}`, list, new AbortController().signal);
  const faultOf = (fetched: Fetched): string => ('fault' in fetched ? fetched.fault : 'none');

  test('asks once, and later only whether it is another by now', async () => {
    let text = 'type: string';
    server.pages.set('/api/a.yaml', (reply, { headers }) => {
      const etag = `"${text}"`;
      if (headers['if-none-match'] === etag) reply.writeHead(304).end();
      else reply.setHeader('etag', etag).end(text);
    });
    const one = fetcher();
    assert.deepEqual(await read(one, 'a.yaml'), { text });
    assert.deepEqual(await read(one, 'a.yaml'), { text });
    assert.equal(server.asked.length, 1);
    now = usualLimits.fresh + 1;
    assert.deepEqual(await read(one, 'a.yaml'), { text });
    assert.equal(server.asked[1]?.headers['if-none-match'], '"type: string"');
    now += usualLimits.fresh + 1;
    text = 'type: number';
    assert.deepEqual(await read(one, 'a.yaml'), { text: 'type: number' });
    assert.equal(server.asked.length, 3);
  });

  test('follows redirects within the list, and none that leaves it', async () => {
    const other = await started();
    other.pages.set('/a.yaml', 'type: object');
    const to = (location: string) => (reply: ServerResponse) => void reply.writeHead(302, { location }).end();
    server.pages.set('/api/in', to('there.yaml'));
    server.pages.set('/api/there.yaml', 'type: string');
    server.pages.set('/api/out', to('/secret.yaml'));
    server.pages.set('/api/away', to(`${other.url}a.yaml`));
    server.pages.set('/api/meta', to('http://169.254.169.254/latest'));
    server.pages.set('/api/file', to('file:///etc/passwd'));
    server.pages.set('/api/round', to('round'));
    const one = fetcher();
    assert.deepEqual(await read(one, 'in'), { text: 'type: string' });
    for (const path of ['out', 'away', 'meta', 'file'])
      assert.match(
        faultOf(await read(one, path)),
        /^leads on to `.*`, which `refs\.urls` does not list$/,
        path,
      );
    assert.match(faultOf(await read(one, 'round')), /leads on more than 5 times/);
    assert.deepEqual(other.asked, []);
    assert.ok(!server.asked.some(({ path }) => path === '/secret.yaml'));
  });

  test('says what is wrong with an answer', async () => {
    server.pages.set('/api/login', (reply) => reply.writeHead(401).end());
    server.pages.set('/api/page', (reply) =>
      reply.setHeader('content-type', 'text/html; charset=utf-8').end('<p>'),
    );
    server.pages.set('/api/big', 'x'.repeat(2000));
    server.pages.set('/api/slow', () => undefined);
    server.pages.set('/api/broken', (reply) => reply.destroy());
    const one = fetcher({ bytes: 1024, time: 300 });
    assert.match(faultOf(await read(one, 'gone')), /^answers 404$/);
    assert.match(faultOf(await read(one, 'login')), /^answers 401: it wants credentials, and none are sent$/);
    assert.match(faultOf(await read(one, 'page')), /^is a web page/);
    assert.match(faultOf(await read(one, 'big')), /^is longer than .* MiB$/);
    assert.match(faultOf(await read(one, 'slow')), /^did not answer within 0\.3 seconds$/);
    assert.match(faultOf(await read(one, 'broken')), /^can't be fetched: /);
  });

  test('keeps only so much, and asks few at a time', async () => {
    for (const name of ['a', 'b', 'c']) server.pages.set(`/api/${name}`, 'x'.repeat(600));
    const little = fetcher({ allBytes: 1000 });
    assert.ok('text' in (await read(little, 'a')));
    assert.match(faultOf(await read(little, 'b')), /^is too much: .* MiB are fetched in all$/);
    const few = fetcher({ texts: 2 });
    await read(few, 'a');
    await read(few, 'b');
    assert.match(faultOf(await read(few, 'c')), /^is one more than the 2 that are fetched$/);
    let [running, most] = [0, 0];
    for (let at = 0; at < 12; at += 1)
      server.pages.set(`/api/n${at}`, (reply) => {
        most = Math.max(most, (running += 1));
        setTimeout(() => ((running -= 1), reply.end('a: 1')), 20);
      });
    const many = fetcher();
    await Promise.all(Array.from({ length: 12 }, (_, at) => read(many, `n${at}`)));
    assert.equal(most, usualLimits.atOnce);
  });

  test('names the host that has to be named when it is nearby', async () => {
    const entry = readEntry(`http://localhost:${server.port}/`);
    assert.ok(typeof entry === 'object');
    const named = new Fetcher(createWeb(), () => now);
    const signal = new AbortController().signal;
    const near = { entries: [{ ...entry, host: `near.localhost:${server.port}` }], privateHosts: [] };
    const url = `http://near.localhost:${server.port}/a.yaml`;
    server.pages.set('/a.yaml', 'a: 1');
    const fault = faultOf(await named.read(url, near, signal));
    assert.match(
      fault,
      /^(?:is at (?:127\.0\.0\.1|::1), an address of this machine .* `near\.localhost` in `refs\.privateHosts`|can't be fetched: .*ENOTFOUND)/,
    );
  });
});
