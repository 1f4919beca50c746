import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eventually } from './helpers';

const type = 'servicewright';
const deadlineMs = 20_000;

/** Starts waiting before `work` starts, so that nothing is missed. */
async function exitCodeOf(
  isOurs: (task: vscode.Task) => boolean,
  work: () => Thenable<unknown>,
): Promise<number | undefined> {
  const listeners: vscode.Disposable[] = [];
  const ended = new Promise<number | undefined>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the task did not end')), deadlineMs);
    listeners.push(
      { dispose: () => clearTimeout(timer) },
      vscode.tasks.onDidEndTaskProcess(
        ({ execution, exitCode }) => isOurs(execution.task) && resolve(exitCode),
      ),
    );
  });
  try {
    await work();
    return await ended;
  } finally {
    vscode.Disposable.from(...listeners).dispose();
  }
}

describe('Tasks', () => {
  let root = vscode.Uri.file('/');
  let makefile = vscode.Uri.file('/');
  const file = 'tasks-fixture/Makefile';
  const fetchTasks = async (): Promise<readonly vscode.Task[]> =>
    (await vscode.tasks.fetchTasks({ type })).filter(({ definition }) => definition['file'] === file);
  const is = (target: string) => (task: vscode.Task) => task.definition['target'] === target;
  const fetchTask = async (target: string): Promise<vscode.Task> => {
    const found = (await fetchTasks()).find(is(target));
    assert.ok(found, `${target} is a task`);
    return found;
  };
  const lensesOf = async (uri: vscode.Uri): Promise<readonly vscode.CodeLens[]> =>
    vscode.commands.executeCommand<readonly vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);

  before(async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder, 'the suite runs in a workspace');
    root = vscode.Uri.joinPath(folder.uri, 'tasks-fixture');
    makefile = vscode.Uri.joinPath(root, 'Makefile');
    // The suite runs in out/test/host of the repository, wherever the workspace is.
    const fixture = join(__dirname, '..', '..', '..', 'test', 'fixtures', 'tasks', 'project');
    assert.ok(existsSync(fixture), fixture);
    cpSync(fixture, root.fsPath, { recursive: true });
    await vscode.commands.executeCommand('servicewright.tasks.refresh');
  });
  after(() => rmSync(root.fsPath, { recursive: true, force: true }));

  it('are every target of the Makefiles of the workspace', async () => {
    const tasks = await fetchTasks();
    assert.deepEqual(tasks.map(({ definition }) => String(definition['target'])).toSorted(), [
      'fail',
      'from-common',
      'greet',
      'out/result.txt',
      'write-arguments',
    ]);
    const greet = tasks.find(is('greet'));
    assert.equal(greet?.detail, 'Says the greeting');
    assert.ok(
      typeof greet.scope === 'object' &&
        greet.scope.uri.toString() === vscode.workspace.workspaceFolders?.[0]?.uri.toString(),
    );
    const all = await vscode.tasks.fetchTasks({ type });
    const nested = all.find(({ definition }) => definition['file'] === 'tasks-fixture/docs/Makefile');
    assert.equal(nested?.definition['target'], 'html');
  });

  it('run make with a list of arguments, and its exit code arrives', async () => {
    const greet = await fetchTask('greet');
    assert.ok(greet.execution instanceof vscode.ProcessExecution);
    assert.equal(greet.execution.process, 'make');
    assert.deepEqual(greet.execution.args, ['greet']);
    assert.equal(await exitCodeOf(is('greet'), () => vscode.tasks.executeTask(greet)), 0);
    const fail = await fetchTask('fail');
    assert.equal(await exitCodeOf(is('fail'), () => vscode.tasks.executeTask(fail)), 2);
  });

  it('run from an included file through the entry', async () => {
    const task = await fetchTask('from-common');
    assert.equal(await exitCodeOf(is('from-common'), () => vscode.tasks.executeTask(task)), 0);
  });

  it('are made of a definition in tasks.json, with arguments and environment', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    const settings = join(folder.uri.fsPath, '.vscode');
    const before = existsSync(join(settings, 'tasks.json'))
      ? readFileSync(join(settings, 'tasks.json'))
      : undefined;
    mkdirSync(settings, { recursive: true });
    const definition = {
      type,
      target: 'write-arguments',
      file,
      args: ['WORDS=$(FROM_ENV) $(x)  y'],
      env: { FROM_ENV: 'given' },
    };
    const text = { version: '2.0.0', tasks: [{ label: 'write it', ...definition, problemMatcher: [] }] };
    writeFileSync(join(settings, 'tasks.json'), JSON.stringify(text));
    try {
      const isIt = (task: vscode.Task): boolean => task.definition['target'] === 'write-arguments';
      await eventually(
        async () => (await vscode.tasks.fetchTasks()).filter(({ name }) => name === 'write it'),
        (found) => assert.equal(found.length, 1),
      );
      const code = await exitCodeOf(isIt, () =>
        vscode.commands.executeCommand('workbench.action.tasks.runTask', 'write it'),
      );
      assert.equal(code, 0);
      assert.equal(readFileSync(join(root.fsPath, 'arguments.txt'), 'utf8'), 'given   y\n');
    } finally {
      if (before === undefined) rmSync(join(settings, 'tasks.json'));
      else writeFileSync(join(settings, 'tasks.json'), before);
    }
  });

  it('have a lens above each target of the file, and only of this file', async () => {
    const document = await vscode.workspace.openTextDocument(makefile);
    await eventually(
      () => lensesOf(document.uri),
      (lenses) =>
        assert.deepEqual(
          lenses.map(({ command, range }) => [range.start.line, command?.title]),
          [
            [7, '$(play) Run greet'],
            [7, 'with…'],
            [11, '$(play) Run fail'],
            [15, '$(play) Run write-arguments'],
            [15, 'with…'],
            [18, '$(play) Run out/result.txt'],
            [21, '$(play) Run say-%'],
          ],
        ),
    );
    const common = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(root, 'mk', 'common.mk'));
    const [lens, ...others] = await lensesOf(common.uri);
    assert.equal(lens?.command?.command, 'servicewright.tasks.run');
    assert.equal(others.length, 0);
    const run = (): Thenable<unknown> =>
      vscode.commands.executeCommand(lens.command?.command ?? '', ...(lens.command?.arguments ?? []));
    assert.equal(await exitCodeOf(is('from-common'), run), 0);
  });

  it('follow what is typed before it is saved', async () => {
    const document = await vscode.workspace.openTextDocument(makefile);
    await vscode.window.showTextDocument(document);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(makefile, new vscode.Position(0, 0), 'typed: greet\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await eventually(
      () => lensesOf(makefile),
      (lenses) => assert.equal(lenses[0]?.command?.title, '$(play) Run typed'),
    );
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await eventually(
      () => lensesOf(makefile),
      (lenses) => assert.equal(lenses[0]?.command?.title, '$(play) Run greet'),
    );
  });

  it('follow files that change on disk', async () => {
    writeFileSync(join(root.fsPath, 'docs', 'Makefile'), 'pdf: ; @true\n');
    await eventually(
      () => vscode.tasks.fetchTasks({ type }),
      (tasks) => assert.ok(tasks.some(is('pdf')) && !tasks.some(is('html'))),
    );
  });

  it('run by name', async () => {
    const run = (): Thenable<unknown> =>
      vscode.commands.executeCommand('servicewright.tasks.run', { target: 'greet', file });
    assert.equal(await exitCodeOf(is('greet'), run), 0);
  });

  it('are revealed in the file that holds them', async () => {
    await vscode.commands.executeCommand('servicewright.tasks.reveal', { target: 'from-common', file });
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.path, vscode.Uri.joinPath(root, 'mk', 'common.mk').path);
    assert.equal(editor.document.getText(editor.selection), 'from-common');
  });
});
