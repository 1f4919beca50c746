import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';

/** Writes `path` when its text changed, formatted as the rest of the repository. */
export async function put(path: string, text: string): Promise<void> {
  const config = await resolveConfig(path);
  const formatted = await format(text, { ...config, filepath: path });
  const before = await readFile(path, 'utf8').catch(() => undefined);
  if (before === formatted) return;
  await writeFile(path, formatted);
  console.log(`wrote ${path}`);
}
