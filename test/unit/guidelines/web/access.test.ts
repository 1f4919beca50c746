import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { WebList } from '../../../../src/guidelines/web/access';
import { mayBePrivate, readEntry, refusalOf } from '../../../../src/guidelines/web/access';

const listOf = (...urls: readonly string[]): WebList => ({
  entries: urls.flatMap((url) => {
    const entry = readEntry(url);
    return typeof entry === 'string' ? [] : [entry];
  }),
  privateHosts: ['schemas.corp'],
});

describe('the list of web addresses', () => {
  const list = listOf(
    'https://schemas.example.com/',
    'https://example.com/api/v1',
    'http://old.example.com:8080/',
  );
  const cases: readonly (readonly [address: string, refusal: string | undefined])[] = [
    ['https://schemas.example.com/a/b.yaml', undefined],
    ['https://schemas.example.com:443/a.yaml?x=1', undefined],
    ['HTTPS://SCHEMAS.example.com/a.yaml', undefined],
    ['http://schemas.example.com/a.yaml', 'unlisted'],
    ['https://schemas.example.com:8443/a.yaml', 'unlisted'],
    ['https://schemas.example.com.evil.org/a.yaml', 'unlisted'],
    ['https://evil.org/https://schemas.example.com/a.yaml', 'unlisted'],
    ['https://schemas.example.com@evil.org/a.yaml', 'credentials'],
    ['https://user:secret@schemas.example.com/a.yaml', 'credentials'],
    ['https://example.com/api/v1', undefined],
    ['https://example.com/api/v1/x.yaml', undefined],
    ['https://example.com/api/v10/x.yaml', 'unlisted'],
    ['https://example.com/api/v1/../secret.yaml', 'unlisted'],
    ['https://example.com/api/v1/%2e%2e/secret.yaml', 'unlisted'],
    ['https://example.com/api/v1/..%2Fsecret.yaml', 'unlisted'],
    ['http://old.example.com:8080/a.yaml', undefined],
    ['https://old.example.com:8080/a.yaml', 'unlisted'],
    ['https://', 'url'],
  ];
  for (const [address, refusal] of cases)
    test(`${address}: ${refusal ?? 'followed'}`, () => assert.equal(refusalOf(list, address), refusal));

  test('lets nothing be followed where there is none, or it is not to be used', () => {
    for (const access of ['off', 'untrusted', 'offline'] as const)
      assert.equal(refusalOf(access, 'https://schemas.example.com/a'), access === 'off' ? 'url' : access);
  });

  for (const [text, message] of [
    ['schemas.example.com', /is no address/],
    ['file:///srv/', /is no address/],
    ['ftp://example.com/', /is no address/],
    ['https://*.example.com/', /named in full/],
    ['https://me:pw@example.com/', /credentials are never sent/],
    ['https://example.com/?a=b', /goes on behind its path/],
  ] as const)
    test(`does not take ${text}`, () => {
      const fault = readEntry(text);
      assert.ok(typeof fault === 'string');
      assert.match(fault, message);
    });

  test('says whose host may be nearby: an IP address, localhost, and what is named so', () => {
    const near = listOf(
      'http://127.0.0.1:8000/',
      'http://localhost/',
      'https://[::1]/',
      'https://example.com/',
    );
    const may = (address: string): boolean => mayBePrivate(near, address);
    assert.deepEqual(
      [
        'http://127.0.0.1:8000/a',
        'http://localhost/a',
        'https://[::1]/a',
        'https://schemas.corp/a',
        'http://127.0.0.1:9000/a',
        'https://example.com/a',
        'http://127.0.0.2/a',
      ].map(may),
      [true, true, true, true, false, false, false],
    );
  });
});
