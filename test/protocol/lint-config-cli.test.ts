import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { isObject } from '../../src/base/json';
import { cli } from '../helpers/cli';
import type { CliRun } from '../helpers/cli';

const spec = `openapi: 3.1.0
info: { title: Orders, version: 1.0.0, description: Takes orders., contact: { name: Shop team } }
paths:
  /orderItems:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '200': { description: The orders }
        '400': { $ref: '#/components/responses/Bad' }
components:
  responses:
    Bad:
      content:
        application/problem+json: {}
`;
const config = '.servicewright/guidelines.yaml';
const ignoreFile = '.servicewright/guidelines-ignore.yaml';

describe('lint with a configuration', () => {
  let dir = '';
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'servicewright-config-'));
    await put('openapi.yaml', spec);
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const put = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  };
  const read = (path: string): Promise<string> => readFile(join(dir, path), 'utf8');
  const lint = (args: readonly string[], stdin?: string): Promise<CliRun> =>
    cli(['lint', ...args], { cwd: dir, ...(stdin === undefined ? {} : { stdin }) });

  test('the nearest configuration holds, --config and --preset go over it, stdin has a name', async () => {
    await put(config, 'extends: []\nrules: { path-kebab-case: hint }\n');
    assert.match((await lint(['openapi.yaml'])).stdout, /hint: .*path-kebab-case\)\n1 file: 1 hint\n$/);
    await put('other.yaml', 'extends: []\nrules: { required-field: warning }\n');
    assert.match((await lint(['openapi.yaml', '--config', 'other.yaml'])).stdout, /1 file: 1 warning\n$/);
    assert.match((await lint(['openapi.yaml', '--preset', 'recommended'])).stdout, /1 error, 1 warning/);
    const piped = await lint(['-', '--stdin-filename', 'openapi.yaml'], spec);
    assert.match(piped.stdout, /^openapi\.yaml:4:4: hint/);
  });

  test('--fail-on', async () => {
    await put(config, 'extends: []\nrules: { path-kebab-case: hint }\n');
    const code = async (level: string): Promise<number | null> =>
      (await lint(['openapi.yaml', '--fail-on', level])).code;
    assert.deepEqual(await Promise.all(['error', 'info', 'hint', 'never'].map(code)), [0, 0, 1, 0]);
  });

  test('a wrong configuration is named with its line, and ends with 2', async () => {
    await put(config, 'extends: []\nrules: { path-kebap-case: hint }\nrule: {}\n');
    const { code, stderr, stdout } = await lint(['openapi.yaml']);
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /guidelines\.yaml:2:10: There is no rule `path-kebap-case`/);
    assert.match(stderr, /guidelines\.yaml:3:1: The key `rule` is not known/);
    for (const args of [
      ['--preset', 'recomended'],
      ['--config', 'gone.yaml'],
      ['--format', 'xml'],
    ])
      assert.equal((await lint(['openapi.yaml', ...args])).code, 2, args.join());
  });

  test('--print-config tells what holds', async () => {
    await put(config, 'extends: []\nrules: { property-casing: { casing: camelCase } }\n');
    const { stdout } = await lint(['openapi.yaml', '--print-config']);
    const printed: unknown = JSON.parse(stdout);
    assert.ok(isObject(printed) && Array.isArray(printed['files']));
    const [first]: unknown[] = printed['files'];
    assert.ok(isObject(first) && isObject(first['rules']));
    assert.deepEqual(first['rules']['property-casing'], { severity: 'warning', casing: 'camelCase' });
  });

  test('--fix mends what is safe, keeps the rest, and is quiet the second time', async () => {
    const fixed = await lint(['openapi.yaml', '--fix']);
    assert.match(fixed.stdout, /1 file: 1 warning\n$/);
    assert.match(await read('openapi.yaml'), /Bad:\n {6}description: Bad\n {6}content:/);
    const once = await read('openapi.yaml');
    await lint(['openapi.yaml', '--fix']);
    assert.equal(await read('openapi.yaml'), once);
    assert.equal((await lint(['-', '--fix'], spec)).code, 2);
  });

  test('a baseline silences what is there; what goes is told of, what comes counts', async () => {
    assert.equal((await lint(['openapi.yaml'])).code, 1);
    const { code, stderr } = await lint(['openapi.yaml', '--write-baseline']);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /2 findings will be ignored/);
    assert.match((await lint(['openapi.yaml'])).stdout, /^1 file: no findings\n$/);
    const before = await read(ignoreFile);
    await put(
      'openapi.yaml',
      spec.replace('/orderItems', '/order-items').replace('summary: List orders\n', '\n'),
    );
    const { stdout } = await lint(['openapi.yaml']);
    assert.match(
      stdout,
      /finds nothing at \/paths\/~1orderItems, which is not there, so line \d+ of guidelines-ig/,
    );
    assert.match(stdout, /\(operation-summary\)/);
    await lint(['openapi.yaml', '--write-baseline']);
    assert.ok((await read(ignoreFile)).startsWith(before), 'entries are added, none is touched');
  });

  test('formats for machines', async () => {
    const sarif: unknown = JSON.parse((await lint(['openapi.yaml', '--format', 'sarif'])).stdout);
    assert.ok(isObject(sarif) && sarif['version'] === '2.1.0');
    const github = (await lint(['openapi.yaml', '--format', 'github'])).stdout;
    assert.match(
      github,
      /^::error file=openapi\.yaml,line=13,endLine=13,col=5,endColumn=8,title=required-field::/,
    );
  });

  test('--timings tells what rules cost, on stderr', async () => {
    const { stdout, stderr } = await lint(['openapi.yaml', '--timings', '--format', 'json']);
    assert.ok(isObject(JSON.parse(stdout)));
    assert.match(stderr, /rules took [\d.]+ ms\n +[\d.]+ ms +\d+ % {2}[a-z-]+/);
  });

  test('what a configuration does not do is told of once, in the first file that it holds for', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'servicewright-lint-notes-'));
    try {
      await writeFile(
        join(folder, '.spectral.yaml'),
        'extends: [[spectral:oas, off]]\nfunctions: [mine]\nrules: {}\n',
      );
      for (const name of ['a.yaml', 'b.yaml'])
        await writeFile(
          join(folder, name),
          'openapi: 3.1.0\ninfo: { title: A, version: 1.0.0 }\npaths: {}\n',
        );
      const { stdout } = await cli(['lint', '.'], { cwd: folder });
      assert.equal(stdout.match(/is JavaScript, which is not run here/g)?.length, 1);
      assert.match(stdout, /^a\.yaml:1:1: info: \.spectral\.yaml:2: /);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
