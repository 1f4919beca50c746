import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { nodeFiles } from '../../src/platform/node/files';
import { completeAnswers, loadTemplates } from '../../src/scaffold';
import { plan } from '../../src/scaffold/plan';
import type { FileChange } from '../../src/scaffold/plan';
import { createRender } from '../../src/scaffold/render';
import { golden } from '../helpers/golden';

/** What every bundled template must hold, whatever is answered. */

const answers = [
  { name: 'orders', owner: 'team-shop' },
  { name: 'order-items', owner: 'x', description: `It's "quoted": #1 & more`.replaceAll('"', '') },
];
const text = (file: FileChange): string => new TextDecoder().decode(file.bytes);
const templates = loadTemplates(resolve('templates'), nodeFiles);

async function rendered(): Promise<
  readonly { readonly name: string; readonly files: readonly FileChange[] }[]
> {
  return (await templates).flatMap((template) =>
    answers.map((given) => {
      const render = createRender();
      const { context } = completeAnswers(template, given, render);
      return {
        name: `${template.id} ${given.name}`,
        files: plan(template, context, render, () => undefined),
      };
    }),
  );
}

test('there are templates, each with a page for its users', async () => {
  const all = await templates;
  assert.ok(all.length > 0);
  for (const { id } of all)
    assert.equal(await nodeFiles.kind(resolve('templates', id, 'README.md')), 'file', id);
});

test('every YAML and JSON file parses', async () => {
  for (const { name, files } of await rendered()) {
    for (const file of files.filter((one) => /\.(ya?ml)$/.test(one.path)))
      for (const document of parseAllDocuments(text(file), { uniqueKeys: true }))
        assert.deepEqual('errors' in document ? document.errors : [], [], `${name}: ${file.path}`);
    for (const file of files.filter((one) => one.path.endsWith('.json'))) JSON.parse(text(file));
  }
});

test('nothing of the template language is left over, and nothing of a CI file was emptied', async () => {
  for (const { name, files } of await rendered()) {
    const paths = files.map((file) => file.path);
    assert.ok(
      !paths.some((path) => path.includes('__module__') || path.includes('dot_') || path.endsWith('.hbs')),
      name,
    );
    for (const file of files)
      assert.doesNotMatch(
        text(file),
        /\{\{\s*(name|module|owner|description|title|template)\b/,
        `${name}: ${file.path}`,
      );
    const circle = files.find((file) => file.path === '.circleci/config.yml');
    if (circle) assert.match(text(circle), /\{\{ checksum "[^"]+" \}\}/, name);
  }
});

test('text files end their lines with LF and scripts can be run', async () => {
  for (const { name, files } of await rendered()) {
    for (const file of files) assert.ok(!text(file).includes('\r'), `${name}: ${file.path}`);
    for (const file of files.filter((one) => text(one).startsWith('#!')))
      assert.ok(file.executable, `${name}: ${file.path} starts with #! and is executable`);
  }
});

test('the files of each template are known', async () => {
  for (const { name, files } of await rendered())
    golden(
      `templates/${name.replace(' ', '-')}`,
      files.map((file) => `${file.class}\t${file.executable ? 'x' : '-'}\t${file.path}`).join('\n'),
    );
});
