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
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { cli } from '../helpers/cli';

const world = { root: '' };
beforeEach(() => {
  world.root = mkdtempSync(join(tmpdir(), 'new-'));
});
afterEach(() => rmSync(world.root, { recursive: true, force: true }));

const at = (...parts: readonly string[]): string => join(world.root, ...parts);
const make = (dir: string, ...more: readonly string[]) =>
  cli(['new', 'django-service', dir, '--set', 'owner=team-shop', ...more], {
    env: {
      GIT_AUTHOR_NAME: 'A',
      GIT_AUTHOR_EMAIL: 'a@example.com',
      GIT_COMMITTER_NAME: 'A',
      GIT_COMMITTER_EMAIL: 'a@example.com',
    },
  });

test('a service is made, committed, and told as JSON', async () => {
  const run = await make(at('order-items'), '--json');
  assert.equal(run.code, 0, run.stderr);
  const result: unknown = JSON.parse(run.stdout);
  const { dir, template, files, next } = result as {
    dir: string;
    template: unknown;
    files: { path: string; kind: string }[];
    next: string[];
  };
  assert.equal(dir, at('order-items'));
  assert.deepEqual(Object.keys(template as object), ['id', 'version']);
  assert.ok(
    files.length > 40 && files.every((file) => file.kind === 'create' && existsSync(join(dir, file.path))),
  );
  assert.ok(next.includes('make setup'));
  const git = (...args: readonly string[]): string =>
    execFileSync('git', [...args], { cwd: dir, encoding: 'utf8' }).trim();
  assert.equal(git('status', '--porcelain'), '');
  assert.match(git('log', '--format=%s'), /^Start from django-service/);
  assert.equal(git('branch', '--show-current'), 'main');
  assert.match(readFileSync(join(dir, 'servicewright.yaml'), 'utf8'), /^name: order-items$/m);
  assert.deepEqual(readdirSync(world.root), ['order-items']);
});

test('a dry run says the same files and writes nothing', async () => {
  const run = await make(at('orders'), '--dry-run', '--json');
  assert.equal(run.code, 0, run.stderr);
  assert.deepEqual(readdirSync(world.root), []);
});

test('bad answers are refused with the reason, and nothing is written', async () => {
  const refused = async (why: RegExp, ...args: readonly string[]): Promise<void> => {
    const run = await cli(['new', 'django-service', ...args]);
    assert.equal(run.code, 2, run.stderr);
    assert.match(run.stderr, why);
    assert.equal(run.stdout, '');
    assert.deepEqual(readdirSync(world.root), []);
  };
  await refused(/name can't be "1st"\. Use lower-case/, at('1st'), '--set', 'owner=a');
  await refused(/name can't be "import"/, at('import'), '--set', 'owner=a');
  await refused(/name can't be "django"/, at('django'), '--set', 'owner=a');
  await refused(/needs an answer for owner/, at('orders'));
  await refused(/asks nothing called "nmae"; it asks name/, at('orders'), '--set', 'nmae=a');
  await refused(/hint: servicewright new --help/, at('orders'), '--set');
});

test('an existing folder is left alone to the byte', async () => {
  mkdirSync(at('orders'));
  writeFileSync(at('orders', 'Makefile'), 'mine');
  const run = await make(at('orders'));
  assert.equal(run.code, 2);
  assert.match(run.stderr, /exists and is not empty; choose another/);
  assert.equal(readFileSync(at('orders', 'Makefile'), 'utf8'), 'mine');
  assert.deepEqual(readdirSync(at('orders')), ['Makefile']);
});

test('a file in the way is said', async () => {
  writeFileSync(at('file'), 'x');
  const run = await make(at('file', 'orders'));
  assert.equal(run.code, 2);
  assert.match(run.stderr, /can't hold a service because a file stands there/);
});

test('a folder that may not be written to is said', async (t) => {
  if (process.getuid?.() === 0) {
    // Root may write everywhere; a read-only mount is what refuses it.
    mkdirSync(at('ro'));
    const mount = (...args: readonly string[]) =>
      execFileSync('mount', [...args, at('ro')], { stdio: 'ignore' });
    try {
      mount('-t', 'tmpfs', '-o', 'ro', 'tmpfs');
    } catch {
      return t.skip('this machine lets nobody mount a read-only file system');
    }
    try {
      const run = await make(at('ro', 'orders'));
      assert.equal(run.code, 2);
      assert.match(run.stderr, /not created because its folder is on a read-only disk/);
    } finally {
      execFileSync('umount', [at('ro')]);
    }
    return;
  }
  mkdirSync(at('locked'));
  chmodSync(at('locked'), 0o500);
  const run = await make(at('locked', 'orders'));
  chmodSync(at('locked'), 0o700);
  assert.equal(run.code, 2);
  assert.match(run.stderr, /not created because its folder may not be written to/);
});

test('a full disk is said and leaves nothing', async (t) => {
  mkdirSync(at('small'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', at('small')], { stdio: 'ignore' });
  } catch {
    return t.skip('only root can mount a small file system to fill');
  }
  try {
    const run = await make(at('small', 'orders'));
    assert.equal(run.code, 2);
    assert.match(
      run.stderr,
      /not created because the disk is full; make room and try again\. Nothing was left behind/,
    );
    assert.deepEqual(readdirSync(at('small')), []);
  } finally {
    execFileSync('umount', [at('small')]);
  }
});

test('killed in the middle, there is no half service', async () => {
  const victim = { pid: 0 };
  const watcher = watch(world.root, () => victim.pid > 0 && process.kill(victim.pid, 'SIGKILL'));
  const run = await cli(['new', 'django-service', at('orders'), '--set', 'owner=a'], {
    onStart: (pid) => (victim.pid = pid),
  });
  watcher.close();
  assert.equal(run.code, null, 'it was killed while it wrote');
  assert.ok(!existsSync(at('orders')));
  assert.equal((await make(at('orders'))).code, 0, 'and the next try succeeds');
});

test('interrupted, it leaves nothing at all', async () => {
  const child = { pid: 0 };
  const watcher = watch(world.root, () => child.pid > 0 && process.kill(child.pid, 'SIGINT'));
  const run = await cli(['new', 'django-service', at('orders'), '--set', 'owner=a'], {
    onStart: (pid) => (child.pid = pid),
  });
  watcher.close();
  assert.notEqual(run.code, 0);
  assert.ok(!existsSync(at('orders')));
});

test('templates are listed with what they ask', async () => {
  const run = await cli(['templates', '--json']);
  const { templates } = JSON.parse(run.stdout) as {
    templates: { id: string; inputs: { key: string; required: boolean }[] }[];
  };
  const django = templates.find((one) => one.id === 'django-service');
  assert.deepEqual(
    django?.inputs.map((one) => [one.key, one.required]),
    [
      ['name', true],
      ['description', false],
      ['owner', true],
    ],
  );
});

test('wrong use is told apart from everything else', async () => {
  assert.equal((await cli(['nonsense'])).code, 2);
  assert.equal((await cli(['new', 'nonsense', 'x'])).code, 2);
  assert.equal((await cli(['new', '--help'])).code, 0);
  assert.equal((await cli([])).code, 0);
});
