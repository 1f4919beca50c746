import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isObject } from '../../src/base/json';
import type { CliRun } from '../helpers/cli';
import { cli } from '../helpers/cli';
import { makeRepository } from '../helpers/git-repository';

const text = `openapi: 3.1.0
info: { title: Orders, version: 1.0.0, description: Takes orders., contact: { name: Shop team } }
paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      parameters:
        - { name: limit, in: query, schema: { type: integer, maximum: 100 } }
      responses:
        '200': { description: The orders }
        default: { description: Failed }
`;

describe('servicewright lint --base', () => {
  let dir = '';
  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'servicewright-breaking-'));
    makeRepository(dir).commit({ 'openapi.yaml': text });
    writeFileSync(join(dir, 'openapi.yaml'), text.replace('maximum: 100', 'maximum: 50'));
    writeFileSync(join(dir, 'new.yaml'), text);
  });
  after(() => rmSync(dir, { recursive: true }));
  const lint = (...args: readonly string[]): Promise<CliRun> => cli(['lint', ...args], { cwd: dir });

  test('tells what breaks callers, and fails', async () => {
    const { stdout, code } = await lint('openapi.yaml', '--base', 'main');
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^openapi\.yaml:9:71: error: `maximum` of `limit` was 100 and is 50: .* \(breaking-request-bounds\)\n1 file: 1 error\n$/,
    );
    assert.equal((await lint('openapi.yaml')).code, 0);
    assert.equal((await lint('new.yaml', '--base', 'main')).code, 0);
  });

  test('JSON has what stood there', async () => {
    const { stdout } = await lint('openapi.yaml', '--base', 'main', '--format', 'json');
    const report: unknown = JSON.parse(stdout);
    assert.ok(isObject(report) && Array.isArray(report['files']));
    const [file]: unknown[] = report['files'];
    assert.ok(isObject(file) && Array.isArray(file['findings']));
    const [finding]: unknown[] = file['findings'];
    assert.ok(isObject(finding) && isObject(finding['before']));
    const { from, ...rest } = finding['before'];
    assert.match(String(from), /^main at [0-9a-f]{7}$/);
    assert.deepEqual(rest, { text: 'maximum: 100', line: 8 });
  });

  test('wrong use is said', async () => {
    const run = await lint('openapi.yaml', '--base', 'nowhere');
    assert.equal(run.code, 2);
    assert.match(run.stderr, /git knows no commit "nowhere"/);
  });

  test('each check is a rule that can be explained', async () => {
    const { stdout, code } = await cli(['explain', 'breaking-path-removed'], { cwd: dir });
    assert.equal(code, 0);
    assert.match(stdout, /Before:\n[^]*Bad:\n[^]*Good:\n/);
  });
});
