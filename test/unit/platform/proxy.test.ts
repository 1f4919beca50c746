import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isExcluded, proxyFor, proxyHeaders } from '../../../src/platform/node/proxy';

test('which proxy an address has: by its scheme, small letters first, none for this machine', () => {
  const env = {
    HTTPS_PROXY: 'http://big:1',
    https_proxy: 'http://small:2',
    HTTP_PROXY: 'plain:3',
    NO_PROXY: 'left.out',
  };
  const of = (url: string, more = {}): string | undefined => proxyFor(url, { ...env, ...more })?.href;
  assert.equal(of('https://a.example'), 'http://small:2/');
  assert.equal(of('http://a.example'), 'http://plain:3/');
  for (const local of ['https://localhost:1', 'http://127.0.0.1', 'http://[::1]:2', 'http://shop.localhost'])
    assert.equal(of(local), undefined, local);
  assert.equal(of('https://left.out'), undefined);
  assert.equal(of('https://a.example', { https_proxy: ' ', HTTPS_PROXY: '' }), undefined);
  assert.equal(
    of('https://a.example', { https_proxy: '', HTTPS_PROXY: '', ALL_PROXY: 'http://all:4' }),
    undefined,
  );
  assert.equal(proxyFor('https://a.example', { ALL_PROXY: 'http://all:4' })?.href, 'http://all:4/');
  assert.throws(() => proxyFor('https://a.example', { HTTPS_PROXY: 'socks5://x:1' }), { code: 'EPROXYURL' });
});

test('NO_PROXY: names and what is below them, ports, addresses, networks, everything', () => {
  const yes = (host: string, list: string, port = '443'): void =>
    assert.ok(isExcluded(host, port, list), list);
  const no = (host: string, list: string, port = '443'): void =>
    assert.ok(!isExcluded(host, port, list), list);
  yes('a.example.com', 'x, example.com');
  yes('example.com', '.example.com');
  yes('a.example.com', '*.EXAMPLE.com');
  no('badexample.com', 'example.com');
  yes('a.example', 'a.example:443');
  no('a.example', 'a.example:8443');
  yes('10.1.2.3', '10.0.0.0/8');
  no('11.1.2.3', '10.0.0.0/8');
  yes('10.1.2.3', '10.1.2.3');
  no('110.1.2.3', '10.1.2.3');
  yes('anything', '*');
  no('anything', '');
});

test('who asks is told to the proxy, decoded', () => {
  assert.deepEqual(proxyHeaders(new URL('http://p:1')), {});
  assert.deepEqual(proxyHeaders(new URL('http://jane:p%40ss@p:1')), {
    'proxy-authorization': `Basic ${Buffer.from('jane:p@ss').toString('base64')}`,
  });
});
