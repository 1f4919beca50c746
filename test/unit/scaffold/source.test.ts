import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Files } from '../../../src/base/ports';
import { loadTemplate, loadTemplates } from '../../../src/scaffold/source';
import { memoryFiles } from '../../helpers/files';
import { manifestText } from './helpers';

const tiny = {
  '/templates/tiny/template.yaml': manifestText,
  '/templates/tiny/README.md': 'not part of a service',
  '/templates/tiny/files/a.txt': 'a',
  '/templates/tiny/files/__module__/b.py.hbs': 'b',
};
const load = (texts: Readonly<Record<string, string>>) =>
  loadTemplate('/templates', 'tiny', memoryFiles(texts));

test('a template is its manifest and every file below files/', async () => {
  const template = await load(tiny);
  assert.equal(template.id, 'tiny');
  assert.equal(template.dir, '/templates/tiny');
  assert.deepEqual(
    template.sources.map((one) => [one.path, new TextDecoder().decode(one.bytes)]),
    [
      ['__module__/b.py.hbs', 'b'],
      ['a.txt', 'a'],
    ],
  );
  assert.deepEqual(
    (await loadTemplates('/templates', memoryFiles(tiny))).map((one) => one.id),
    ['tiny'],
  );
});

test('exec bits are read', async () => {
  const files: Files = { ...memoryFiles(tiny), isExecutable: async (path) => path.endsWith('/a.txt') };
  const { sources } = await loadTemplate('/templates', 'tiny', files);
  assert.deepEqual(
    sources.map((one) => one.executable),
    [false, true],
  );
});

test('what systems and tools leave behind is no part of a template', async () => {
  const { sources } = await load({
    ...tiny,
    '/templates/tiny/files/.DS_Store': 'x',
    '/templates/tiny/files/__module__/__pycache__/b.pyc': 'x',
    '/templates/tiny/files/.ruff_cache/x': 'x',
  });
  assert.equal(sources.length, 2);
});

test('a template that is not there is told with the nearest one', async () => {
  await assert.rejects(loadTemplate('/templates', 'tiney', memoryFiles(tiny)), {
    code: 'scaffold/no-template',
    message: 'There is no template "tiney", perhaps you mean tiny; choose one of tiny.',
  });
  for (const id of ['../tiny', 'tiny/files', '', '.'])
    await assert.rejects(loadTemplate('/templates', id, memoryFiles(tiny)), { code: 'scaffold/no-template' });
});

test('a folder that is no template is told', async () => {
  const broken = async (texts: Readonly<Record<string, string>>, why: RegExp): Promise<void> =>
    assert.rejects(load(texts), { code: 'scaffold/broken-template', message: why });
  await broken({ '/templates/tiny/files/a': 'a' }, /template\.yaml can't be used: it is missing/);
  await broken({ '/templates/tiny/template.yaml': manifestText }, /there are no files beside it in files\//);
  await broken(
    { ...tiny, '/templates/tiny/template.yaml': manifestText.replace('id: tiny', 'id: small') },
    /its id is small, but its folder is called tiny/,
  );
  await broken({ ...tiny, '/templates/tiny/files/big': 'x'.repeat(20_000_001) }, /its files hold \d+ bytes/);
});

test('a link out of a template is refused', async () => {
  const plain = memoryFiles(tiny);
  const files: Files = {
    ...plain,
    list: async (dir) => (dir.endsWith('/files') ? [{ name: 'secrets', kind: 'symlink' }] : plain.list(dir)),
  };
  await assert.rejects(loadTemplate('/templates', 'tiny', files), {
    code: 'scaffold/broken-template',
    message: /files\/secrets can't be used: a template holds files and folders, no links and no devices/,
  });
});
