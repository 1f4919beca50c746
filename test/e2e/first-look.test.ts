import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { withEditor } from '../editor/driver';

test('a newcomer sees where to start: the container’s welcome texts and the walkthrough', async () => {
  const workspace = await mkdtemp(join(tmpdir(), 'empty-'));
  try {
    await withEditor({ workspace, journey: 'first-look' }, async (editor) => {
      await editor.page.getByRole('tab', { name: 'Servicewright' }).click();
      await editor.waitForText('No service here yet');
      await editor.waitForText('No Makefile, justfile or Taskfile in this workspace');
      await editor.waitForText('Open or make a service to deploy it');
      await editor.screenshot('container');
      await editor.runCommand('Welcome: Open Walkthrough...');
      await editor.pick('From an idea to a running service');
      await editor.waitForText('Check its API while you type');
      await editor.screenshot('walkthrough');
    });
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
});
