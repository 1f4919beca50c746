import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { groupOf } from '../../../src/tasks/task';
import type { TaskList } from '../../../src/tasks/task';
import { makeSource } from '../../../src/tasks/sources/make';
import { isActionName } from '../../../src/tasks/sources/make/names';
import { memoryFiles } from '../../helpers/files';

async function list(
  texts: Readonly<Record<string, string>>,
  machine?: { platform: string; arch: string },
): Promise<TaskList> {
  const found = await makeSource.list(
    { files: memoryFiles(texts), env: {}, ...(machine ? { machine } : {}) },
    '/p',
  );
  assert.ok(found);
  return found;
}

const names = ({ tasks }: TaskList): readonly string[] => tasks.map(({ name }) => name);

describe('the entry of a folder', () => {
  test('is the file that make would take', async () => {
    const texts = { '/p/Makefile': 'a: x\n', '/p/makefile': 'b: x\n', '/p/GNUmakefile': 'c: x\n' };
    assert.equal((await list(texts)).entry, '/p/GNUmakefile');
    assert.equal((await list({ '/p/Makefile': '', '/p/makefile': '' })).entry, '/p/makefile');
  });

  test('names itself as entry of the targets of included files', async () => {
    const found = await list({
      '/p/Makefile': 'include mk/a.mk\n-include gone.mk\n',
      '/p/mk/a.mk': 'a: x\n',
    });
    const [task] = found.tasks;
    assert.equal(task?.file, '/p/mk/a.mk');
    assert.equal(task?.entry, '/p/Makefile');
    assert.deepEqual(found.dependsOn, ['/p/Makefile', '/p/mk/a.mk', '/p/gone.mk']);
  });

  test('is read round by round, as deep as its includes go', async () => {
    const depth = 20;
    const texts = Object.fromEntries(
      Array.from({ length: depth }, (_, i) => [`/p/${i}.mk`, `t${i}: x\ninclude ${i + 1}.mk\n`]),
    );
    const found = await list({ ...texts, '/p/Makefile': 'include 0.mk\n' });
    assert.equal(found.tasks.length, depth);
    assert.equal(found.truncated, false);
  });

  test('can ask for files with wildcards', async () => {
    const found = await list({
      '/p/Makefile': 'include $(wildcard mk/*.mk)\n$(notdir $(wildcard src/*/main.c)): x\n',
      '/p/mk/b.mk': 'b: x\n',
      '/p/mk/a.mk': 'a: x\n',
      '/p/src/one/main.c': '',
    });
    assert.deepEqual(names(found), ['a', 'b', 'main.c']);
  });

  test('is read although a file that it includes can not be', async () => {
    const files = memoryFiles({ '/p/Makefile': 'include folder\na: x\n' });
    const failing = {
      ...files,
      readText: async (path: string) => {
        if (path === '/p/folder') throw new Error('EISDIR');
        return files.readText(path);
      },
    };
    const found = await makeSource.list({ files: failing }, '/p');
    assert.ok(found);
    assert.deepEqual(names(found), ['a']);
  });
});

describe('what is known without running anything', () => {
  const text = {
    '/p/Makefile': `ROOT := $(shell git rev-parse --show-toplevel 2>/dev/null)
$(shell pwd)/a: x
ifeq ($(shell uname -s),Darwin)
mac-$(shell uname -m): x
else
other-$(shell uname -m): x
endif
$(ROOT)/b: x
$(shell whoami)-c: x
`,
    '/p/.git/HEAD': '',
  };

  test('pwd, uname and the top of the repository are answered', async () => {
    assert.deepEqual(names(await list(text, { platform: 'darwin', arch: 'arm64' })), [
      '/p/a',
      'mac-arm64',
      '/p/b',
    ]);
    assert.deepEqual(names(await list(text, { platform: 'linux', arch: 'x64' })), [
      '/p/a',
      'other-x86_64',
      '/p/b',
    ]);
  });

  test('commands that only take a path apart, or wrap what is known, are answered', async () => {
    const commands: Readonly<Record<string, string>> = {
      "sh -c 'uname -s 2>/dev/null || echo not'": 'Linux',
      'uname -s | tr A-Z a-z': 'linux',
      "uname | tr '[:upper:]' '[:lower:]'": 'linux',
      'cd sub && pwd': '/p/sub',
      'cd "sub/.." ; pwd -P': '/p',
      'dirname a/b/c.mk': 'a/b',
      'dirname Makefile': '.',
      'basename $(CURDIR)': 'p',
      'realpath sub/': '/p/sub',
    };
    const lines = Object.keys(commands).map((command, at) => `$(notdir $(shell ${command}))-${at}: x\n`);
    const found = await list(
      { '/p/Makefile': lines.join(''), '/p/sub/a': '' },
      { platform: 'linux', arch: 'x64' },
    );
    assert.deepEqual(
      names(found),
      Object.values(commands).map((value, at) => `${value.split('/').at(-1) ?? ''}-${at}`),
    );
    const others = [
      'cd gone && pwd',
      'cd sub && pwd && ls',
      'dirname',
      'ls',
      'uname -r',
      'echo a | tr a b',
      'basename `pwd`',
    ];
    const open = await list(
      { '/p/Makefile': others.map((one) => `x$(shell ${one}): y\n`).join('') },
      { platform: 'linux', arch: 'x64' },
    );
    assert.deepEqual(names(open), []);
    assert.equal(open.unresolved.length, others.length);
  });

  test('uname is not guessed where the machine is not known', async () => {
    const found = await list(text);
    assert.deepEqual(names(found), ['/p/a', '/p/b']);
    assert.deepEqual(
      found.unresolved.map(({ name }) => name),
      ['mac-$(shell uname -m)', 'other-$(shell uname -m)', '$(shell whoami)-c'],
    );
  });
});

