import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withEditor } from '../test/editor/driver';
import { createPlatformHome } from '../test/editor/platform-home';
import type { Moments } from '../test/e2e/journey';
import { takeJourney } from '../test/e2e/journey';
import { cli } from '../test/helpers/cli';

/**
 * From pressing *New Microservice* to a 200 of the new service's own endpoint, in a real editor driven by a browser. Cold: no platform,
 * no database cluster, no virtual environment and an empty pip cache; packages come over the network. Warm: a second service in the
 * same window.
 */
function tell(kind: string, moments: Moments): void {
  const seconds = (value: number): string => `${(value / 1000).toFixed(1)} s`;
  console.log(
    `${kind.padEnd(6)} created ${seconds(moments.created)}, button ${seconds(moments.deployPressed)}, ` +
      `deploy ${seconds(moments.answered - moments.deployPressed)}, 200 after ${seconds(moments.answered)}`,
  );
}

async function main(): Promise<void> {
  const workspace = await mkdtemp(join(tmpdir(), 'services-'));
  const platform = await createPlatformHome();
  const env = { ...platform.env, PIP_CACHE_DIR: join(workspace, '.pip') };
  try {
    await withEditor({ workspace, journey: 'bench-journey', env }, async (editor) => {
      tell('cold', await takeJourney(editor, { workspace, name: 'orders', env, work: false }));
      await editor.runCommand('Notifications: Clear All Notifications');
      tell('warm', await takeJourney(editor, { workspace, name: 'order-items', env, work: false }));
    });
  } finally {
    await cli(['platform', 'stop'], { env });
    await platform.remove();
    await rm(workspace, { recursive: true, force: true });
  }
}

void main();
