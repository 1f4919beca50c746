import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { cli, cliPath } from '../helpers/cli';

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
  assert.deepEqual(Object.keys(result as object), ['dir', 'template', 'files', 'next']);
  assert.ok(files.every((one) => Object.keys(one).join() === 'path,kind'));
  assert.equal(dir, at('order-items'));
  assert.deepEqual(Object.keys(template as object), ['id', 'version']);
  assert.ok(
    files.length > 40 && files.every((file) => file.kind === 'create' && existsSync(join(dir, file.path))),
  );
  assert.ok(next.includes('make setup'));
  const git = (...args: readonly string[]): string =>
    execFileSync('git', [...args], { cwd: dir, encoding: 'utf8' }).trim();
  assert.equal(git('status', '--porcelain', '--ignored'), '', 'no file of its own is ignored by the service');
  assert.deepEqual(git('ls-files').split('\n').sort(), files.map((file) => file.path).sort());
  assert.equal(git('log', '--format=%an <%ae>'), 'A <a@example.com>');
  assert.match(git('log', '--format=%s'), /^Start from django-service/);
  assert.equal(git('branch', '--show-current'), 'main');
  assert.match(readFileSync(join(dir, 'servicewright.yaml'), 'utf8'), /^name: order-items$/m);
  assert.deepEqual(readdirSync(world.root), ['order-items']);
});

test('a dry run says the same as the run and writes nothing', async () => {
  const dry = await make(at('orders'), '--dry-run', '--json');
  assert.equal(dry.code, 0, dry.stderr);
  assert.deepEqual(readdirSync(world.root), []);
  assert.match(
    (await make(at('orders'), '--dry-run')).stdout,
    /A dry run: \d+ files for .*nothing was written/,
  );
  const wet = await make(at('orders'), '--json');
  assert.equal(wet.stdout, dry.stdout);
});

test('a dry run over a service compares each file, and ends as the run would', async () => {
  assert.equal((await make(at('orders'))).code, 0);
  writeFileSync(at('orders', 'Makefile'), 'mine');
  rmSync(at('orders', 'Procfile'));
  const dry = await make(at('orders'), '--dry-run', '--json');
  assert.equal(dry.code, 2);
  assert.match(dry.stderr, /holds 1 file that the template would write otherwise; nothing was written/);
  assert.match(dry.stderr, /^ {2}Makefile\n.*\nhint: Add --on-conflict keep or --on-conflict overwrite$/m);
  const { files } = JSON.parse(dry.stdout) as { files: { path: string; kind: string }[] };
  const others = files.filter((file) => file.kind !== 'same');
  assert.deepEqual(others, [
    { path: 'Makefile', kind: 'conflict' },
    { path: 'Procfile', kind: 'create' },
  ]);
  assert.equal(readFileSync(at('orders', 'Makefile'), 'utf8'), 'mine');
});

test('answers come from a file, from stdin and from --set, which wins', async () => {
  writeFileSync(at('answers.yaml'), 'name: shop\nowner: team-a\ndescription: From a file\n');
  const dir = at('somewhere');
  const answers = ['new', 'django-service', dir, '--answers', at('answers.yaml'), '--set', 'owner=team-b'];
  assert.equal((await cli(answers)).code, 0);
  const manifest = readFileSync(join(dir, 'servicewright.yaml'), 'utf8');
  assert.match(manifest, /^name: shop$/m);
  assert.match(manifest, /^owner: team-b$/m);
  assert.match(manifest, /From a file/);
  const piped = await cli(['new', 'django-service', at('piped'), '--answers', '-', '--json'], {
    stdin: '{"owner": "team-c", "description": "a=b=c"}',
  });
  assert.equal(piped.code, 0, piped.stderr);
  assert.match(readFileSync(at('piped', 'servicewright.yaml'), 'utf8'), /a=b=c/);
});

