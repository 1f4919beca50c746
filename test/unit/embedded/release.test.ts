import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, readlink, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { readRequirements } from '../../../src/embedded/build/requirements';
import { parseAppJson } from '../../../src/embedded/release/app-json';
import { buildEnvironment, runEnvironment } from '../../../src/embedded/release/environment';
import { explain } from '../../../src/embedded/release/explain';
import { parseProcfile } from '../../../src/embedded/release/procfile';
import { takeSnapshot } from '../../../src/embedded/release/snapshot';
import { temporaryFolder, writeFiles } from '../../helpers/platform';

test('a Procfile: comments, blank lines, CRLF and colons in commands', () => {
  const text = '# all\r\n\r\nweb: gunicorn a:b --bind 0.0.0.0:$PORT\r\nworker-2:   run\n';
  assert.deepEqual(parseProcfile(text, '/s'), {
    web: 'gunicorn a:b --bind 0.0.0.0:$PORT',
    'worker-2': 'run',
  });
});

test('a Procfile that can’t be used says why, line by line', () => {
  assert.throws(() => parseProcfile(undefined, '/s'), { code: 'embedded/no-procfile' });
  assert.throws(() => parseProcfile('', '/s'), { code: 'embedded/no-web-process' });
  assert.throws(() => parseProcfile('release: x', '/s'), { message: /no web process, only release; add/ });
  assert.throws(() => parseProcfile('web: a\nweb: b\nweb\nweb:\n', '/s'), {
    code: 'embedded/broken-procfile',
    lines: [
      'line 2: web is there twice',
      'line 3: "web" is not "<type>: <command>"',
      'line 4: "web:" is not "<type>: <command>"',
    ],
  });
});

test('app.json: a value, a secret, what is required, and what is none', () => {
  const text = '{"env":{"A":"1","B":{"value":"2"},"C":{"generator":"secret"},"D":{},"E":{"required":false}}}';
  assert.deepEqual(
    parseAppJson(text, '/s').map((one) => [one.name, one.value, one.isSecret, one.isRequired]),
    [
      ['A', '1', false, false],
      ['B', '2', false, false],
      ['C', undefined, true, false],
      ['D', undefined, false, true],
      ['E', undefined, false, false],
    ],
  );
  assert.deepEqual(parseAppJson(undefined, '/s'), []);
  assert.deepEqual(parseAppJson('{}', '/s'), []);
  for (const broken of ['', '[]', '{"env":[]}', '{"env":{"a b":"1"}}', 'nonsense'])
    assert.throws(() => parseAppJson(broken, '/s'), { code: 'embedded/broken-app-json' }, broken);
});

test('the lines that explain: the last traceback, else the last error, else the end', () => {
  const frames = Array.from({ length: 30 }, (_, n) => `  File "a.py", line ${n}`);
  const traceback = [
    'Traceback (most recent call last):',
    ...frames,
    'ValueError: no',
    '',
    'make: *** failed',
  ];
  const lines = explain(['starting', ...traceback]);
  assert.equal(lines.length, 12);
  assert.deepEqual(lines.slice(-2), ['ValueError: no', 'make: *** failed']);
  assert.deepEqual(explain(['one', 'two', '']), ['one', 'two']);
  const noise = Array.from({ length: 20 }, (_, n) => `noise ${n}`);
  assert.equal(explain(['ERROR: no matching version', ...noise])[0], 'ERROR: no matching version');
  assert.deepEqual(explain([]), []);
});

test('processes inherit what a machine needs, and builds where packages come from', () => {
  const env = {
    PATH: '/bin',
    HOME: '/h',
    LC_ALL: 'C',
    AWS_SECRET: 's',
    PIP_INDEX_URL: 'u',
    https_proxy: 'p',
    NONE: undefined,
  };
  assert.deepEqual(runEnvironment(env), { PATH: '/bin', HOME: '/h', LC_ALL: 'C', https_proxy: 'p' });
  assert.equal(buildEnvironment(env)['PIP_INDEX_URL'], 'u');
  assert.equal(buildEnvironment(env)['AWS_SECRET'], undefined);
});

