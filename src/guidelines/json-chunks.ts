/** What the chunks of a JSON text say of each other: whether an edit in one concerns those around it. */
import type { Chunk } from './chunk';
import type { Shaped } from './json-split';
import { followsEntry, isBalanced, isSound, stillOne } from './json-split';
import type { Shape } from './split';

const shaped = ({ shape, kind, place }: Chunk): Shaped => ({
  place,
  shape,
  isHeader: kind === 'header',
  isPreamble: kind === 'preamble',
  isCloser: kind === 'closer',
});

/** What is known of an entry with a new text, when nothing around it has to be cut again; undefined when something has. */
export function stillSound(
  chunk: Chunk,
  text: string,
  { next, byLines }: { readonly next: Chunk | undefined; readonly byLines: boolean },
): Shape | undefined {
  if (next === undefined || !isSound(shaped(chunk)) || !followsEntry(next.text)) return undefined;
  return stillOne(text, chunk.place, byLines);
}

/** Whether lines may have a say when what is behind `from` is cut again: nowhere else they say something else than the brackets. */
export function doLinesCount(chunks: readonly Chunk[], from: number, until: number): boolean {
  return !chunks.some(({ shape, index }) => shape?.isOdd === true && (index <= from || index >= until));
}

/**
 * Whether chunks that were cut in parts are what a cut of the whole text gives, and whether lines had a say in it; `again` when they
 * are not. Lines have a say exactly when the brackets of the text do not fit.
 */
export function verdictOn(chunks: readonly Chunk[], byLines: boolean): 'brackets' | 'lines' | 'again' {
  const areSound = chunks.every((chunk) => isSound(shaped(chunk)));
  const isOdd = chunks.some(({ shape }) => shape?.isOdd === true);
  if (areSound && (!byLines || !isOdd)) return 'brackets';
  return !byLines || isBalanced(chunks) ? 'again' : 'lines';
}
