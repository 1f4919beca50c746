/** `lint --fix`: mends in memory until nothing changes, then writes once. */
import type { CliContext } from '../../../base/cli';
import { basename, dirname } from '../../../base/paths';
import { changedMeanwhile } from '../../errors';
import { lastFirst, safeEdits } from '../../fix';
import type { FileFindings } from '../../report';
import type { Linted } from './lint';
import { writeFile } from './write';

/** One fix can make room for another; more rounds than that mean that two fixes fight. */
const mostRounds = 10;

/** Mends one file as far as it can be mended unseen. */
export async function mend(
  { spec, file, path, findings }: Linted,
  check: () => FileFindings['findings'],
  context: CliContext,
): Promise<void> {
  const before = spec.text;
  let left = findings;
  for (let round = 0; round < mostRounds; round += 1) {
    const edits = safeEdits(left);
    if (edits.length === 0) break;
    for (const edit of lastFirst(edits)) spec.edit(edit);
    left = check();
  }
  if (spec.text === before) return;
  const bytes = await context.files.readBytes(file);
  const seen = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const mark = seen.startsWith('\uFEFF') ? '\uFEFF' : '';
  if (bytes === undefined || seen !== mark + before) throw changedMeanwhile(path);
  await writeFile({ dir: dirname(file), name: basename(file), seen: bytes, text: mark + spec.text }, context);
}
