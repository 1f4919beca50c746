import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPlatformHome } from '../test/editor/platform-home';
import { cli } from '../test/helpers/cli';

/**
 * Deploys of a service just made from the template, by the command line. Cold: no platform, no database, no virtual environment, an empty
 * pip cache. Warm: a change of one file. Each beside what its stages took.
 */
interface Stage {
  readonly name: string;
  readonly outcome: string;
  readonly seconds: number;
}

function stagesOf(text: string): readonly Stage[] {
  const value = JSON.parse(text) as { readonly outcome: string; readonly stages: readonly Stage[] };
  if (value.outcome !== 'live') throw new Error(text);
  return value.stages.filter((stage) => stage.outcome === 'done');
}

async function main(): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'servicewright-bench-'));
  const platform = await createPlatformHome();
  const dir = join(root, 'orders');
  const env = { ...platform.env, PIP_CACHE_DIR: join(root, 'pip') };
  const measure = async (name: string, ...args: readonly string[]): Promise<void> => {
    const began = Date.now();
    const { stdout, stderr } = await cli([...args, '--json'], { cwd: dir, env });
    const took = (Date.now() - began) / 1000;
    if (stdout === '') throw new Error(stderr);
    const stages = stagesOf(stdout).map((stage) => `${stage.name} ${stage.seconds.toFixed(1)}`);
    console.log(`${name.padEnd(18)} ${took.toFixed(1)} s  (${stages.join(', ')})`);
  };
  try {
    await cli(['new', 'django-service', dir, '--set', 'owner=bench'], { cwd: root, env });
    await measure('first, cold', 'deploy');
    await measure('again, unchanged', 'deploy');
    const readme = join(dir, 'manage.py');
    await writeFile(readme, `${await readFile(readme, 'utf8')}\n`);
    await measure('again, changed', 'deploy');
    await measure('roll back', 'rollback');
    const began = Date.now();
    await cli(['platform', 'stop'], { env });
    console.log(`${'stop'.padEnd(18)} ${((Date.now() - began) / 1000).toFixed(1)} s`);
  } finally {
    await cli(['platform', 'stop'], { env });
    await platform.remove();
    await rm(root, { recursive: true, force: true });
  }
}

void main();