describe('tasks', () => {
  test('tell actions from files', () => {
    for (const name of ['test', 'test-unit', 'py3.11', 'deploy.staging', 'a:b', 'lint_all'])
      assert.equal(isActionName(name), true, name);
    for (const name of ['bin/tool', 'main.o', 'config.h', '.env', 'a b', 'data.JSON', '%'])
      assert.equal(isActionName(name), false, name);
  });

  test('a phony target is an action whatever its name', async () => {
    const { tasks } = await list({ '/p/Makefile': '.PHONY: docs/html\ndocs/html: x\nout/a: x\n' });
    assert.deepEqual(
      tasks.map(({ isAction }) => isAction),
      [true, false],
    );
  });

  test('know the default one', async () => {
    const { tasks } = await list({ '/p/Makefile': 'a: x\nb: x\n' });
    assert.deepEqual(
      tasks.map(({ isDefault }) => isDefault),
      [true, false],
    );
  });

  test('fall into groups by their names', () => {
    const rows = [
      ['test', 'test'],
      ['test-unit', 'test'],
      ['unit-tests', 'test'],
      ['check', 'test'],
      ['build', 'build'],
      ['docker-build', 'build'],
      ['all', 'build'],
      ['clean', 'clean'],
      ['distclean', 'clean'],
      ['latest', undefined],
      ['rebuild-index', undefined],
      ['run', undefined],
    ] as const;
    for (const [name, group] of rows) assert.equal(groupOf(name), group, name);
  });

  test('a name that only a pattern makes is accepted', async () => {
    const found = await list({ '/p/Makefile': 'deploy-%: x\n\t./d $*\n' });
    assert.equal(found.accepts('deploy-staging'), true);
    assert.equal(found.accepts('undeploy'), false);
  });

  test('tell which variables a run may be given', async () => {
    const text = `PORT ?= 8000
HOST ?= $(ADDRESS):$(PORT)
UNUSED ?= 1
TOOL := tool --on $(HOST)
LAZY = $(TOOL) --lazy $(HOST) $(EXTRA)
run: x
\t$(LAZY) $(ARGS) $$(NOT_MAKE) $(call f,$(x)) $@ $(CC)
\${PORT}
`;
    const found = await list({ '/p/Makefile': text });
    const task = found.tasks.find(({ name }) => name === 'run');
    assert.ok(task);
    assert.deepEqual(found.parametersOf(task), [
      { name: 'ARGS', kind: 'variable', default: undefined },
      { name: 'HOST', kind: 'variable', default: '$(ADDRESS):$(PORT)' },
      { name: 'EXTRA', kind: 'variable', default: undefined },
      { name: 'ADDRESS', kind: 'variable', default: undefined },
      { name: 'PORT', kind: 'variable', default: '8000' },
    ]);
  });
});

describe('command lines', () => {
  const line = (entry: string, target: string, args: readonly string[] = [], program = ['make']): unknown =>
    makeSource.commandLine({ entry, target, args, program });

  test('run in the folder of the entry, which is named unless make finds it', () => {
    assert.deepEqual(line('/p/sub/Makefile', 'test'), { file: 'make', args: ['test'], cwd: '/p/sub' });
    assert.deepEqual(line('/p/tools.mk', 'test'), {
      file: 'make',
      args: ['-f', 'tools.mk', 'test'],
      cwd: '/p',
    });
  });

  test('keep arguments apart, and let no target pass for an option', () => {
    assert.deepEqual(line('/p/Makefile', 'a b; rm -rf x', ['V=1 2', '-j4'], ['wsl', '-e', 'make']), {
      file: 'wsl',
      args: ['-e', 'make', 'V=1 2', '-j4', 'a b; rm -rf x'],
      cwd: '/p',
    });
    assert.deepEqual(line('/p/Makefile', '--eval=x'), { file: 'make', args: ['--', '--eval=x'], cwd: '/p' });
  });
});