describe('in a folder', () => {
  let root: string;
  let source: string;
  beforeEach(async () => {
    root = await temporaryFolder();
    source = join(root, 'source');
    await mkdir(source);
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const take = async (signal = new AbortController().signal) =>
    takeSnapshot(source, join(root, 'slugs'), signal);
  const filesIn = async (dir: string): Promise<readonly string[]> => {
    const entries = await readdir(dir, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
      .toSorted();
  };

  test('a snapshot keeps what git keeps, and what .slugignore does not name', async () => {
    await writeFiles(source, {
      '.gitignore': '*.log\n/dist/\n!keep.log\n',
      '.slugignore': 'docs/\n',
      'a.py': 'a',
      'x.log': '',
      'keep.log': '',
      'dist/out.js': '',
      'sub/dist/in.js': '',
      'sub/.gitignore': '!x.log\nsecret*\n',
      'sub/x.log': '',
      'sub/secret.txt': '',
      'docs/page.md': '',
      '.git/HEAD': 'ref',
      '.venv/pyvenv.cfg': '',
      '.venv/bin/python': '',
      'pkg/__pycache__/a.pyc': '',
    });
    const slug = await take();
    assert.deepEqual(await filesIn(slug.dir), [
      '.gitignore',
      '.slugignore',
      'a.py',
      'keep.log',
      'sub/.gitignore',
      'sub/dist/in.js',
      'sub/x.log',
    ]);
  });

  test('a service in a folder of a repository heeds the rules above it', async () => {
    await mkdir(join(root, '.git', 'info'), { recursive: true });
    await writeFiles(root, { '.gitignore': '*.tmp\n', '.git/info/exclude': 'mine.txt\n' });
    await writeFiles(source, { 'a.tmp': '', 'mine.txt': '', 'b.py': '' });
    assert.deepEqual(await filesIn((await take()).dir), ['b.py']);
  });

  test('equal content is one slug, whatever the times; another mode or name is another', async () => {
    await writeFiles(source, { 'run.sh': 'echo', 'b.py': 'b' });
    const first = await take();
    assert.equal((await take()).id, first.id);
    await chmod(join(source, 'run.sh'), 0o755);
    const second = await take();
    assert.notEqual(second.id, first.id);
    assert.equal((await stat(join(second.dir, 'run.sh'))).mode & 0o111, 0o111);
    assert.equal((await stat(join(first.dir, 'run.sh'))).mode & 0o111, 0);
    assert.deepEqual((await readdir(join(root, 'slugs'))).toSorted(), [first.id, second.id].toSorted());
  });

  test('links inside are kept, links out are left out and named', async () => {
    await writeFiles(source, { 'sub/a.txt': 'a' });
    await symlink('sub/a.txt', join(source, 'inside'));
    await symlink(join(source, 'sub'), join(source, 'absolute'));
    await symlink('/etc/passwd', join(source, 'outside'));
    await symlink('nowhere', join(source, 'dangling'));
    const slug = await take();
    assert.equal(await readFile(join(slug.dir, 'inside'), 'utf8'), 'a');
    assert.equal(await readlink(join(slug.dir, 'absolute')), 'sub');
    assert.deepEqual(slug.strayLinks, ['dangling', 'outside']);
  });

  test('a cancelled snapshot leaves nothing', async () => {
    await writeFiles(source, { 'a.py': '' });
    await assert.rejects(take(AbortSignal.abort()), { name: 'AbortError' });
    assert.deepEqual(await readdir(join(root, 'slugs')), []);
  });

  test('DATABASE_URL in a file asks for a database, in prose it does not', async () => {
    await writeFiles(source, { 'README.md': 'DATABASE_URL', 'a.py': '' });
    assert.equal((await take()).wantsDatabase, undefined);
    await writeFiles(source, { 'config/base.py': 'env("DATABASE_URL")' });
    assert.equal((await take()).wantsDatabase, 'config/base.py');
  });

  test('requirements: the same packages are the same environment, and hashes are seen', async () => {
    const read = async (slug = 's1') => readRequirements(source, slug);
    const printOf = async (slug?: string) => (await read(slug))?.fingerprint ?? '';
    assert.equal(await read(), undefined);
    await writeFiles(source, { 'pyproject.toml': '' });
    assert.equal((await read())?.kind, 'project');
    assert.notEqual(await printOf('s1'), await printOf('s2'));
    await writeFiles(source, { 'requirements.txt': 'django==5.2 \\\n    --hash=sha256:ab\n' });
    const first = await read('s1');
    assert.deepEqual([first?.kind, first?.hashes], ['requirements', true]);
    assert.equal(await printOf('s2'), first?.fingerprint, 'the tree does not matter');
    await writeFiles(source, {
      'requirements.txt': '-r more/base.txt\n',
      'more/base.txt': '-r base.txt\n-c c.txt\na\n',
      'more/c.txt': '1',
    });
    const included = await printOf();
    await writeFiles(source, { 'more/c.txt': '2' });
    assert.notEqual(await printOf(), included);
    for (const line of ['-e .', '.', './lib', 'x @ file:///x', '--editable=./y']) {
      await writeFiles(source, { 'requirements.txt': `${line}\n` });
      assert.notEqual(await printOf('s1'), await printOf('s2'), line);
    }
  });
});
