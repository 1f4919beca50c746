import { readdir } from 'node:fs/promises';
import process from 'node:process';
import { bundle } from './bundle';
import { packageExtension } from './package';
import { run } from './processes';

/** Runs every `bench/*.ts` in turn, on the packaged extension; each prints its figures. */
export async function runBenches(filters: readonly string[]): Promise<number> {
  const names = (await readdir('bench')).filter((name) => name.endsWith('.ts')).toSorted();
  const chosen = names.filter(
    (name) => filters.length === 0 || filters.some((filter) => name.includes(filter)),
  );
  if (chosen.length === 0) {
    console.error(`There is no benchmark in bench/ that matches ${filters.join(', ')}.`);
    return 1;
  }
  const env = { ...process.env, SERVICEWRIGHT_VSIX: await packageExtension() };
  let failed = 0;
  for (const file of await bundle(chosen.map((name) => `bench/${name}`))) {
    console.log(`\n── ${file} ──`);
    const { code } = await run(process.execPath, ['--enable-source-maps', file], { env });
    if (code !== 0) failed += 1;
  }
  return failed === 0 ? 0 : 1;
}
