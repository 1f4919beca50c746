import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { missingFor, describeMissing } from '../editor/system';
import type { Trial } from './trials';
import { allTrials, checker, distinctFiles, folderOf, run } from './trials';

/** What can be told of generated files without running them, for every combination of the covering sets. */

let trials: readonly Trial[] = [];
let root = '';

before(async () => {
  trials = await allTrials();
  root = await mkdtemp(join(tmpdir(), 'checked-'));
});
after(() => rm(root, { recursive: true, force: true }));

/** Writes each different text of a file and gives the paths, which tell the trial. */
async function written(pattern: RegExp): Promise<readonly string[]> {
  const found = distinctFiles(trials, pattern);
  return Promise.all(
    found.map(async ({ trial, path, text }) => {
      const file = join(root, folderOf(trial), path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      return file;
    }),
  );
}

const schemas = [
  ['vendor.circle-ci', /^\.circleci\/config\.yml$/],
  ['vendor.github-workflows', /^\.github\/workflows\/[^/]+\.ya?ml$/],
  ['custom.github-workflows-require-timeout', /^\.github\/workflows\/[^/]+\.ya?ml$/],
  ['vendor.compose-spec', /^(\.devcontainer\/)?compose\.ya?ml$/],
] as const;

for (const [schema, pattern] of schemas)
  test(`${schema}: every file is valid`, async () => {
    const files = await written(pattern);
    assert.ok(files.length > 0, 'there are such files');
    const { code, output } = await run(await checker('check-jsonschema'), [
      '--builtin-schema',
      schema,
      ...files,
    ]);
    assert.equal(code, 0, output);
  });

test('files that only some templates make are valid where they are', async () => {
  for (const [schema, pattern] of [
    ['vendor.dependabot', /^\.github\/dependabot\.ya?ml$/],
    ['vendor.renovate', /^renovate\.json$/],
  ] as const) {
    const files = await written(pattern);
    if (files.length === 0) continue;
    const args = ['--builtin-schema', schema, ...files];
    const { code, output } = await run(await checker('check-jsonschema'), args);
    assert.equal(code, 0, output);
  }
});

test('the checker of schemas finds what is wrong', async () => {
  const file = join(root, 'wrong.yml');
  await writeFile(file, 'on: push\njobs: { one: { runs-on: [], steps: 3 } }\n');
  const args = ['--builtin-schema', 'vendor.github-workflows', file];
  const { code } = await run(await checker('check-jsonschema'), args);
  assert.equal(code, 1);
});

test('hadolint has nothing to say of any Dockerfile', async () => {
  const files = await written(/^Dockerfile$/);
  assert.ok(files.length > 0, 'there are Dockerfiles');
  const { code, output } = await run(await checker('hadolint'), files);
  assert.equal(code, 0, output);
});

test('docker-compose accepts every compose file', async (t) => {
  const missing = (await missingFor('containers')).filter((need) => need.name === 'docker-compose');
  if (missing.length > 0) return t.skip(describeMissing(missing, true));
  const files = await written(/^compose\.ya?ml$/);
  assert.ok(files.length > 0, 'there are compose files');
  const told: string[] = [];
  const added = await written(/^\.devcontainer\/compose\.yaml$/);
  assert.ok(added.length > 0, 'there are dev containers');
  // A dev container's file stands beside the one that it adds to, which another trial may have written.
  const both = added.flatMap((file) => {
    const base = resolve(file, '../../compose.yaml');
    return existsSync(base) ? [['-f', base, '-f', file]] : [];
  });
  assert.ok(both.length > 0, 'some stand together');
  for (const file of [...files.map((one) => ['-f', one]), ...both]) {
    const { code, output } = await run('docker-compose', [...file, 'config', '-q']);
    if (code !== 0) told.push(`${file.join(' ')}:\n${output}`);
  }
  assert.deepEqual(told, []);
});
