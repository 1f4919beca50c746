import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { nodeProcesses } from '../../src/platform/node/processes';
import { matchers } from '../../src/tasks/matchers';
import { matchLines } from '../helpers/match-lines';
import { temporaryFolder } from '../helpers/platform';

const tools = ['pytest==8.4.2', 'mypy==1.18.2', 'ruff==0.14.0', 'coverage==7.10.7', 'django==5.2.7'];

const code = `import os


def total(prices: list[int]) -> str:
    if not prices:
        return 0
    return sum(prices)
`;
const tests = `from shop import total


def test_total():
    prices = [1, 2]
    assert total(prices) == 4
`;
const unittests = `import unittest

from shop import total


class Totals(unittest.TestCase):
    def test_total(self):
        self.assertEqual(total([1]), 2)
`;
const settings = `SECRET_KEY = 'x'
INSTALLED_APPS = ['orders']
`;
const models = `from django.db import models


class Item(models.Model):
    name = models.CharField()

    class Meta:
        app_label = 'orders'
`;

/** What the tools of a service really print, read by the matchers. */
describe('problem matchers read the real tools', () => {
  let root = '';
  let bin = '';
  const found = async (program: string, ...args: readonly string[]): Promise<readonly string[]> => {
    const env = {
      PYTHONPATH: `${bin}:${root}`,
      DJANGO_SETTINGS_MODULE: 'settings',
      COLUMNS: '100',
      TERM: 'dumb',
    };
    const line = { file: program, args, cwd: root, env };
    const { stdout, stderr } = await nodeProcesses.run(line, new AbortController().signal);
    const matches = matchLines(stdout + stderr, matchers);
    assert.ok(matches.length > 0, stdout + stderr);
    return matches.map(({ matcher, file, line: at, message }) => {
      const name = file.startsWith(root) ? file.slice(root.length + 1) : file;
      return `${matcher} ${name}:${at ?? '-'} ${message}`;
    });
  };
  const module = (name: string, ...args: readonly string[]): Promise<readonly string[]> =>
    found('python3', '-m', name, ...args);

  before(
    async () => {
      root = await temporaryFolder();
      bin = join(root, '.tools');
      const install = ['-m', 'pip', 'install', '--quiet', '--target', bin, ...tools];
      await promisify(execFile)('python3', install);
      await mkdir(join(root, 'orders'));
      await writeFile(join(root, 'shop.py'), code);
      await writeFile(join(root, 'test_shop.py'), tests);
      await writeFile(join(root, 'unit_shop.py'), unittests);
      await writeFile(join(root, 'settings.py'), settings);
      await writeFile(join(root, 'orders', '__init__.py'), '');
      await writeFile(join(root, 'orders', 'models.py'), models);
    },
    { timeout: 300_000 },
  );
  after(() => rm(root, { recursive: true, force: true }));

  test('pytest', async () => {
    const [first] = await module('pytest', '-p', 'no:cacheprovider', 'test_shop.py');
    assert.match(first ?? '', /^pytest-2 test_shop\.py:6 assert 3 == 4/);
    assert.match(
      (await module('pytest', '--tb=short', 'test_shop.py')).join('\n'),
      /^pytest-short test_shop\.py:6 assert 3 == 4/,
    );
  });
  test('unittest, as Django runs it', async () => {
    assert.match(
      (await module('unittest', 'unit_shop')).join('\n'),
      /^python(-marked)? unit_shop\.py:8 AssertionError: 1 != 2/m,
    );
  });
  test('mypy', async () => {
    assert.match(
      (await module('mypy', 'shop.py')).join('\n'),
      /^mypy shop\.py:6 Incompatible return value type/m,
    );
  });
  test('ruff, in both of its forms', async () => {
    const ruff = join(bin, 'bin', 'ruff');
    assert.deepEqual(await found(ruff, 'check', '--no-cache', 'shop.py'), [
      'ruff shop.py:1 `os` imported but unused',
    ]);
    assert.deepEqual(await found(ruff, 'check', '--no-cache', '--output-format=concise', 'shop.py'), [
      'ruff-concise shop.py:1 `os` imported but unused',
    ]);
  });
  test('Django’s checks', async () => {
    assert.match(
      (await module('django', 'check')).join('\n'),
      /^django-check orders:- \.Item: \(models\.W042\)/m,
    );
  });
  test('coverage', async () => {
    await nodeProcesses.run(
      {
        file: 'python3',
        args: ['-m', 'coverage', 'run', '-m', 'unittest', 'unit_shop'],
        cwd: root,
        env: { PYTHONPATH: `${bin}:${root}` },
      },
      new AbortController().signal,
    );
    assert.match(
      (await module('coverage', 'report', '-m', '--include=shop.py')).join('\n'),
      /^coverage shop\.py:6 80%/m,
    );
  });
});
