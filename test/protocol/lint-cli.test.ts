import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { after, before, describe, test } from 'node:test';
import { isObject } from '../../src/base/json';
import { allRules } from '../../src/guidelines';
import { cli } from '../helpers/cli';
import type { CliRun } from '../helpers/cli';

const clean = `openapi: 3.1.0
info: { title: Orders, version: 1.0.0, description: Takes orders., contact: { name: Shop team } }
paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '200': { description: The orders }
`;
const warned = clean.replace('/orders', '/orderItems');
const wrong = clean.replace("'200': { description: The orders }", "'200': { $ref: '#/nowhere' }");
const told = clean.replace(', contact: { name: Shop team }', '');

const tree: Readonly<Record<string, string>> = {
  'clean.yaml': clean,
  'warned.yaml': warned,
  'wrong.yml': wrong,
  'told.yaml': told,
  'bom.yaml': `\uFEFF${warned}`,
  'broken.yaml': clean.replace('paths:', 'paths'),
  'empty.yaml': '',
  'compose.yaml': 'services: {}\n',
  'sub/deep/clean.json':
    '{"openapi": "3.1.0", "info": {"title": "a", "version": "1", "description": "b", "contact": {"name": "c"}}, "paths": {}}',
  'sub/node_modules/x/warned.yaml': warned,
  'hollow/readme.txt': '',
  'odd [1]*.yaml': clean,
};

describe('servicewright lint', () => {
  let dir = '';
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'servicewright-lint-'));
    for (const [path, text] of Object.entries(tree)) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), text);
    }
  });
  after(() => rm(dir, { recursive: true, force: true }));

  const lint = (args: readonly string[], stdin?: string): Promise<CliRun> =>
    cli(['lint', ...args], { cwd: dir, ...(stdin === undefined ? {} : { stdin }) });

  test('exit codes: 0 clean, 1 findings, 2 wrong use', async () => {
    for (const [args, code] of [
      [['clean.yaml'], 0],
      [['told.yaml'], 0],
      [['warned.yaml'], 1],
      [['wrong.yml'], 1],
      [['warned.yaml', '--fail-on', 'error'], 0],
      [['wrong.yml', '--fail-on', 'error'], 1],
      [['broken.yaml', '--fail-on', 'error'], 1],
      [[], 2],
      [['clean.yaml', '--format', 'xml'], 2],
      [['clean.yaml', '--fail-on', 'fatal'], 2],
      [['clean.yaml', '--nonsense'], 2],
      [['nowhere.yaml'], 2],
      [['clean.yaml', 'nowhere.yaml'], 2],
      [['compose.yaml'], 2],
      [['empty.yaml'], 2],
      [['sub'], 0],
      [['./sub/'], 0],
      [['hollow'], 2],
      [['nowhere/*.yaml'], 2],
      [['comp*.yaml'], 2],
    ] as const) {
      const run = await lint(args);
      assert.equal(run.code, code, `${args.join(' ')}\n${run.stdout}${run.stderr}`);
      assert.equal(run.stderr === '', code !== 2, args.join(' '));
      if (code === 2) {
        assert.equal(run.stdout, '');
        assert.match(run.stderr, /^error: .*\.\nhint: .+\n$/, args.join(' '));
      }
    }
  });

  test('messages name the file and say what to do', async () => {
    assert.match((await lint(['nowhere.yaml'])).stderr, /nowhere\.yaml does not exist/);
    assert.match((await lint(['compose.yaml'])).stderr, /compose\.yaml is no OpenAPI/);
    assert.match((await lint(['hollow'])).stderr, /No file matches hollow\/\*\*\/\*\.\{yaml,yml,json\}/);
    assert.match((await lint(['clean.yaml', '--format', 'xml'])).stderr, /text, json, sarif, junit, github/);
  });

  test('a folder stands for the descriptions in it', async () => {
    assert.equal((await lint(['sub/'])).stdout, '1 file: no findings\n');
    const all = await lint(['.', '--fail-on', 'never']);
    assert.match(all.stdout, /^wrong\.yml:/m);
    assert.doesNotMatch(all.stdout, /node_modules|compose|\.\//);
  });

  test('text has one line for each finding and one that sums up', async () => {
    const { stdout } = await lint(['clean.yaml', 'warned.yaml']);
    assert.equal(
      stdout,
      'warned.yaml:4:4: warning: Path segments are written in kebab-case: `order-items`, not `orderItems`. (path-kebab-case)\n2 files: 1 warning\n',
    );
  });

  test('JSON is one document with every file, positions from zero in UTF-16', async () => {
    const { stdout } = await lint(['--format', 'json', 'clean.yaml', 'warned.yaml', 'clean.yaml']);
    const report: unknown = JSON.parse(stdout);
    const range = { start: { line: 3, character: 3 }, end: { line: 3, character: 13 } };
    const message = 'Path segments are written in kebab-case: `order-items`, not `orderItems`.';
    const finding = {
      rule: 'path-kebab-case',
      severity: 'warning',
      message,
      range,
      path: ['paths', '/orderItems'],
      fixable: true,
    };
    assert.deepEqual(report, {
      files: [
        { path: 'clean.yaml', findings: [] },
        { path: 'warned.yaml', findings: [finding] },
      ],
      summary: { errors: 0, warnings: 1, infos: 0, hints: 0, files: 2 },
    });
  });

  test('a byte order mark moves no position', async () => {
    const findings = async (file: string): Promise<string> =>
      (await lint([file, '--format', 'json'])).stdout.replace(file, '');
    assert.equal(await findings('bom.yaml'), await findings('warned.yaml'));
  });

  test('globs find descriptions only, and leave node_modules out', async () => {
    const { stdout, code } = await lint(['**/*.{yaml,yml,json}', '--format', 'json']);
    assert.equal(code, 1);
    const report: unknown = JSON.parse(stdout);
    assert.ok(isObject(report) && Array.isArray(report['files']));
    assert.deepEqual(
      report['files'].map((one: unknown) => (isObject(one) ? one['path'] : one)),
      [
        'bom.yaml',
        'broken.yaml',
        'clean.yaml',
        'odd [1]*.yaml',
        'sub/deep/clean.json',
        'told.yaml',
        'warned.yaml',
        'wrong.yml',
      ],
    );
  });

  test('a file whose name looks like a glob is that file', async () => {
    assert.equal((await lint(['odd [1]*.yaml'])).code, 0);
  });

  test('the description of a new service is clean', async () => {
    const made = await cli(
      ['new', 'django-service', 'orders', '--set', 'name=orders', '--set', 'owner=shop'],
      { cwd: dir },
    );
    assert.equal(made.code, 0, made.stderr);
    const { stdout, code } = await lint(['orders/openapi.yaml']);
    assert.equal(stdout, '1 file: no findings\n');
    assert.equal(code, 0);
    await rm(join(dir, 'orders'), { recursive: true });
  });

  test('- is stdin', async () => {
    const run = await lint(['-'], warned);
    assert.equal(run.code, 1);
    assert.match(run.stdout, /^-:4:4: warning/);
    assert.equal((await lint(['-'], 'x: 1')).code, 2);
  });

  test('a broken description has its syntax finding', async () => {
    const { stdout } = await lint(['broken.yaml']);
    assert.match(stdout, /^broken\.yaml:3:1: error: .*colon is missing.* \(syntax\)\n/);
  });

  test(
    'a file that may not be read is told as such',
    { skip: process.getuid?.() === 0 ? 'root reads everything' : false },
    async () => {
      const path = join(dir, 'secret.yaml');
      await writeFile(path, clean);
      await chmod(path, 0);
      assert.match((await lint(['secret.yaml'])).stderr, /secret\.yaml can't be read: EACCES/);
    },
  );
});

