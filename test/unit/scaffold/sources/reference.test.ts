import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserError } from '../../../../src/base/errors';
import { parseSource, sourceText } from '../../../../src/scaffold/sources/reference';

const git = (url: string, ref = '', dir = '') => ({ kind: 'git', url, ref, dir });
const folder = (path: string) => ({ kind: 'folder', path });

/** What is written and what it is read as. */
const good: readonly (readonly [written: string, source: unknown])[] = [
  ['django-service', { kind: 'bundled', id: 'django-service' }],
  ['  blank  ', { kind: 'bundled', id: 'blank' }],
  ['./templates/api', folder('./templates/api')],
  ['../api', folder('../api')],
  ['.', folder('.')],
  ['/srv/templates/api', folder('/srv/templates/api')],
  ['~/templates/api', folder('~/templates/api')],
  ['C:\\templates\\api', folder('C:\\templates\\api')],
  ['C:/templates/api', folder('C:/templates/api')],
  ['./with space#1', folder('./with space#1')],
  ['git+https://example.com/t.git', git('https://example.com/t.git')],
  ['git+https://example.com/t.git#v3', git('https://example.com/t.git', 'v3')],
  ['git+https://example.com/t.git#v3:api', git('https://example.com/t.git', 'v3', 'api')],
  ['git+https://example.com/t.git#v3:a/b/', git('https://example.com/t.git', 'v3', 'a/b')],
  ['git+https://example.com/t.git#:api', git('https://example.com/t.git', '', 'api')],
  ['git+https://example.com/t.git#', git('https://example.com/t.git')],
  ['git+https://example.com/t.git#feature/x-1', git('https://example.com/t.git', 'feature/x-1')],
  ['git+https://example.com/t.git#refs/tags/v3', git('https://example.com/t.git', 'refs/tags/v3')],
  [`git+https://example.com/t.git#${'a1'.repeat(20)}`, git('https://example.com/t.git', 'a1'.repeat(20))],
  ['git+https://EXAMPLE.com:8443/a/t.git', git('https://example.com:8443/a/t.git')],
  ['git+https://example.com/a%20b.git#v1:c%20d', git('https://example.com/a%20b.git', 'v1', 'c d')],
  ['git+https://example.com/t.git#größe', git('https://example.com/t.git', 'größe')],
  ['git+http://127.0.0.1:3000/t.git', git('http://127.0.0.1:3000/t.git')],
  ['git+http://localhost:3000/t.git', git('http://localhost:3000/t.git')],
  ['git+ssh://git@example.com/a/t.git#v3:sub', git('ssh://git@example.com/a/t.git', 'v3', 'sub')],
  ['git+ssh://example.com:2222/t.git', git('ssh://example.com:2222/t.git')],
  ['git+file:///srv/t.git#main', git('file:///srv/t.git', 'main')],
];

/** What is read and said to be better written otherwise. */
const hinted: readonly (readonly [written: string, better: string])[] = [
  ['git@example.com:a/t.git', 'git+ssh://git@example.com/a/t.git'],
  ['git@example.com:t.git#v3:sub', 'git+ssh://git@example.com/t.git#v3:sub'],
  ['deploy@example.com:/srv/t.git', 'git+ssh://deploy@example.com/srv/t.git'],
  ['example.com:t.git', 'git+ssh://git@example.com/t.git'],
  ['https://example.com/t.git#v3', 'git+https://example.com/t.git#v3'],
  ['ssh://git@example.com/t.git', 'git+ssh://git@example.com/t.git'],
];

