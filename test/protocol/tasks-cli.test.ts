import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { nodeFiles } from '../../src/platform/node/files';
import { nodeProcesses } from '../../src/platform/node/processes';
import { taskSource } from '../../src/tasks/sources/task';
import { isObject, stringAt } from '../../src/base/json';
import { cli } from '../helpers/cli';
import type { CliRun } from '../helpers/cli';
import { temporaryFolder } from '../helpers/platform';

/** `servicewright tasks` and `servicewright run` as they ship, with the real make. */
describe('tasks and run', () => {
  let root = '';
  let project = '';
  const run = (...args: readonly string[]): Promise<CliRun> => cli(args, { cwd: project });

  before(async () => {
    root = await temporaryFolder();
    project = join(root, 'project');
    await cp('test/fixtures/tasks/project', project, { recursive: true });
  });
  after(() => rm(root, { recursive: true, force: true }));

  test('tasks --json prints one document and nothing else', async () => {
    const { code, stdout, stderr } = await run('tasks', '--json');
    assert.equal(code, 0);
    assert.equal(stderr, '');
    assert.deepEqual(JSON.parse(stdout), {
      tasks: [
        {
          name: 'from-common',
          source: 'make',
          file: 'mk/common.mk',
          line: 2,
          description: 'Checks that the entry Makefile is the one that make reads',
          entry: 'Makefile',
        },
        {
          name: 'greet',
          source: 'make',
          file: 'Makefile',
          line: 7,
          description: 'Says the greeting',
          entry: 'Makefile',
        },
        {
          name: 'fail',
          source: 'make',
          file: 'Makefile',
          line: 11,
          description: 'Ends with an error',
          entry: 'Makefile',
        },
        {
          name: 'write-arguments',
          source: 'make',
          file: 'Makefile',
          line: 15,
          description: 'Writes what it was given.',
          entry: 'Makefile',
        },
        { name: 'out/result.txt', source: 'make', file: 'Makefile', line: 18, entry: 'Makefile' },
      ],
      unresolved: [{ name: '$(shell ls commands 2>/dev/null)', file: 'mk/common.mk', line: 5 }],
    });
  });

  test('paths are relative to the folder that is listed', async () => {
    const { stdout } = await cli(['tasks', 'docs', '--json'], { cwd: project });
    const value: unknown = JSON.parse(stdout);
    assert.ok(isObject(value) && Array.isArray(value['tasks']));
    const [task]: readonly unknown[] = value['tasks'];
    assert.equal(stringAt(task, 'name'), 'html');
    assert.equal(stringAt(task, 'file'), 'Makefile');
  });

  test('tasks prints a table for people', async () => {
    const { code, stdout } = await run('tasks');
    assert.equal(code, 0);
    assert.match(stdout, /^Say$/m);
    assert.match(stdout, /^ {2}greet {12}Says the greeting$/m);
    assert.match(stdout, /^\* from-common {2}Checks/m);
    assert.match(stdout, /^Files\n {2}out\/result\.txt {2}Makefile:19$/m);
    assert.match(stdout, /^ {2}\$\(shell ls commands .* mk\/common\.mk:6$/m);
  });

  test('listing runs nothing, however hostile the Makefile', async () => {
    const dir = join(root, 'hostile');
    await mkdir(dir);
    const trap = 'touch trap';
    const text = `A := $(shell ${trap})\nB != ${trap}\n$(file >trap,x)\ninclude gen.mk\ngen.mk:\n\t${trap}\nMakefile:\n\t${trap}\n%:\n\t${trap}\nall: $(shell ${trap})\n\t+${trap}\n$(eval $(shell ${trap}))\nload ./trap.so\nSHELL := ${trap}\n`;
    await writeFile(join(dir, 'Makefile'), text);
    const { code, stdout } = await cli(['tasks', dir, '--json']);
    assert.equal(code, 0);
    assert.match(stdout, /"name":"all"/);
    await assert.rejects(readFile(join(dir, 'trap')), { code: 'ENOENT' });
    await assert.rejects(readFile(join(dir, 'gen.mk')), { code: 'ENOENT' });
  });

  test('run passes the output and the exit code of make on', async () => {
    const good = await run('run', 'greet');
    assert.equal(good.code, 0);
    assert.equal(good.stdout, 'hello from project\n');
    const bad = await run('run', 'fail');
    assert.equal(bad.code, 2, 'make ends with 2 when a recipe fails');
    assert.match(bad.stderr, /Error 3/);
  });

  test('run gives make what follows --, as it is', async () => {
    const { code, stderr } = await run('run', 'write-arguments', '.', '--', 'WORDS=a  b; $(HOME)');
    assert.equal(code, 0, stderr);
    assert.equal(
      await readFile(join(project, 'arguments.txt'), 'utf8'),
      `a  b; ${process.env['HOME'] ?? ''}\n`,
    );
  });

  test('run finds the Makefile of another folder, and works in that folder', async () => {
    const { code, stdout } = await cli(['run', 'html', 'project/docs'], { cwd: root });
    assert.equal(code, 0);
    assert.equal(stdout, 'pages in docs\n');
  });

  test('run starts a target of an included file through the entry', async () => {
    const { code, stdout } = await run('run', 'from-common');
    assert.equal(code, 0);
    assert.equal(stdout, 'common\n');
  });

  test('run takes names that a pattern makes', async () => {
    const { code, stdout } = await run('run', 'say-this');
    assert.equal(code, 0);
    assert.equal(stdout, 'this\n');
  });

  test('run leaves names to make where only make knows them all, and says what is near', async () => {
    const { code, stderr } = await run('run', 'gret');
    assert.equal(code, 2);
    assert.match(stderr, /^note: gret is not among .* Did you mean greet\?$/m);
    assert.match(stderr, /No rule to make target/);
  });

  test('run of an unknown target names near ones and runs nothing', async () => {
    const { code, stdout, stderr } = await cli(['run', 'htm'], { cwd: join(project, 'docs') });
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.equal(stderr, 'error: Makefile has no target "htm".\nhint: Did you mean html?\n');
  });

  test('a folder without a Makefile is wrong use', async () => {
    for (const args of [
      ['tasks', root],
      ['run', 'x', root],
      ['tasks', join(root, 'gone')],
    ]) {
      const { code, stderr } = await cli(args);
      assert.equal(code, 2, args.join(' '));
      assert.match(
        stderr,
        /^error: \/.* holds no Makefile, justfile or Taskfile, so there is nothing to list or run\.$/m,
      );
    }
  });

  test('without make run says how to get it', async () => {
    const { code, stderr } = await cli(['run', 'greet'], { cwd: project, env: { PATH: root } });
    assert.equal(code, 2);
    assert.match(stderr, /^error: make is not on the PATH, .*; install it with .*\.$/m);
  });

  test('an empty, a binary and an unreadable Makefile are survived', async () => {
    const dir = join(root, 'odd');
    await mkdir(dir);
    const file = join(dir, 'Makefile');
    await writeFile(file, '');
    assert.equal((await cli(['tasks', dir])).stdout, 'No targets.\n');
    await writeFile(file, Buffer.from([0, 1, 2, 0xff, 0xfe, 10, 97, 58, 32, 98, 10]));
    assert.match((await cli(['tasks', dir])).stdout, /\ba\b/);
  });

  test('a Makefile that can not be read is named', async () => {
    const dir = join(root, 'locked');
    await mkdir(dir);
    await writeFile(join(dir, 'Makefile'), 'a: b\n');
    await chmod(join(dir, 'Makefile'), 0);
    await chmod(root, 0o755);
    const { code, stderr } = await cli(['tasks', dir], process.getuid?.() === 0 ? { uid: 65534 } : {});
    assert.equal(code, 2, stderr);
    assert.match(stderr, /^error: The Makefile in .*locked can’t be read: EACCES/m);
  });

  test('lists and runs recipes of a justfile beside a Makefile, and passes arguments and the exit code on', async () => {
    const dir = join(root, 'both');
    await cp('test/fixtures/tasks/just', dir, { recursive: true });
    await writeFile(join(dir, 'Makefile'), 'build: ; @echo made\n');
    const { stdout } = await cli(['tasks', dir, '--json']);
    assert.match(stdout, /"name":"build","source":"make"/);
    assert.match(
      stdout,
      /"name":"docs::serve","source":"just","file":"docs.just","line":1,.*"entry":"justfile"/,
    );
    await assert.rejects(readFile(join(dir, 'trap')), { code: 'ENOENT' });
    const just = resolve('node_modules', `rust-just-${process.platform}-${process.arch}`, 'bin');
    const env = { PATH: `${just}${delimiter}${process.env['PATH'] ?? ''}` };
    const greeted = await cli(['run', 'greet', dir, '--', 'a b', 'c'], { env });
    assert.equal(greeted.stdout, 'hello a b c\nlabel: value\n', greeted.stderr);
    assert.equal((await cli(['run', 'fail', dir], { env })).code, 3);
    assert.equal((await cli(['run', 'build', dir], { env })).stdout, 'made\n');
    const missing = await cli(['run', 'greet', dir], { env: { PATH: root } });
    assert.match(missing.stderr, /^error: just is not on the PATH/m);
  });

  test('lists tasks of a Taskfile', async () => {
    const { stdout } = await cli(['tasks', 'test/fixtures/tasks/task']);
    assert.match(stdout, /greet {4}Says the greeting/);
    assert.match(stdout, /^docs$/m);
    assert.match(stdout, /1 line that only task can name targets of/);
  });

  test(
    'a Taskfile runs with the real task, and is listed as task lists it',
    { timeout: 300_000 },
    async () => {
      const bin = join(root, 'task-bin');
      await promisify(execFile)('python3', [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--target',
        bin,
        'go-task-bin==3.54.0',
      ]);
      const env = { PATH: `${join(bin, 'bin')}${delimiter}${process.env['PATH'] ?? ''}` };
      const dir = join(root, 'taskfile');
      await cp('test/fixtures/tasks/task', dir, { recursive: true });
      const text = await readFile(join(dir, 'Taskfile.yml'), 'utf8');
      await writeFile(join(dir, 'Taskfile.yml'), text.replace(/^ {2}far:.*\n/m, ''));
      const run = await cli(['run', 'greet', dir, '--', 'NAME=you'], { env });
      assert.match(run.stdout, /hello you/, run.stderr);
      const list = await taskSource.list({ files: nodeFiles }, dir);
      assert.ok(list);
      const line = { ...taskSource.asking.commandLine(list, [join(bin, 'bin', 'task')]) };
      const said = await nodeProcesses.run(line, new AbortController().signal);
      const asked = taskSource.asking.merge(list, said);
      assert.deepEqual(
        asked?.tasks.map(({ name }) => name),
        list.tasks.map(({ name }) => name),
        said.stderr,
      );
    },
  );
});