test('git without an author leaves the files staged, and a missing git is said', async () => {
  const authorless = { HOME: world.root, XDG_CONFIG_HOME: world.root, GIT_CONFIG_NOSYSTEM: '1' };
  const args = ['new', 'django-service', at('orders'), '--set', 'owner=a'];
  const staged = await cli(args, { env: authorless });
  assert.equal(staged.code, 0, staged.stderr);
  assert.match(staged.stdout, /staged in git but not committed, because git has no author yet/);
  const git = (...of: readonly string[]): string =>
    execFileSync('git', [...of], { cwd: at('orders'), encoding: 'utf8' });
  assert.match(git('status', '--porcelain'), /^A {2}Makefile$/m);
  mkdirSync(at('bin'));
  symlinkSync(process.execPath, at('bin', 'node'));
  const second = ['new', 'django-service', at('second'), '--set', 'owner=a'];
  const missing = await cli([...second, '--json'], { env: { PATH: at('bin') } });
  assert.equal(missing.code, 0, missing.stderr);
  assert.match(
    missing.stderr,
    /^Wrote \d+ files to .*, without a git repository, because git is not on the PATH\.$/m,
  );
  const { byHand } = JSON.parse(missing.stdout) as { byHand: string[] };
  assert.deepEqual(byHand, ['Run git init, git add --all and git commit in its folder.']);
  assert.ok(existsSync(at('second', 'Makefile')) && !existsSync(at('second', '.git')));
});

