import { readdir } from 'node:fs/promises';
import { rulesIndex } from './indexes';
import { put } from './put';

/** Writes the indexes, from what lies in the folders that they list. */
async function main(): Promise<void> {
  const files = await readdir('src/guidelines/rules');
  const ids = files
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.gen.ts'))
    .map((name) => name.slice(0, -3));
  await put('src/guidelines/rules/index.gen.ts', rulesIndex(ids));
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
