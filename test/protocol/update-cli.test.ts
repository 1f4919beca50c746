import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { sha256 } from '../../src/base/hash';
import { nodeFiles } from '../../src/platform/node/files';
import { recordFile, writeRecord } from '../../src/scaffold/record';
import { bundledShelf } from '../../src/scaffold/update';
import { renderVersion } from '../../src/scaffold/update/rendered';
import { cli } from '../helpers/cli';

/** `servicewright update` on services of a template in a folder, and of a bundled one. */

const world = { root: '' };
beforeEach(() => {
  world.root = mkdtempSync(join(tmpdir(), 'update-'));
});
afterEach(() => rmSync(world.root, { recursive: true, force: true }));

const at = (...parts: readonly string[]): string => join(world.root, ...parts);
const read = (path: string): string => readFileSync(at(path), 'utf8');

function write(path: string, text: string): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
}

const make = 'all: test\n\ntest:\n\tpytest\n\nlint:\n\truff check\n';

/** A template in a folder, whose present version is the one that is written last. */
function release(version: string, files: Readonly<Record<string, string>>, more = ''): void {
  rmSync(at('tiny'), { recursive: true, force: true });
  write(
    'tiny/template.yaml',
    `id: tiny\nversion: ${version}\ntitle: Tiny\ndescription: Tiny.\ninputs:\n  - { key: name, title: Name, prompt: A name., default: orders }\nfiles:\n  - { match: 'app/**', class: sample }\n  - { match: '**', class: managed }\n${more}`,
  );
  for (const [path, text] of Object.entries(files)) write(`tiny/files/${path}`, text);
}

interface Told {
  readonly from: string;
  readonly to: string;
  readonly applied: boolean;
  readonly files: readonly { readonly path: string; readonly kind: string; readonly reason: string }[];
  readonly notes: readonly string[];
}

const kindsOf = (stdout: string): Readonly<Record<string, string>> => {
  const told: Told = JSON.parse(stdout);
  return Object.fromEntries(told.files.map(({ path, kind }) => [path, kind]));
};

const recordOf = (version: string, answers: string, files = ''): string =>
  `name: orders # the service\ntemplate:\n  id: tiny\n  version: ${version}\n  source: ${at('tiny')}\n  answers: ${answers}\n${files}`;

const shelf = bundledShelf(resolve('templates'), nodeFiles);

/** A service of django-service 1.0.0, from its archive. */
async function oldService(dir: string): Promise<void> {
  const record = { id: 'django-service', version: '1.0.0', source: 'bundled', answers: {}, files: {} };
  const template = await shelf.version(record, '1.0.0');
  assert.ok(template);
  const { files, answers } = renderVersion(template, { name: 'orders', owner: 'team-shop' });
  const hashes: Record<string, string> = {};
  for (const file of files.values()) {
    mkdirSync(dirname(join(dir, file.path)), { recursive: true });
    writeFileSync(join(dir, file.path), file.bytes, { mode: file.executable ? 0o755 : 0o644 });
    if (file.class === 'managed') hashes[file.path] = await sha256(file.bytes);
  }
  writeFileSync(join(dir, recordFile), writeRecord('name: orders\n', { ...record, answers, files: hashes }));
}

