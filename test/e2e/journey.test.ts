import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { withEditor } from '../editor/driver';
import { createPlatformHome } from '../editor/platform-home';
import { cli } from '../helpers/cli';
import { takeJourney } from './journey';

test('from New Microservice to an answer of the service that was just made, and of a second one beside it', async () => {
  const workspace = await mkdtemp(join(tmpdir(), 'services-'));
  const platform = await createPlatformHome();
  const { env } = platform;
  try {
    await withEditor({ workspace, journey: 'journey', env }, async (editor) => {
      await takeJourney(editor, { workspace, name: 'orders', env, work: true });
      await editor.runCommand('Notifications: Clear All Notifications');
      await takeJourney(editor, { workspace, name: 'order-items', env, work: false });
    });
  } finally {
    await cli(['platform', 'stop'], { env });
    await platform.remove();
    await rm(workspace, { recursive: true, force: true });
  }
});
