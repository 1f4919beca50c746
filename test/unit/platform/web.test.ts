import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { LookupFunction } from 'node:net';
import type { WebReply } from '../../../src/base/web';
import { createWeb, isSpecial } from '../../../src/platform/node/web';
import { WebServer } from '../../helpers/web-server';

describe('addresses that are not public', () => {
  const special = [
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    'fe80::1%eth0',
    'fd00::1',
    'ff02::1',
    'no address',
  ];
  const others = [
    '93.184.216.34',
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '2606:2800:220:1::1',
    '::ffff:8.8.8.8',
  ];
  for (const one of special) test(`${one} is none`, () => assert.equal(isSpecial(one), true));
  for (const one of others) test(`${one} is one`, () => assert.equal(isSpecial(one), false));
});

describe('reading from the web', () => {
  const server = new WebServer();
  before(() => server.start());
  after(() => server.stop());
  /** Names that stand for what a hostile name server says. */
  const names: Readonly<Record<string, readonly string[]>> = {
    'near.test': ['127.0.0.1'],
    'mixed.test': ['93.184.216.34', '127.0.0.1'],
    'meta.test': ['169.254.169.254'],
  };
  const lookup: LookupFunction = (host, { all }, callback) => {
    const found = names[host] ?? [];
    const entries = found.map((address) => ({ address, family: 4 }));
    if (all === true) callback(null, entries);
    else callback(null, found[0] ?? '', 4);
  };
  const get = (url: string, mayBePrivate = false, mostBytes = 1000): Promise<WebReply> =>
    createWeb(lookup).get({ url, headers: {}, mostBytes, mayBePrivate }, new AbortController().signal);

  test('asks no machine nearby, by whatever name', async () => {
    for (const [url, address] of [
      [server.url, '127.0.0.1'],
      [`http://near.test:${server.port}/`, '127.0.0.1'],
      [`http://mixed.test:${server.port}/`, '127.0.0.1'],
      [`http://meta.test/latest/meta-data`, '169.254.169.254'],
      [`http://[::1]:${server.port}/`, '::1'],
      [`http://[::ffff:127.0.0.1]:${server.port}/`, '::ffff:7f00:1'],
      // As browsers do, the URL parser reads other ways of writing it.
      [`http://2130706433:${server.port}/`, '127.0.0.1'],
      [`http://0x7f.1:${server.port}/`, '127.0.0.1'],
    ] as const)
      assert.deepEqual(await get(url), { kind: 'private', address }, url);
    assert.deepEqual(server.asked, []);
  });

  test('sends no credentials, and takes no more than wanted', async () => {
    server.pages.set('/short', 'type: object');
    server.pages.set('/long', 'x'.repeat(2000));
    server.pages.set('/endless', (reply) => {
      const more = (): void =>
        void (reply.write('x'.repeat(100)), setImmediate(() => reply.destroyed || more()));
      more();
    });
    server.pages.set('/packed', (reply) => reply.setHeader('content-encoding', 'gzip').end('…'));
    server.pages.set('/away', (reply) => reply.writeHead(302, { location: '/short' }).end());
    const near = `http://near.test:${server.port}`;
    const short = await get(`${near}/short`, true);
    assert.equal(short.kind === 'answer' && short.text, 'type: object');
    assert.deepEqual(Object.keys(server.asked[0]?.headers ?? {}).toSorted(), [
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
    assert.deepEqual(await get(`${near}/long`, true), { kind: 'long' });
    assert.deepEqual(await get(`${near}/endless`, true), { kind: 'long' });
    assert.deepEqual(await get(`${near}/packed`, true), { kind: 'packed', encoding: 'gzip' });
    const away = await get(`${near}/away`, true);
    assert.equal(away.kind === 'answer' && away.status, 302);
  });

  test('says what the system says when there is nobody', async () => {
    await assert.rejects(get('http://near.test:1/', true), { code: 'ECONNREFUSED' });
  });
});
