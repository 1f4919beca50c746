import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { bundle } from './bundle';
import { complain } from './output';
import { run, runOrFail } from './processes';

/** Writes every generated file. */
export async function generate(): Promise<number> {
  // Indexes first: what is generated from the rules is bundled with the list of them.
  for (const step of ['src/gen/lists.ts', 'src/gen/main.ts']) {
    const [file = ''] = await bundle([step]);
    const { code } = await run(process.execPath, ['--enable-source-maps', file]);
    if (code !== 0) return code;
  }
  return 0;
}

/**
 * Generates, and fails when that changed a file. Contents are compared, not commits:
 * work that is not committed yet is judged as well as a fresh clone.
 */
export async function checkGenerated(): Promise<number> {
  const before = await fingerprints();
  const code = await generate();
  if (code !== 0) return code;
  const stale = changedFiles(before, await fingerprints());
  if (stale.length === 0) return 0;
  complain(`Generated files were stale and are written now; commit them:\n  ${stale.join('\n  ')}`);
  return 1;
}

type Fingerprints = ReadonlyMap<string, string>;

/** Files that differ, came or went, sorted. */
export function changedFiles(before: Fingerprints, after: Fingerprints): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).toSorted();
}

/** Every file that git tracks or would track, with a digest of what it holds now. */
async function fingerprints(): Promise<Fingerprints> {
  const flags = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const names = (await runOrFail('git', flags, { quiet: true })).split('\0').filter((name) => name !== '');
  const digests = names.map(async (name) => {
    const content = await readFile(name).catch(() => undefined);
    const digest = content === undefined ? 'gone' : createHash('sha256').update(content).digest('hex');
    return [name, digest] as const;
  });
  return new Map(await Promise.all(digests));
}
