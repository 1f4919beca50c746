import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { copyFixture, eventually } from './helpers';

const type = 'servicewright';

describe('Tasks of other tools', () => {
  const made: vscode.Uri[] = [];
  const tasksOf = async (file: string): Promise<readonly string[]> =>
    (await vscode.tasks.fetchTasks({ type }))
      .filter(({ definition }) => definition['file'] === file)
      .map(({ definition }) => `${String(definition['source'])} ${String(definition['target'])}`);

  before(async () => {
    made.push(copyFixture('just', 'just-fixture'), copyFixture('task', 'task-fixture'));
    await vscode.commands.executeCommand('servicewright.tasks.refresh');
  });
  after(() => {
    for (const uri of made) rmSync(uri.fsPath, { recursive: true, force: true });
  });

  it('are recipes of a justfile', async () => {
    const tasks = await tasksOf('just-fixture/justfile');
    assert.ok(tasks.includes('just greet') && tasks.includes('just docs::serve'), tasks.join(', '));
    const found = await vscode.tasks.fetchTasks({ type });
    const lint = found.find(
      ({ definition }) => definition['source'] === 'just' && definition['target'] === 'lint',
    );
    assert.ok(lint?.execution instanceof vscode.ProcessExecution);
    assert.equal(lint.execution.process, 'just');
    assert.deepEqual(lint.execution.args, ['lint']);
  });

  it('are tasks of a Taskfile', async () => {
    const tasks = await tasksOf('task-fixture/Taskfile.yml');
    assert.ok(tasks.includes('task greet') && tasks.includes('task docs:serve'), tasks.join(', '));
  });

  it('have lenses on the commands of a README', async () => {
    const folder = made[0];
    assert.ok(folder);
    const readme = vscode.Uri.joinPath(folder, 'README.md');
    writeFileSync(
      readme.fsPath,
      '# Use\n\n```sh\njust greet you\njust gone\nmake nothing | cat\n```\n\n    just greet\n',
    );
    await vscode.workspace.openTextDocument(readme);
    await eventually(
      () =>
        vscode.commands.executeCommand<readonly vscode.CodeLens[]>(
          'vscode.executeCodeLensProvider',
          readme,
          100,
        ),
      (lenses) =>
        assert.deepEqual(
          lenses.map(({ command, range }) => [range.start.line, command?.title]),
          [[3, '$(play) Run greet you']],
        ),
    );
  });

  it('leave out what files.exclude hides', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    const hidden = vscode.Uri.joinPath(folder.uri, 'hidden-fixture');
    made.push(hidden);
    mkdirSync(hidden.fsPath);
    writeFileSync(vscode.Uri.joinPath(hidden, 'Makefile').fsPath, 'hidden-target: ; @true\n');
    const names = async (): Promise<readonly unknown[]> =>
      (await vscode.tasks.fetchTasks({ type })).map(({ definition }) => definition['target']);
    await eventually(names, (found) => assert.ok(found.includes('hidden-target')));
    const configuration = vscode.workspace.getConfiguration('files');
    await configuration.update(
      'exclude',
      { '**/hidden-fixture': true },
      vscode.ConfigurationTarget.Workspace,
    );
    try {
      await eventually(names, (found) => assert.ok(!found.includes('hidden-target')));
    } finally {
      await configuration.update('exclude', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
