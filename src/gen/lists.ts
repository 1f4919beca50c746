import { readdir } from 'node:fs/promises';
import { breakingIndex, rulesIndex } from './indexes';
import { put } from './put';

/** Writes the indexes, from what lies in the folders that they list. */
async function main(): Promise<void> {
  await list('src/guidelines/rules', rulesIndex);
  await list('src/guidelines/breaking/checks', breakingIndex);
}

async function list(folder: string, textOf: (ids: readonly string[]) => string): Promise<void> {
  const files = await readdir(folder);
  const ids = files
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.gen.ts'))
    .map((name) => name.slice(0, -3));
  await put(`${folder}/index.gen.ts`, textOf(ids));
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
