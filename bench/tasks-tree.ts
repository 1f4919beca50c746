/**
 * A tree of 5,000 Makefiles: how soon the view shows something, how soon it knows them all, what reading costs.
 * `node test/run.mjs bench tasks-tree`. Aims: first results within 200 ms, memory bounded.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withEditor } from '../test/editor/driver';
import { nodeFiles } from '../src/platform/node/files';
import { taskSources } from '../src/tasks';
import type { TaskList } from '../src/tasks';

const count = 5_000;
/** As many lists as the view keeps. */
const kept = 600;

async function createTree(root: string): Promise<readonly string[]> {
  const dirs = Array.from({ length: count }, (_, at) => join(root, `part${at % 100}`, `package${at}`));
  for (const [at, dir] of dirs.entries()) {
    await mkdir(dir, { recursive: true });
    await writeFile(
      join(dir, 'Makefile'),
      `NAME ?= package${at}\n.PHONY: build test lint\n\nbuild: test ## Builds\n\t@echo $(NAME)\ntest: ## Tests\n\t@true\nlint:\n\t@true\n`,
    );
  }
  await writeFile(join(root, 'Makefile'), 'top: ## Does it all\n\t@true\n');
  return dirs;
}

const since = (start: number): string => `${(performance.now() - start).toFixed(0)} ms`;

async function reading(dirs: readonly string[]): Promise<void> {
  const [make] = taskSources;
  const lists: TaskList[] = [];
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const start = performance.now();
  let longest = 0;
  for (const dir of dirs) {
    const one = performance.now();
    const list = await make?.list({ files: nodeFiles }, dir);
    longest = Math.max(longest, performance.now() - one);
    if (list && lists.length < kept) lists.push(list);
  }
  const heap = (process.memoryUsage().heapUsed - before) / 1e6;
  console.log(
    `reading ${count} files one after the other   ${since(start)}, the longest ${longest.toFixed(1)} ms`,
  );
  console.log(`heap after it, with ${lists.length} lists kept        ${heap.toFixed(0)} MB`);
}

/** What the window itself takes, whatever the tree. */
async function firstRow(workspace: string): Promise<void> {
  await withEditor({ workspace, journey: 'bench-tasks-one' }, async (editor) => {
    await editor.runCommand('Servicewright: Refresh Tasks');
    const start = performance.now();
    await editor.page.getByRole('tab', { name: 'Servicewright' }).click();
    await editor.treeRow('Builds').first().waitFor();
    console.log(`view opened → first row                    ${since(start)}`);
  });
}

async function inEditor(workspace: string): Promise<void> {
  await withEditor({ workspace, journey: 'bench-tasks-tree' }, async (editor) => {
    await editor.runCommand('Servicewright: Refresh Tasks');
    const start = performance.now();
    await editor.page.getByRole('tab', { name: 'Servicewright' }).click();
    // The folder's own Makefile is there before the others are known.
    await editor.treeRow('Does it all').first().waitFor();
    console.log(`view opened → first row                    ${since(start)}`);
    await editor.treeRow('part0/package0/Makefile').waitFor({ timeout: 60_000 });
    console.log(`view opened → all ${count} files are known     ${since(start)}`);
    const opened = performance.now();
    await editor.treeRow('part0/package0/Makefile').click();
    await editor.treeRow('Builds').first().waitFor();
    console.log(`a row opened → its targets                 ${since(opened)}`);
    const typed = performance.now();
    await editor.palette('Tasks: Run Task');
    console.log(`the palette answers after                  ${since(typed)}`);
    await editor.screenshot('tree');
  });
}

async function main(): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'many-makefiles-'));
  try {
    const dirs = await createTree(root);
    await reading(dirs);
    const one = join(root, 'part0', 'package0');
    console.log('a folder with one Makefile:');
    await firstRow(one);
    console.log(`${count} Makefiles:`);
    await inEditor(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

void main();
