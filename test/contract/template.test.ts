import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { globMatcher } from '../../src/base/glob';
import { nodeFiles } from '../../src/platform/node/files';
import { checkTemplate, completeAnswers, findingText, loadTemplates } from '../../src/scaffold';
import type { Answers, RenderedFile, Template } from '../../src/scaffold';
import { outputPath } from '../../src/scaffold/paths';
import { renderOf, renderService } from '../../src/scaffold/plan';
import type { Context } from '../../src/scaffold/render';
import { golden } from '../helpers/golden';

/** What every bundled template must hold, whatever is answered. */

const answers = [
  { name: 'orders', owner: 'team-shop' },
  {
    name: 'order-items',
    owner: 'x',
    description: "It's: #1, {{name}} & 100 % – {fine} [ünï] *a ! @b `c` $d",
  },
  { name: 'a1', owner: 'no-1', description: '- 1: true' },
];

/** Answers to what some templates ask and can't guess. */
const more: Readonly<Record<string, (name: string) => string>> = { service: (name) => name };

interface Rendered {
  readonly name: string;
  readonly template: Template;
  readonly answers: Answers;
  readonly context: Context;
  readonly files: readonly RenderedFile[];
}

const text = (file: { readonly bytes: Uint8Array }): string => new TextDecoder().decode(file.bytes);
const templates = loadTemplates(resolve('templates'), nodeFiles);

async function rendered(): Promise<readonly Rendered[]> {
  const pairs = (await templates).flatMap((template) => answers.map((given) => ({ template, given })));
  return Promise.all(
    pairs.map(async ({ template, given }) => {
      const extra = Object.entries(more).filter(([key]) => template.inputs.some((one) => one.key === key));
      const all = { ...given, ...Object.fromEntries(extra.map(([key, of]) => [key, of(given.name)])) };
      const completed = completeAnswers(template, all, renderOf(template));
      const files = await renderService(template, completed, given.name);
      const { answers: taken, context } = completed;
      return { name: `${template.id} ${given.name}`, template, answers: taken, context, files };
    }),
  );
}

test('there are templates, each with a page for its users', async () => {
  const all = await templates;
  assert.ok(all.some(({ id }) => id === 'django-service'));
  for (const { id } of all)
    assert.equal(await nodeFiles.kind(resolve('templates', id, 'README.md')), 'file', id);
});

test('every template is right with every answer that it takes', async (t) => {
  for (const template of await templates) {
    const manifest = (await nodeFiles.readText(resolve(template.dir, 'template.yaml'))) ?? '';
    const { findings, trials } = await checkTemplate(template, { manifest, signal: t.signal });
    assert.ok(trials > 1, template.id);
    const said = findings.map((one) => `${one.path}:${one.line + 1} ${findingText(one)}`);
    assert.deepEqual(said, [], template.id);
  }
});

test('every YAML and JSON file parses', async () => {
  const seen = new Set<string>();
  for (const { name, files } of await rendered()) {
    for (const file of files.filter((one) => /\.(ya?ml)$/.test(one.path))) {
      seen.add(file.path);
      for (const document of parseAllDocuments(text(file), { uniqueKeys: true }))
        assert.deepEqual('errors' in document ? document.errors : [], [], `${name}: ${file.path}`);
    }
    for (const file of files.filter((one) => one.path.endsWith('.json'))) JSON.parse(text(file));
  }
  assert.ok(seen.has('openapi.yaml') && seen.has('servicewright.yaml') && seen.has('compose.yaml'));
});

/** Reads `[path, text]` pairs and prints `path: problem` for each Python or TOML file that does not parse. */
const parseWithPython = `
import ast, json, sys, tomllib
for path, text in json.load(sys.stdin):
    try:
        ast.parse(text) if path.endswith(".py") else tomllib.loads(text)
    except Exception as error:
        print(f"{path}: {error}")
`;

