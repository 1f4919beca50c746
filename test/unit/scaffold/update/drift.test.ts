import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256 } from '../../../../src/base/hash';
import { recordFile, writeRecord } from '../../../../src/scaffold/record';
import { driftOf, newestVersion } from '../../../../src/scaffold/update';
import { memoryFiles } from '../../../helpers/files';
import type { MemoryService, WrittenTree } from '../../../helpers/memory-service';
import { createMemoryService, dir, link } from '../../../helpers/memory-service';

const record = { id: 'tiny', version: '1.0.0', source: 'bundled', answers: {} };

async function service(tree: WrittenTree, given: Readonly<Record<string, string>>): Promise<MemoryService> {
  const files: Record<string, string> = {};
  for (const [path, text] of Object.entries(given)) files[path] = await sha256(Buffer.from(text));
  return createMemoryService({ ...tree, [recordFile]: writeRecord('name: orders\n', { ...record, files }) });
}

test('files are unchanged, edited or deleted; other line ends are no edit', async () => {
  const { files } = await service(
    {
      'a.txt': 'a\n',
      'b.txt': 'mine\n',
      'windows.txt': 'a\r\nb\r\n',
      'linked.txt': link,
      'own.txt': 'own\n',
    },
    { 'a.txt': 'a\n', 'b.txt': 'b\n', 'gone.txt': 'g\n', 'windows.txt': 'a\nb\n', 'linked.txt': 'l\n' },
  );
  const drift = await driftOf(dir, '1.0.0', files);
  assert.deepEqual(
    drift.files.map(({ path, state }) => `${path} ${state}`),
    ['a.txt unchanged', 'b.txt edited', 'gone.txt deleted', 'linked.txt edited', 'windows.txt unchanged'],
  );
  assert.equal(drift.isBehind, false);
});

test('a service is behind when a newer version is there, told by numbers', async () => {
  const { files } = await service({}, {});
  assert.equal((await driftOf(dir, '1.10.0', files)).isBehind, true);
  assert.equal((await driftOf(dir, '0.9.0', files)).isBehind, false);
  assert.equal((await driftOf(dir, undefined, files)).isBehind, false);
});

test('what is recorded of files outside the service is not looked at', async () => {
  const given = {
    '../secret': 's',
    '/etc/passwd': 'p',
    'a/../../b': 'b',
    '.git/config': 'g',
    'a\\b': 'x',
    'fine.txt': 'f',
  };
  const { files } = await service({}, given);
  assert.deepEqual((await driftOf(dir, undefined, files)).files, [{ path: 'fine.txt', state: 'deleted' }]);
});

test('the newest version is read from template.yaml alone, and git is not asked', async () => {
  const text = 'id: tiny\nversion: 1.2.0\ntitle: T\ndescription: D.\n';
  const files = memoryFiles({ '/templates/tiny/template.yaml': text, '/elsewhere/template.yaml': text });
  const newest = async (source: string, id = 'tiny'): Promise<string | undefined> =>
    newestVersion({ ...record, id, source, files: {} }, '/templates', files);
  assert.equal(await newest('bundled'), '1.2.0');
  assert.equal(await newest('/elsewhere'), '1.2.0');
  assert.equal(await newest('git+https://host/x.git#v1'), undefined);
  assert.equal(await newest('/nowhere'), undefined);
  assert.equal(await newest('bundled', 'other'), undefined);
  await assert.rejects(newest('/elsewhere', 'other'), /its id is tiny and not other/);
});
