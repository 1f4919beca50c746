import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { nodeFiles } from '../../src/platform/node/files';
import { taskSources } from '../../src/tasks';
import type { TaskList } from '../../src/tasks';
import { parseDatabase } from '../../src/tasks/sources/make/database';
import { memoryFiles } from '../helpers/files';

/** What every task source must do, on the fixture that it lists. */
const fixtures: Readonly<Record<string, string>> = { make: 'test/fixtures/tasks/project' };

for (const source of taskSources) {
  const dir = resolve(fixtures[source.id] ?? `test/fixtures/tasks/${source.id}`);
  const list = async (): Promise<TaskList> => {
    const found = await source.list({ files: nodeFiles }, dir);
    assert.ok(found, `${dir} has a file of ${source.id}`);
    return found;
  };

  describe(`source ${source.id}`, () => {
    test('names its files and its program', () => {
      assert.ok(source.files.length > 0 && source.program.length > 0 && source.title !== '');
    });

    test('gives undefined where it has no file', async () => {
      assert.equal(await source.list({ files: memoryFiles({ '/p/readme.txt': '' }) }, '/p'), undefined);
      assert.equal(await source.list({ files: memoryFiles({}) }, '/gone'), undefined);
      assert.equal(await source.read({ files: memoryFiles({}) }, '/gone/file'), undefined);
    });

    test('lists tasks with a name of their own and a place in a file that it read', async () => {
      const { tasks, entry, dependsOn } = await list();
      assert.ok(tasks.length > 0 && dependsOn.includes(entry));
      assert.equal(new Set(tasks.map(({ name }) => name)).size, tasks.length);
      for (const task of tasks) {
        assert.equal(task.source, source.id);
        assert.equal(task.entry, entry);
        assert.ok(dependsOn.includes(task.file), task.file);
        const line = readFileSync(task.file, 'utf8').split('\n')[task.range.start.line] ?? '';
        // A task of a module or of an included file has the name of that in front.
        const word = line.slice(task.range.start.character, task.range.end.character);
        assert.equal(word, task.name.split(source.id === 'make' ? '\n' : /:+/).at(-1));
      }
    });

    test('runs nothing and writes nothing while it lists', async () => {
      const files = (): ReadonlySet<unknown> =>
        new Set(readdirSync(dir, { recursive: true, encoding: 'utf8' }));
      const before = files();
      await list();
      assert.deepEqual(files(), before);
    });

    test('makes a command line of a list of arguments that its program takes', async () => {
      const { entry, tasks } = await list();
      const [task] = tasks;
      const line = source.commandLine({
        entry,
        target: task?.name ?? '',
        args: ['A=b c'],
        program: ['program', 'first'],
      });
      assert.equal(line.file, 'program');
      assert.equal(line.cwd, dir);
      assert.deepEqual(line.args[0], 'first');
      assert.ok(line.args.includes('A=b c') && line.args.includes(task?.name ?? ''));
    });
  });
}

/** Goals in GNU make's own data base: phony, or with a recipe or a prerequisite (`make --print-data-base`). */
function databaseTargets(dir: string, file: string): readonly string[] {
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' };
  const { stdout, error } = spawnSync('make', ['-pRrq', '-f', file, ':'], {
    cwd: dir,
    env,
    encoding: 'utf8',
  });
  if (error) throw error;
  const names = parseDatabase(stdout)?.targets.map(({ name }) => name) ?? [];
  return names.filter((name) => !/^\.[A-Z]+$/.test(name)).toSorted();
}

describe('the make source says what GNU make says', () => {
  const folder = 'test/fixtures/tasks/make';
  const withoutShell = readdirSync(folder).filter(
    (name) => name.endsWith('.mk') && !readFileSync(join(folder, name), 'utf8').includes('$(shell'),
  );
  assert.ok(withoutShell.length >= 5);

  for (const name of withoutShell) {
    test(name, async () => {
      const dir = mkdtempSync(join(tmpdir(), 'make-'));
      try {
        copyFileSync(join(folder, name), join(dir, 'Makefile'));
        const [make] = taskSources.filter(({ id }) => id === 'make');
        const list = await make?.read(
          { files: nodeFiles, env: { PATH: process.env['PATH'] } },
          join(dir, 'Makefile'),
        );
        const names = list?.tasks.map((task) => task.name).toSorted();
        assert.deepEqual(names, databaseTargets(dir, 'Makefile'), basename(name));
        assert.deepEqual(list?.unresolved, []);
      } finally {
        rmSync(dir, { recursive: true, force: true });
      }
    });
  }
});
