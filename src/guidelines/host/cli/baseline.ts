/** `lint --write-baseline`: all present findings become ignores, so that only new ones count. */
import type { CliContext } from '../../../base/cli';
import { join, relative } from '../../../base/paths';
import { count } from '../../../base/text';
import { baseOf, ignoreFile } from '../../config/names';
import { configurationRule, syntaxRule } from '../../engine';
import { baselineRefused } from '../../errors';
import { formatPointer } from '../../pointer';
import type { IgnoreEntry } from '../../suppress/ignore-file';
import { withIgnores } from '../../suppress/ignore-file';
import { suppressionRule } from '../../suppress/silence';
import { slashed } from './inputs';
import type { Linted } from './lint';
import { writeFile } from './write';

const reason = 'Was there when the baseline was written.';
const never: ReadonlySet<string> = new Set([configurationRule, syntaxRule, suppressionRule]);

/** Adds what was found to the ignore file of each folder; gives what was done, for people. */
export async function writeBaseline(linted: readonly Linted[], context: CliContext): Promise<string> {
  const byBase = new Map<string, Linted[]>();
  for (const one of linted) {
    const base = baseFor(one, slashed(context.cwd, context.cwd));
    byBase.set(base, [...(byBase.get(base) ?? []), one]);
  }
  const said: string[] = [];
  for (const [base, files] of byBase) said.push(await writeOne(base, files, context));
  return said.join('\n');
}

/** The folder whose `.servicewright` holds for a file; the working folder where there is none yet. */
function baseFor({ plan, file }: Linted, cwd: string): string {
  const [found] = plan.loaded.found;
  if (found !== undefined) return baseOf(found);
  return relative(cwd, file) === file ? file.slice(0, file.lastIndexOf('/')) : cwd;
}

async function writeOne(base: string, files: readonly Linted[], context: CliContext): Promise<string> {
  const entries = new Map<string, IgnoreEntry>();
  for (const { file, findings } of files)
    for (const { rule, path } of findings) {
      if (never.has(rule)) continue;
      const pointer = formatPointer(path.map(String));
      const entry = { rule, path: relative(base, file), pointer, reason };
      entries.set([rule, entry.path, pointer].join(' '), entry);
    }
  const name = join(base, ignoreFile);
  if (entries.size === 0) return `${name}: there is nothing to add`;
  const seen = await context.files.readBytes(name);
  const before = seen === undefined ? undefined : new TextDecoder().decode(seen);
  const text = withIgnores(before, [...entries.values()]);
  if (text === undefined) throw baselineRefused(name);
  await writeFile({ dir: base, name: ignoreFile, seen, text }, context);
  return `${name}: ${count(entries.size, 'finding')} will be ignored`;
}