describe('servicewright rules and explain', () => {
  test('rules lists them, as text and as JSON', async () => {
    const text = await cli(['rules']);
    assert.equal(text.code, 0);
    assert.equal(text.stdout.trimEnd().split('\n').length, allRules.length);
    const json: unknown = JSON.parse((await cli(['rules', '--json'])).stdout);
    assert.ok(isObject(json) && Array.isArray(json['rules']));
    const kebab: unknown = json['rules'].find(
      (one: unknown) => isObject(one) && one['id'] === 'path-kebab-case',
    );
    assert.ok(isObject(kebab));
    assert.deepEqual(Object.keys(kebab), ['id', 'severity', 'presets', 'source', 'summary', 'fixable']);
    assert.deepEqual(kebab['source'], {
      guideline: 'Zalando RESTful API Guidelines',
      ref: '129',
      url: 'https://opensource.zalando.com/restful-api-guidelines/#129',
    });
    assert.equal(kebab['fixable'], true);
  });

  test('explain tells why, and helps with a slip', async () => {
    const { stdout, code } = await cli(['explain', 'path-kebab-case']);
    assert.equal(code, 0);
    for (const part of ['path-kebab-case (warning)', 'Bad:', 'Good:', '/orderItems:', 'Source: Zalando'])
      assert.ok(stdout.includes(part), part);
    const slip = await cli(['explain', 'path-kebap-case']);
    assert.equal(slip.code, 2);
    assert.match(slip.stderr, /hint: servicewright explain path-kebab-case/);
  });
});
