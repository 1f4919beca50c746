import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { nodeFiles } from '../../../src/platform/node/files';
import { makeSource } from '../../../src/tasks/sources/make';

/** Makefiles of known projects, each with what GNU make says of it; not part of this repository. */
const corpus = resolve(process.env['SERVICEWRIGHT_CORPUS'] ?? '../shared/corpus', 'makefiles');
const skip = existsSync(corpus) ? false : `no corpus at ${corpus}`;

describe('real Makefiles', { skip }, () => {
  const folders =
    skip === false ? readdirSync(corpus).filter((name) => existsSync(join(corpus, name, 'Makefile'))) : [];

  for (const name of folders) {
    test(`${name}: every action is listed, and nothing that is not there`, async () => {
      const dir = join(corpus, name);
      const rows = readFileSync(join(dir, 'ground-truth.tsv'), 'utf8').trimEnd().split('\n').slice(1);
      const truth = rows.map((row) => row.split('\t'));
      const list = await makeSource.list(
        { files: nodeFiles, env: {}, machine: { platform: 'linux', arch: 'x64' } },
        dir,
      );
      assert.ok(list);
      const known = new Set(truth.map(([target = '']) => target.replace(/^\/.*\/trees\/[^/]+/, dir)));
      const found = new Set(list.tasks.map((task) => task.name));
      assert.deepEqual(
        [...found].filter((one) => !known.has(one)),
        [],
      );
      const actions = truth.filter(
        ([target = '', phony, file]) => phony === '1' || (file !== '' && /^[\w-]+$/.test(target)),
      );
      const ours = new Set([...found, ...list.unresolved.map((one) => one.name)]);
      const missed = actions
        .map(([target = '']) => target)
        .filter((one) => !ours.has(one) && one !== 'Makefile');
      assert.deepEqual(missed, []);
    });
  }
});