/** What is refused, and a part of why. */
const refused: readonly (readonly [written: string, why: RegExp])[] = [
  ['', /is empty/],
  ['   ', /is empty/],
  ['-u', /an option/],
  ['--upload-pack=touch /tmp/x', /an option/],
  ['Django', /no template id/],
  ['templates/api', /written \.\/templates\/api/],
  ['ext::sh -c touch% /tmp/x', /helper program/],
  ['git+ext::sh -c x', /helper program/],
  ['fd::17', /helper program/],
  ['git://example.com/t.git', /only git\+https:/],
  ['git+git://example.com/t.git', /only git\+https:/],
  ['git+ftp://example.com/t.git', /only git\+https:/],
  ['git+javascript://example.com/t.git', /only git\+https:/],
  ['http://example.com/t.git', /only git\+https:/],
  ['git+http://example.com/t.git', /neither secret nor signed/],
  ['git+https://', /can not be read/],
  ['git+https://example.com', /names no repository/],
  ['git+https://example.com/', /names no repository/],
  ['git+https://example.com:port/t.git', /can not be read/],
  ['git@example.com:', /names no repository/],
  ['git+file://host/t.git', /git\+file:\/\/\//],
  ['git+file:t.git', /git\+file:\/\/\//],
  ['git+ssh://-oProxyCommand=touch/t.git', /no host|can not be read/],
  ['git+ssh://-oX@example.com/t.git', /user looks like an option/],
  ['git+ssh://example.com/-u', /path looks like an option/],
  ['git+https://example.com/t.git#-u', /ref looks like an option/],
  ['git+https://example.com/t.git#--upload-pack=x:api', /ref looks like an option/],
  ['git+https://example.com/t.git#%2dx', /ref looks like an option/],
  ['git+https://example.com/t.git#a..b', /no name of a branch/],
  ['git+https://example.com/t.git#a b', /no name of a branch/],
  ['git+https://example.com/t.git#v3^{}', /no name of a branch/],
  ['git+https://example.com/t.git#main@{1}', /no name of a branch/],
  ['git+https://example.com/t.git#a.lock', /no name of a branch/],
  ['git+https://example.com/t.git#*', /no name of a branch/],
  ['git+https://example.com/t.git#v3:../up', /inside the repository/],
  ['git+https://example.com/t.git#v3:a/%2e%2e/b', /inside the repository/],
  ['git+https://example.com/t.git#v3:/abs', /inside the repository/],
  ['git+https://example.com/t.git#v3:a//b', /inside the repository/],
  ['git+https://example.com/t.git#v3:.git', /inside the repository/],
  ['git+https://example.com/t.git#v3:a\\b', /inside the repository/],
  ['git+https://example.com/t.git#v3\u0000', /can not be seen/],
  ['git+https://example.com/a%0ab.git', /can not be seen/],
  ['django\u200b-service', /can not be seen/],
  ['git+https://example.com/\u001b[31mt.git', /can not be seen/],
];

const secrets = [
  'git+https://me:hunter2@example.com/t.git',
  'git+https://hunter2@example.com/t.git#v3',
  'https://me:hunter2@example.com/t.git',
  'git+https://me:hunter2/@example.com/t.git',
  'git+ssh://git:hunter2@example.com/t.git',
  'git+https://example.com/t.git?token=hunter2',
  'me:hunter2@example.com:t.git',
];

test('every form is read', () => {
  for (const [written, source] of good) assert.deepEqual(parseSource(written), { source }, written);
});

test('what is read is written so that it reads the same', () => {
  for (const [written] of [...good, ...hinted]) {
    const { source } = parseSource(written);
    if (source.kind !== 'bundled') assert.deepEqual(parseSource(sourceText(source)).source, source, written);
  }
  assert.equal(sourceText({ kind: 'bundled', id: 'blank' }), 'bundled');
});

test('what git takes but a record should not hold is read with a hint', () => {
  for (const [written, better] of hinted) {
    const { source, hint } = parseSource(written);
    assert.equal(sourceText(source), better, written);
    assert.equal(hint, `Read as ${better}; write it so.`);
  }
});

test('tricks and slips are refused with their reason', () => {
  for (const [written, why] of refused)
    assert.throws(
      () => parseSource(written),
      (error) => {
        assert.ok(error instanceof UserError, written);
        assert.equal(error.code, 'scaffold/bad-source');
        assert.match(error.message, why, written);
        return true;
      },
    );
});

test('a password is refused and never repeated', () => {
  for (const written of secrets)
    assert.throws(
      () => parseSource(written),
      (error) => {
        assert.ok(error instanceof UserError, written);
        assert.doesNotMatch(error.message, /hunter2/, written);
        return /credential helper|can not be read/.test(error.message);
      },
      written,
    );
});