test('a service of the first release comes to the present version, with its edits', async () => {
  const dir = at('shop/orders');
  await oldService(dir);
  const makefile = `${read('shop/orders/Makefile')}\n.PHONY: mine\nmine:\n\techo mine\n`;
  write('shop/orders/Makefile', makefile);
  rmSync(join(dir, '.editorconfig'));
  const check = await cli(['update', dir, '--check', '--json']);
  assert.equal(check.code, 1);
  const drift: { behind: boolean; version: string; files: { path: string; state: string }[] } = JSON.parse(
    check.stdout,
  );
  assert.deepEqual([drift.behind, drift.version], [true, '1.0.0']);
  assert.deepEqual(
    drift.files.filter((file) => file.state !== 'unchanged'),
    [
      { path: '.editorconfig', state: 'deleted' },
      { path: 'Makefile', state: 'edited' },
    ],
  );
  const run = await cli(['update'], { cwd: dir });
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /^ {2}merge +Makefile {2}You and the template changed different places\.$/m);
  assert.match(run.stdout, /Updated django-service 1\.0\.0 → \d+\.\d+\.\d+/);
  assert.match(read('shop/orders/Makefile'), /\n\.PHONY: mine\nmine:\n\techo mine\n$/);
  assert.ok(!existsSync(join(dir, '.editorconfig')), 'what was deleted stays deleted');
  for (const path of run.stdout.matchAll(/^ {2}create +(\S+)/gm))
    assert.ok(existsSync(join(dir, path[1] ?? '')), path[1]);
  assert.equal((await cli(['update', '--check'], { cwd: dir })).code, 0);
  const again = await cli(['update'], { cwd: dir });
  assert.match(again.stdout, /nothing to update\.\n$/);
  assert.equal(again.code, 0);
});

test('a dry run writes nothing, and tells what the update then does', async () => {
  const dir = at('orders');
  await oldService(dir);
  const before = snapshot(dir);
  const dry = await cli(['update', dir, '--dry-run', '--json']);
  assert.equal(dry.code, 0, dry.stderr);
  assert.deepEqual(snapshot(dir), before);
  const told: Told = JSON.parse(dry.stdout);
  assert.deepEqual([told.from, told.applied], ['1.0.0', false]);
  const run = await cli(['update', dir, '--json']);
  assert.deepEqual({ ...told, applied: true }, JSON.parse(run.stdout));
});

function snapshot(dir: string): Readonly<Record<string, string>> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(dir.length), readFileSync(path, 'base64')];
    }),
  );
}

test('conflicts are left in the file between markers, and the exit code is 1 until they are settled', async () => {
  release('1.0.0', { Makefile: make, 'run.sh': '#!/bin/sh\n' });
  write('orders/servicewright.yaml', recordOf('1.0.0', '{ name: orders }'));
  write('orders/run.sh', '#!/bin/sh\n');
  write('orders/Makefile', make);
  assert.equal((await cli(['update', at('orders')])).code, 0, 'records the hashes');
  write('orders/Makefile', make.replace('ruff check', 'flake8'));
  release('1.1.0', { Makefile: make.replace('ruff check', 'ruff check --fix'), 'run.sh': '#!/bin/sh\n' });
  chmodSync(at('tiny/files/run.sh'), 0o755);
  const run = await cli(['update', at('orders')]);
  assert.equal(run.code, 1);
  assert.match(run.stdout, /conflict +Makefile/);
  assert.match(run.stderr, /1 file to settle: Makefile\./);
  assert.match(read('orders/Makefile'), /^<<<<<<< yours\n\tflake8\n/m);
  assert.match(read('orders/Makefile'), /^>>>>>>> template 1\.1\.0$/m);
  assert.equal(statSync(at('orders/run.sh')).mode & 0o111, 0o111);
  assert.match(read('orders/servicewright.yaml'), /^name: orders # the service\n/);
  release('1.2.0', { Makefile: make.replace('pytest', 'pytest -x') });
  const next = await cli(['update', at('orders')]);
  assert.equal(next.code, 2);
  assert.match(next.stderr, /still holds conflict markers; settle them first/);
});

test('a template in a folder whose old version is gone updates what was not touched, and says so', async () => {
  release('1.0.0', { Makefile: make, 'a.txt': 'a\n', 'b.txt': 'b\n' });
  write('orders/servicewright.yaml', recordOf('1.0.0', '{ name: orders }'));
  for (const [path, text] of [
    ['Makefile', make],
    ['a.txt', 'a\n'],
    ['b.txt', 'b\n'],
  ] as const)
    write(`orders/${path}`, text);
  await cli(['update', at('orders')]);
  write('orders/b.txt', 'mine\n');
  release('1.1.0', { Makefile: make, 'a.txt': 'A\n', 'b.txt': 'B\n' });
  const run = await cli(['update', at('orders'), '--json']);
  assert.equal(run.code, 1);
  assert.deepEqual(kindsOf(run.stdout), { Makefile: 'same', 'a.txt': 'update', 'b.txt': 'conflict' });
  assert.match(run.stderr, /Version 1\.0\.0 of tiny can't be had any more/);
  assert.equal(read('orders/a.txt'), 'A\n');
});

test('new answers render the service again', async () => {
  release('1.0.0', { 'a.txt.hbs': 'for {{name}}\n' });
  write('orders/servicewright.yaml', recordOf('1.0.0', '{ name: orders }'));
  write('orders/a.txt', 'for orders\n');
  const run = await cli(['update', at('orders'), '--set', 'name=items']);
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /Updated tiny 1\.0\.0 → 1\.0\.0 \(name: items\), 1 file changed\./);
  assert.equal(read('orders/a.txt'), 'for items\n');
  for (const [set, message] of [
    ['name', /--set takes key=value, not "name"; keys are name\./],
    ['nme=x', /perhaps you mean name/],
  ] as const) {
    const wrong = await cli(['update', at('orders'), '--set', set]);
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, message);
  }
});

