import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import { cli } from '../helpers/cli';
import type { CliRun } from '../helpers/cli';

const tree: Readonly<Record<string, string>> = {
  'api/openapi.yaml': `openapi: 3.1.0
info: { title: Shop, version: 1.0.0, description: Sells., contact: { name: Shop team } }
tags: [{ name: orders, description: Orders. }]
paths:
  /orders: { $ref: './paths/the%20orders.yaml' }
components:
  schemas:
    Order: { $ref: schemas.json#/Order }
`,
  'api/paths/the orders.yaml': `get:
  operationId: listOrders
  summary: List orders
  tags: [odrers]
  responses:
    '200':
      description: The orders
      content:
        application/json:
          schema: { $ref: ../openapi.yaml#/components/schemas/Order }
`,
  'api/schemas.json': '{ "Order": { "type": "objct" }, "Alone": { "type": "objct" } }\n',
  'shared/error.yaml': 'type: object\n',
};

describe('servicewright lint, of descriptions in several files', () => {
  const made: string[] = [];
  let dir = '';
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'servicewright-lint-files-'));
    made.push(dir);
    for (const [path, text] of Object.entries(tree)) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), text);
    }
  });
  after(() => Promise.all(made.map((one) => rm(one, { recursive: true, force: true }))));

  const lint = (args: readonly string[], more: { cwd?: string; stdin?: string } = {}): Promise<CliRun> =>
    cli(['lint', ...args], { cwd: dir, ...more });
  const found = [
    'api/paths/the orders.yaml:4:10: warning: The tag `odrers` is not declared under `tags` at the root. Did you mean `orders`? (tags-defined)',
    'api/schemas.json:1:22: error: `type` can be string, number, integer, boolean, array, object or null, and not `objct`. Did you mean `object`? (field-value)',
    '3 files: 1 error, 1 warning',
  ];

  test('tells what is wrong in each file, once, under the name of the file', async () => {
    const run = await lint(['api/openapi.yaml']);
    assert.deepEqual(run.stdout.trimEnd().split('\n'), found);
    assert.equal(run.code, 1);
    // However the files are named, nothing is told twice.
    const all = await lint(['api/**/*.{yaml,json}', 'api/openapi.yaml']);
    assert.deepEqual(all.stdout.trimEnd().split('\n').toSorted(), found.toSorted());
    const both = await lint(['api/schemas.json', 'api/openapi.yaml']);
    assert.deepEqual(both.stdout.trimEnd().split('\n').toSorted(), found.toSorted());
  });

  test('needs the description to check a part', async () => {
    const run = await lint(['api/schemas.json']);
    assert.equal(run.code, 2);
    assert.match(run.stderr, /api\/schemas\.json/);
  });

  test('reads around what comes by stdin, when it has a name', async () => {
    const stdin = tree['api/openapi.yaml']?.replace('#/Order', '#/Oder') ?? '';
    const run = await lint(['-', '--stdin-filename', 'api/openapi.yaml'], { stdin });
    assert.match(
      run.stdout,
      /api\/openapi\.yaml:8:20: error: .*`schemas\.json` has no `Oder`\. Did you mean `Order`/,
    );
    const alone = await lint(['-'], { stdin });
    assert.doesNotMatch(alone.stdout, /Oder|orders\.yaml/);
  });

  test('mends each file', async () => {
    const path = join(dir, 'api/paths/the orders.yaml');
    const text = tree['api/paths/the orders.yaml'] ?? '';
    const ref = '../openapi.yaml#/components/schemas/Order';
    await writeFile(path, text.replace(ref, `'${ref.replace('Order', 'Odrer')}'`));
    const run = await lint(['--fix', 'api/openapi.yaml']);
    assert.deepEqual(run.stdout.trimEnd().split('\n'), found);
    assert.equal(await readFile(path, 'utf8'), text.replace(ref, `'${ref}'`));
    assert.equal(await readFile(join(dir, 'api/openapi.yaml'), 'utf8'), tree['api/openapi.yaml']);
  });

  test('stays in the working folder, or in the repository', async () => {
    const path = join(dir, 'api/openapi.yaml');
    await writeFile(path, `${tree['api/openapi.yaml']}    Error: { $ref: ../shared/error.yaml }\n`);
    const inside = await lint(['openapi.yaml'], { cwd: join(dir, 'api') });
    assert.match(
      inside.stdout,
      /openapi\.yaml:9:20: info: .*out of the workspace folder.* \(unfollowed-ref\)/,
    );
    await mkdir(join(dir, '.git'));
    const around = await lint(['openapi.yaml'], { cwd: join(dir, 'api') });
    assert.doesNotMatch(around.stdout, /unfollowed-ref/);
    assert.match(around.stdout, /^4 files/m);
  });

  test('follows symbolic links within the folder, tells a file of two names once, and follows none out of it', async () => {
    await mkdir(join(dir, '.git'));
    const away = await mkdtemp(join(tmpdir(), 'servicewright-lint-away-'));
    made.push(away);
    await writeFile(join(away, 'b.yaml'), 'type: strin\n');
    await symlink('schemas.json', join(dir, 'api/linked.json'));
    await symlink(away, join(dir, 'api/away'));
    const refs = `    Linked: { $ref: linked.json#/Order }\n    Away: { $ref: away/b.yaml }\n    Up: { $ref: ../../up.yaml }\n`;
    await writeFile(join(dir, 'api/openapi.yaml'), (tree['api/openapi.yaml'] ?? '') + refs);
    const { stdout } = await lint(['api/openapi.yaml']);
    const lines = stdout.trimEnd().split('\n');
    assert.equal(lines.filter((one) => one.includes('(field-value)')).length, 1, stdout);
    const unfollowed = lines.filter((one) => one.includes('(unfollowed-ref)'));
    assert.match(
      unfollowed[0] ?? '',
      /openapi\.yaml:10:.*since what it leads to is a symbolic link out of the workspace folder, to `.*b\.yaml`/,
    );
    assert.match(unfollowed[1] ?? '', /openapi\.yaml:11:.*leads out of the workspace folder/);
    assert.equal(unfollowed.length, 2);
  });
});
