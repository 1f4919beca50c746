import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eventually } from './helpers';

const type = 'servicewright-deploy';

/** Deploys as tasks, on the platform of this machine. */
describe('Deploy tasks', () => {
  let dir = vscode.Uri.file('/');
  let folder: vscode.WorkspaceFolder;
  const write = (name: string, text: string): void => writeFileSync(join(dir.fsPath, name), text);

  /** Runs a task to its end and gives its exit code. */
  async function run(task: vscode.Task): Promise<number | undefined> {
    const ended = new Promise<number | undefined>((resolve) => {
      const listener = vscode.tasks.onDidEndTaskProcess((event) => {
        if (event.execution.task.name !== task.name) return;
        listener.dispose();
        resolve(event.exitCode);
      });
    });
    await vscode.tasks.executeTask(task);
    return ended;
  }

  before(async () => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first, 'the suite runs in a workspace');
    folder = first;
    dir = vscode.Uri.joinPath(folder.uri, 'tasked');
    mkdirSync(dir.fsPath);
    write('servicewright.yaml', 'name: tasked\n');
    write('index.html', 'one');
    write('Procfile', 'web: exec python3 -m http.server --bind 127.0.0.1 $PORT\n');
    await vscode.commands.executeCommand('servicewright.services.refresh');
  });

  after(async () => {
    await vscode.commands.executeCommand('servicewright.platform.stop');
    rmSync(join(folder.uri.fsPath, '.vscode'), { recursive: true, force: true });
    rmSync(dir.fsPath, { recursive: true, force: true });
  });

  it('are listed for each environment, and end with 0 when the release is live', async () => {
    const [task] = await eventually(
      async () => (await vscode.tasks.fetchTasks({ type })).filter((one) => one.name.includes('tasked')),
      (found) => assert.equal(found.length, 1),
    );
    assert.equal(task?.name, 'deploy tasked → local');
    assert.deepEqual(task.definition, { type, environment: 'local', service: 'tasked' });
    assert.equal(await run(task), 0);
  });

  it('of a failed deploy end with 1, and what depends on them does not run', async () => {
    write('Procfile', 'release: exit 3\nweb: exec python3 -m http.server --bind 127.0.0.1 $PORT\n');
    mkdirSync(join(folder.uri.fsPath, '.vscode'), { recursive: true });
    const marker = join(dir.fsPath, 'ran');
    const tasks = [
      { label: 'ship', type, environment: 'local', service: 'tasked', problemMatcher: [] },
      { label: 'moon', type, environment: 'moon', service: 'tasked', problemMatcher: [] },
      {
        label: 'look',
        type,
        environment: 'local',
        service: './tasked/',
        action: 'check',
        problemMatcher: [],
      },
      { label: 'after', type: 'shell', command: `touch ${marker}`, dependsOn: ['ship'], problemMatcher: [] },
    ];
    writeFileSync(
      join(folder.uri.fsPath, '.vscode', 'tasks.json'),
      JSON.stringify({ version: '2.0.0', tasks }),
    );
    const found = await eventually(
      async () => (await vscode.tasks.fetchTasks()).find((one) => one.name === 'ship'),
      (one) => assert.ok(one),
    );
    assert.ok(found);
    assert.equal(await run(found), 1);
    write('Procfile', 'web: exec python3 -m http.server --bind 127.0.0.1 $PORT\n');
    const after = (await vscode.tasks.fetchTasks()).find((one) => one.name === 'after');
    assert.ok(after);
    const dependency = new Promise<number | undefined>((resolve) => {
      const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.name !== 'ship') return;
        listener.dispose();
        resolve(exitCode);
      });
    });
    assert.equal(await run(after), 0);
    assert.equal(await dependency, 0, 'the deploy ran first');
  });

  it('of what is no environment end with 1, and a check tells and deploys nothing', async () => {
    const releases = async (): Promise<number | undefined> => {
      const result = await vscode.commands.executeCommand<{ readonly release?: number } | undefined>(
        'servicewright.deploy.start',
        { dir },
      );
      return result?.release;
    };
    const before = await releases();
    const named = async (name: string): Promise<vscode.Task> => {
      const task = (await vscode.tasks.fetchTasks()).find((one) => one.name === name);
      assert.ok(task, name);
      return task;
    };
    assert.equal(await run(await named('moon')), 1);
    assert.equal(await run(await named('look')), 0);
    write('settings.py', 'import os\nKEY = os.environ["PAYMENT_KEY"]\n');
    assert.equal(await run(await named('look')), 1, 'a variable is missing');
    assert.equal(await releases(), (before ?? 0) + 1);
  });
});