test('a service in a folder of a larger repository is updated, and nothing else is looked at', async () => {
  release('1.0.0', { 'a.txt': 'a\n' });
  write('mono/services/orders/servicewright.yaml', recordOf('1.0.0', '{ name: orders }'));
  write('mono/services/orders/a.txt', 'a\n');
  await cli(['update', at('mono/services/orders')]);
  write('mono/other.txt', 'dirty\n');
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], {
      cwd: at('mono'),
      encoding: 'utf8',
    });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'all');
  write('mono/other.txt', 'dirtier\n');
  write('mono/services/orders/mine.txt', 'mine\n');
  release('1.1.0', { 'a.txt': 'A\n' });
  const run = await cli(['update', 'services/orders'], { cwd: at('mono') });
  assert.equal(run.code, 0, run.stderr);
  assert.deepEqual(
    git('status', '--porcelain')
      .trim()
      .split('\n')
      .map((line) => line.trim()),
    [
      'M other.txt',
      'M services/orders/a.txt',
      'M services/orders/servicewright.yaml',
      '?? services/orders/mine.txt',
    ],
  );
});

test('an update that was killed is completed by the next one', async () => {
  release('1.0.0', { 'a.txt': 'a\n' });
  write('orders/servicewright.yaml', recordOf('1.0.0', '{ name: orders }'));
  write('orders/a.txt', 'a\n');
  mkdirSync(at('orders/.servicewright-update'));
  const { ino: inode } = statSync(at('orders/.servicewright-update'));
  const steps = [{ path: 'new.txt', staged: '0' }];
  write('orders/.servicewright-update/0', 'new\n');
  write(
    'orders/.servicewright-update/committed.json',
    JSON.stringify({ pid: 2 ** 22 - 1, inode, folders: [], steps }),
  );
  const run = await cli(['update', at('orders'), '--check']);
  assert.match(run.stderr, /An update that was interrupted is complete now\./);
  assert.equal(read('orders/new.txt'), 'new\n');
  assert.ok(!existsSync(at('orders/.servicewright-update')));
});

test('what is no service, has no record, or is from a newer template is refused', async () => {
  release('1.0.0', { 'a.txt': 'a\n' });
  mkdirSync(at('empty'));
  write('plain/servicewright.yaml', 'name: plain\n');
  write('newer/servicewright.yaml', recordOf('2.0.0', '{}'));
  write('gone/servicewright.yaml', recordOf('1.0.0', '{}').replace(at('tiny'), at('nowhere')));
  for (const [dir, message] of [
    ['empty', /no servicewright\.yaml in/],
    ['plain', /does not say which template/],
    ['newer', /newer than 1\.0\.0 here; update servicewright, or go back with --to 1\.0\.0/],
    ['gone', /template/],
  ] as const) {
    const run = await cli(['update', at(dir)]);
    assert.equal(run.code, 2, dir);
    assert.match(run.stderr, message, dir);
  }
  const wrong = await cli(['update', at('newer'), '--to', '9.9.9']);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /There is no version "9\.9\.9" of tiny/);
});
