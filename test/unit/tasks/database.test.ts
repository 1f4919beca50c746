import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { nodeFiles } from '../../../src/platform/node/files';
import { nodeProcesses } from '../../../src/platform/node/processes';
import { makeSource } from '../../../src/tasks/sources/make';
import { parseDatabase } from '../../../src/tasks/sources/make/database';
import type { TaskList } from '../../../src/tasks/task';

const head = '# GNU Make\n# Make data base, printed on Mon\n\n# Variables\n\n';
const tail = '\n# files hash-table stats:\n# Load=1\n# Finished Make data base on Mon\n';

describe('the data base of make', () => {
  test('of a make that a recipe started while listing is passed over', () => {
    const inner = `${head}# Files\n\ninner: x\n#  Implicit rule search has not been done.\n${tail}`;
    const outer = `${head}# Files\n\nouter: x\n#  Implicit rule search has not been done.\n${tail}`;
    assert.deepEqual(
      parseDatabase(`${inner}${outer}`)?.targets.map(({ name }) => name),
      ['outer'],
    );
  });

  test('is read as make 3.81 writes it, too', () => {
    const text = `${head}# Files\n\n# Not a target:\nx.c:\n#  Implicit rule search has not been done.\n\nall: x.c\n#  Phony target (prerequisite of .PHONY).\n#  commands to execute (from \`Makefile', line 7):\n\t@echo a \\\n\n\techo b\n\n${tail}`;
    assert.deepEqual(parseDatabase(text)?.targets, [
      {
        name: 'all',
        doubleColon: false,
        phony: true,
        prerequisites: ['x.c'],
        recipe: ['@echo a \\\n', 'echo b'],
        recipeAt: { file: 'Makefile', line: 6 },
      },
    ]);
  });

  test('that is not whole is none', () => {
    for (const text of ['', 'make: *** x', head, `${head}# Files\n`, tail])
      assert.equal(parseDatabase(text), undefined);
  });
});

describe('asking make', () => {
  async function inFolder(text: string, work: (list: TaskList, dir: string) => Promise<void>): Promise<void> {
    const dir = await mkdtemp(join(tmpdir(), 'asking-'));
    try {
      await writeFile(join(dir, 'Makefile'), text);
      const list = await makeSource.list({ files: nodeFiles, env: process.env }, dir);
      assert.ok(list);
      await work(list, dir);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  }
  const signal = new AbortController().signal;

  test('gives the names that only a command knows, at the line of their rule', async () => {
    const text =
      'all: ; @true\n$(shell echo one; echo two):\n\t@echo $@\nifeq ($(shell echo x),y)\nnever: ; @true\nendif\n';
    await inFolder(text, async (list) => {
      assert.deepEqual(
        list.tasks.map(({ name }) => name),
        ['all', 'never'],
      );
      const said = await nodeProcesses.run(makeSource.asking.commandLine(list, ['make']), signal);
      const asked = makeSource.asking.merge(list, said);
      assert.deepEqual(
        asked?.tasks.map(({ name, range }) => [name, range.start.line]),
        [
          ['all', 0],
          ['one', 1],
          ['two', 1],
        ],
      );
      assert.equal(asked.isAsked, true);
      assert.deepEqual(asked.unresolved, []);
    });
  });

  test('runs no recipe: not of a Makefile that has a rule, not of a catch-all', async () => {
    const text =
      'include gen.mk\ngen.mk Makefile:\n\ttouch made-$@\n%:\n\t+touch caught\nall: ; +touch all-ran\n';
    await inFolder(text, async (list, dir) => {
      await nodeProcesses.run(makeSource.asking.commandLine(list, ['make']), signal);
      assert.deepEqual(await readdir(dir), ['Makefile']);
    });
  });

  test('ends with everything it started when it is cancelled or prints too much', async () => {
    await inFolder('X := $(shell sleep 600 & echo $$! > child; wait)\nall: $(X)\n', async (list, dir) => {
      const stop = new AbortController();
      const line = { ...makeSource.asking.commandLine(list, ['make']), mostOutput: 1_000_000 };
      const running = nodeProcesses.run(line, stop.signal);
      while (!existsSync(join(dir, 'child'))) await new Promise((next) => setImmediate(next));
      stop.abort();
      await assert.rejects(running, { name: 'AbortError' });
    });
    await inFolder('all: ; @true\n', async (list) => {
      const line = { ...makeSource.asking.commandLine(list, ['make']), mostOutput: 100 };
      await assert.rejects(nodeProcesses.run(line, signal), { name: 'RangeError' });
    });
  });
});