test('inside a repository the service joins it, unless it is ignored there', async () => {
  execFileSync('git', ['init', '--quiet', at('mono')]);
  writeFileSync(at('mono', '.gitignore'), 'scratch/\n');
  const inside = await make(at('mono', 'orders'));
  assert.equal(inside.code, 0, inside.stderr);
  assert.match(inside.stdout, /inside a git repository that is there already/);
  assert.ok(!existsSync(at('mono', 'orders', '.git')));
  assert.equal((await make(at('mono', 'scratch', 'orders'))).code, 0);
  assert.ok(existsSync(at('mono', 'scratch', 'orders', '.git')));
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
  await refused(/asks nothing called "nmae", perhaps you mean name/, at('orders'), '--set', 'nmae=a');
  await refused(/--set takes key=value, not "owner"/, at('orders'), '--set', 'owner');
  await refused(/owner can't be "A B"/, at('orders'), '--set', 'owner=A B');
  await refused(/description can't be .* Use one line of plain text/, at('x'), '--set', 'description=a\nb');
  await refused(
    /The answers in .*nowhere\.yaml can't be used/,
    at('orders'),
    '--answers',
    at('nowhere.yaml'),
  );
  await refused(/hint: servicewright new --help/, at('orders'), '--set');
});

test('an existing folder is left alone to the byte unless it is said what becomes of its files', async () => {
  mkdirSync(at('orders'));
  writeFileSync(at('orders', 'Makefile'), 'mine');
  const run = await make(at('orders'));
  assert.equal(run.code, 2);
  assert.match(run.stderr, /holds 1 file that the template would write otherwise/);
  assert.equal(readFileSync(at('orders', 'Makefile'), 'utf8'), 'mine');
  assert.deepEqual(readdirSync(at('orders')), ['Makefile']);
  const wrong = await make(at('orders'), '--on-conflict', 'kep');
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /--on-conflict can't be "kep", perhaps you mean keep/);
  const kept = await make(at('orders'), '--on-conflict', 'keep');
  assert.equal(kept.code, 0, kept.stderr);
  assert.match(kept.stdout, /^Kept 1 file as they were: Makefile\.$/m);
  assert.match(kept.stdout, /not committed, because the folder was there already/);
  assert.equal(readFileSync(at('orders', 'Makefile'), 'utf8'), 'mine');
  assert.ok(existsSync(at('orders', 'manage.py')) && !existsSync(at('orders', '.git')));
  const replaced = await make(at('orders'), '--on-conflict', 'overwrite', '--json');
  assert.equal(replaced.code, 0, replaced.stderr);
  const { files } = JSON.parse(replaced.stdout) as {
    files: { path: string; kind: string; decision?: string }[];
  };
  assert.deepEqual(
    files.filter((one) => one.kind !== 'same'),
    [{ path: 'Makefile', kind: 'conflict', decision: 'overwrite' }],
  );
  assert.notEqual(readFileSync(at('orders', 'Makefile'), 'utf8'), 'mine');
});

test('a fresh clone gets a service, and its own lines stay', async () => {
  execFileSync('git', ['init', '--quiet', at('clone')]);
  writeFileSync(at('clone', '.gitignore'), 'mine/\n');
  writeFileSync(at('clone', 'LICENSE'), 'MIT');
  const run = await make(at('clone'), '--set', 'name=orders');
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /^ {2}merge {5}\.gitignore$/m);
  assert.match(readFileSync(at('clone', '.gitignore'), 'utf8'), /[^]\nmine\/\n$/);
  assert.equal(readFileSync(at('clone', 'LICENSE'), 'utf8'), 'MIT');
  assert.equal(
    execFileSync('git', ['status', '--porcelain'], { cwd: at('clone'), encoding: 'utf8' }).includes(
      '?? Makefile',
    ),
    true,
  );
});

test('a file in the way is said', async () => {
  writeFileSync(at('file'), 'x');
  const run = await make(at('file', 'orders'));
  assert.equal(run.code, 2);
  assert.match(run.stderr, /can't hold a service because a file stands there/);
});

/** Root may write everywhere, so root runs the command line as nobody. */
const nobody = process.getuid?.() === 0 ? { uid: 65534 } : {};

test('a folder that may not be written to is said', async (t) => {
  const readable = spawnSync(process.execPath, [cliPath, '--help'], nobody);
  if (readable.status !== 0) return t.skip('nobody may read the folder of this repository');
  mkdirSync(at('locked'));
  chmodSync(world.root, 0o755);
  chmodSync(at('locked'), 0o555);
  const run = await cli(['new', 'django-service', at('locked', 'orders'), '--set', 'owner=a'], nobody);
  assert.equal(run.code, 2, run.stderr);
  assert.match(run.stderr, /not created because its folder may not be written to/);
  assert.deepEqual(readdirSync(at('locked')), []);
});

test('a read-only disk is said', async (t) => {
  mkdirSync(at('ro'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', at('ro')], { stdio: 'ignore' });
  } catch {
    return t.skip('only root can mount a read-only file system');
  }
  try {
    const run = await make(at('ro', 'orders'));
    assert.equal(run.code, 2);
    assert.match(run.stderr, /not created because its folder is on a read-only disk/);
  } finally {
    execFileSync('umount', [at('ro')]);
  }
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
  const left = readdirSync(world.root);
  assert.ok(
    left.length <= 1 && left.every((name) => /^\.orders\.\d+-[0-9a-f]{8}\.partial$/.test(name)),
    left.join(),
  );
  assert.equal((await make(at('orders'))).code, 0, 'and the next try succeeds');
  assert.deepEqual(readdirSync(world.root), ['orders'], 'and takes away what the killed one left');
});

test('interrupted, it leaves nothing at all', async () => {
  const child = { pid: 0, sent: false };
  // Once: a second Ctrl-C ends a program that does not listen to the first.
  const watcher = watch(world.root, () => {
    if (child.sent || child.pid === 0) return;
    child.sent = true;
    process.kill(child.pid, 'SIGINT');
  });
  const run = await cli(['new', 'django-service', at('orders'), '--set', 'owner=a'], {
    onStart: (pid) => (child.pid = pid),
  });
  watcher.close();
  assert.equal(run.code, 130);
  assert.equal(run.stdout + run.stderr, '', 'and says nothing');
  assert.deepEqual(readdirSync(world.root), []);
});

test('templates are listed with what they ask', async () => {
  const run = await cli(['templates', '--json']);
  const { templates } = JSON.parse(run.stdout) as {
    templates: { id: string; inputs: { key: string; required: boolean }[] }[];
  };
  const django = templates.find((one) => one.id === 'django-service');
  assert.deepEqual(
    django?.inputs.slice(0, 4).map((one) => [one.key, one.required]),
    [
      ['name', true],
      ['description', false],
      ['owner', true],
      ['ci', false],
    ],
  );
});

test('wrong use is told apart from everything else', async () => {
  assert.equal((await cli(['nonsense'])).code, 2);
  const near = await cli(['new', 'django-servce', 'x']);
  assert.equal(near.code, 2);
  assert.match(near.stderr, /no template "django-servce", perhaps you mean django-service/);
  assert.equal((await cli(['new', '--help'])).code, 0);
  assert.equal((await cli([])).code, 0);
});
