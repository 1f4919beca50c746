import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { withEditor } from '../test/editor/driver';
import { cli } from '../test/helpers/cli';

/**
 * What the extension costs a window: the size of the VSIX (aim: below 1.5 MB) and the activation time that VS Code itself measured
 * (aim: below 50 ms), as *Developer: Show Running Extensions* shows it, in a workspace with a service. Median of five windows.
 */
const rounds = 5;

async function activationTime(workspace: string, round: number): Promise<number> {
  const found: number[] = [];
  await withEditor({ workspace, journey: `bench-activation-${round}` }, async (editor) => {
    await editor.statusBar('orders → local').waitFor();
    await editor.runCommand('Developer: Show Running Extensions');
    const row = editor.page
      .locator('.runtime-extensions-editor .monaco-list-row')
      .filter({ hasText: 'servicewright' });
    await row.first().waitFor();
    const text = await editor.waitUntil(() => row.first().innerText(), /\d+\s*ms/u);
    found.push(Number(/(\d+)\s*ms/u.exec(text)?.[1]));
  });
  const [time] = found;
  if (time === undefined) throw new Error('no activation time was shown');
  return time;
}

async function main(): Promise<void> {
  const { size } = await stat(process.env['SERVICEWRIGHT_VSIX'] ?? 'dist/servicewright.vsix');
  console.log(`VSIX                  ${(size / 1e6).toFixed(2)} MB`);
  for (const name of ['extension', 'server', 'cli']) {
    const bundle = await stat(`out/${name}.js`);
    console.log(`out/${name}.js`.padEnd(22) + `${(bundle.size / 1e3).toFixed(0)} kB`);
  }
  const workspace = await mkdtemp(join(tmpdir(), 'services-'));
  try {
    await cli(['new', 'django-service', join(workspace, 'orders'), '--set', 'owner=team-shop']);
    const times: number[] = [];
    for (let round = 1; round <= rounds; round++) times.push(await activationTime(workspace, round));
    const median = times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)];
    console.log(`activation            ${median} ms (median of ${times.join(', ')})`);
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

void main();
