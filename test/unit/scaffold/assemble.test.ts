import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Listing } from '../../../src/scaffold';
import { assembleTemplate, loadTemplates, readTemplate } from '../../../src/scaffold';
import { memoryFiles } from '../../helpers/files';
import { manifestText } from './helpers';

const manifest = manifestText.replace('inputs:', 'include: [base, python]\ninputs:');
const listing = (texts: Readonly<Record<string, string>>): Listing =>
  new Map(
    Object.entries(texts).map(([path, text]) => [
      path,
      { bytes: new TextEncoder().encode(text), executable: path.endsWith('.sh') },
    ]),
  );
const origin = { dir: '/t/tiny', source: 'git+https://host/x.git#v1', commit: 'abc' };
const assemble = (texts: Readonly<Record<string, string>>) => assembleTemplate(listing(texts), origin);
const decoded = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

const whole = {
  'template.yaml': manifest,
  'README.md': 'for its users',
  'files/a.txt': 'own',
  'files/Makefile': 'own',
  'partials/job.hbs': 'own',
  'shared/base/files/Makefile.hbs': 'base',
  'shared/base/files/b.txt': 'base',
  'shared/base/files/run.sh': 'base',
  'shared/base/partials/job.hbs': 'base',
  'shared/base/partials/other.hbs': 'base',
  'shared/python/files/b.txt': 'python',
  'shared/node/files/c.txt': 'not included',
};

test('a template is its own files over what it includes, later sets over earlier ones', () => {
  const template = assemble(whole);
  assert.deepEqual(
    template.sources.map((one) => [one.path, decoded(one.bytes), one.executable]),
    [
      ['Makefile', 'own', false],
      ['a.txt', 'own', false],
      ['b.txt', 'python', false],
      ['run.sh', 'base', true],
    ],
  );
  assert.deepEqual(
    [...template.partials].map(([name, { text, from }]) => [name, text, from]),
    [
      ['job', 'own', '/t/tiny/partials/job.hbs'],
      ['other', 'base', '/t/shared/base/partials/other.hbs'],
    ],
  );
  assert.equal(template.sources.find((one) => one.path === 'b.txt')?.from, '/t/shared/python/files/b.txt');
  assert.deepEqual([template.source, template.commit, template.dir], [origin.source, 'abc', '/t/tiny']);
});

test('a listing that is no template is told', () => {
  const broken = (texts: Readonly<Record<string, string>>, message: RegExp): void =>
    assert.throws(() => assemble(texts), { code: 'scaffold/broken-template', message });
  broken({}, /\/t\/tiny\/template\.yaml can't be used: it is missing/);
  broken({ 'template.yaml': manifestText }, /there are no files beside it/);
  broken(
    { ...whole, 'shared/python/files/b.txt': 'x', 'partials/Job.hbs': '' },
    /Job\.hbs can't be used: a partial/,
  );
  const { 'shared/python/files/b.txt': _gone, ...rest } = whole;
  broken(rest, /it includes python, but there is no \/t\/shared\/python/);
  assert.throws(
    () =>
      assembleTemplate(
        new Map([['template.yaml', { bytes: Uint8Array.of(0xff), executable: false }]]),
        origin,
      ),
    { message: /it is not UTF-8/ },
  );
});

test('a folder of templates may hold what they share and their released versions', async () => {
  const files = memoryFiles({
    '/t/tiny/template.yaml': manifest,
    '/t/tiny/files/a.txt': 'own',
    '/t/shared/base/files/b.txt': 'base',
    '/t/shared/python/partials/x.hbs': 'x',
    '/t/versions/tiny-1.0.0.json.gz': 'not a template',
    '/t/.git/config': 'not a template',
  });
  const [template, ...others] = await loadTemplates('/t', files);
  assert.equal(others.length, 0);
  assert.deepEqual(
    template?.sources.map((one) => one.path),
    ['a.txt', 'b.txt'],
  );
  assert.equal(template?.source, 'bundled');
  const elsewhere = await readTemplate(files, { dir: '/t/tiny', source: '/t/tiny' });
  assert.equal(elsewhere.source, '/t/tiny');
});