test('every Python and TOML file parses', async (t) => {
  const seen = new Set<string>();
  for (const { name, files } of await rendered()) {
    const input = files.filter((one) => /\.(py|toml)$/.test(one.path)).map((one) => [one.path, text(one)]);
    for (const [path] of input) seen.add(path ?? '');
    const run = spawnSync('python3', ['-c', parseWithPython], {
      input: JSON.stringify(input),
      encoding: 'utf8',
    });
    if (run.error !== undefined) return t.skip('there is no python3 on the PATH');
    assert.equal(run.stdout + run.stderr, '', name);
  }
  assert.ok(seen.has('pyproject.toml') && seen.has('manage.py'));
});

test('answers arrive as they were given', async () => {
  for (const { name, answers: taken, context, files } of await rendered()) {
    const manifest = files.find((file) => file.path === 'servicewright.yaml');
    assert.ok(manifest, name);
    const [document] = parseAllDocuments(text(manifest));
    assert.ok(document && 'toJS' in document, name);
    const value: unknown = document.toJS();
    const { name: service, description, owner, template } = context;
    const said = value as Record<string, unknown>;
    const { files: hashes, ...record } = said['template'] as Record<string, unknown>;
    const managed = files.filter((file) => file.class === 'managed').map((file) => file.path);
    assert.deepEqual(Object.keys(hashes as object), managed, name);
    assert.deepEqual([said['name'], said['description'], said['owner']], [service, description, owner], name);
    assert.deepEqual(record, {
      ...(template as object),
      source: 'bundled',
      answers: taken,
    });
  }
});

/** Whether some answers leave the file out. */
const mayBeLeftOut = (template: Template, path: string): boolean =>
  template.files.some((rule) => rule.when !== undefined && globMatcher(rule.match)(path));

const count = (haystack: string, needle: RegExp): number => [...haystack.matchAll(needle)].length;

test('every literal brace of a rendered file is still there, and no other', async () => {
  const literals = { escaped: 0 };
  for (const { name, template, context, files } of await rendered()) {
    for (const source of template.sources.filter((one) => one.path.endsWith('.hbs'))) {
      const path = outputPath(source.path, context);
      const file = files.find((one) => one.path === path);
      if (!file && mayBeLeftOut(template, path)) continue;
      assert.ok(file, `${name}: ${source.path}`);
      const wanted = count(text(source), /\\\{\{/g);
      literals.escaped += wanted;
      // A description may hold braces itself; those are not the template's.
      const own = text(file).replaceAll(String(context['description']), '');
      assert.equal(count(own, /\{\{/g), wanted, `${name}: ${file.path}`);
    }
  }
  assert.ok(literals.escaped > 0, 'at least one file holds a literal brace, so this test can fail');
});

test('what is not rendered keeps its bytes', async () => {
  for (const { name, template, context, files } of await rendered())
    for (const source of template.sources.filter((one) => !one.path.endsWith('.hbs'))) {
      const path = outputPath(source.path, context);
      const file = files.find((one) => one.path === path);
      if (!file && mayBeLeftOut(template, path)) continue;
      assert.deepEqual(file?.bytes, source.bytes, `${name}: ${source.path}`);
      assert.equal(file?.executable, source.executable, `${name}: ${source.path}`);
    }
});

test('no path holds anything of the template language', async () => {
  for (const { name, files } of await rendered())
    for (const { path } of files)
      assert.ok(!/__module__|__name__|(^|\/)dot_|\.hbs$/.test(path), `${name}: ${path}`);
});

test('text files end their lines with LF and scripts can be run', async () => {
  for (const { name, files } of await rendered()) {
    for (const file of files) assert.ok(!text(file).includes('\r'), `${name}: ${file.path}`);
    for (const file of files.filter((one) => text(one).startsWith('#!')))
      assert.ok(file.executable, `${name}: ${file.path} starts with #! and is executable`);
    for (const file of files.filter((one) => one.executable))
      assert.ok(text(file).startsWith('#!'), `${name}: ${file.path} is executable and starts with #!`);
  }
});

test('the files of each template are known', async () => {
  for (const { name, files } of (await rendered()).filter((one) => !one.name.endsWith(' a1')))
    golden(
      `templates/${name.replace(' ', '-')}`,
      files.map((file) => `${file.class}\t${file.executable ? 'x' : '-'}\t${file.path}`).join('\n'),
    );
});
