import type { Chunk, ChunkKind } from './chunk';
import type { Piece } from './split';

/** What stands before the first entry starts at the root without a key. */
export function kindOf(piece: Piece): ChunkKind {
  if (piece.isPreamble === true) return 'preamble';
  if (piece.isCloser === true) return 'closer';
  return piece.isHeader ? 'header' : 'entry';
}

/** How many of the chunks, from the front and from the back, say what the pieces that a text is cut into say. */
export function unchanged(
  chunks: readonly Chunk[],
  text: string,
  pieces: readonly Piece[],
): { readonly front: number; readonly back: number } {
  let [front, back] = [0, 0];
  const isSame = (chunk: Chunk | undefined, piece: Piece | undefined): boolean =>
    chunk !== undefined &&
    piece !== undefined &&
    chunk.kind === kindOf(piece) &&
    chunk.place.id === piece.place.id &&
    chunk.shape?.isEnd === piece.shape?.isEnd &&
    chunk.text.length === piece.end - piece.start &&
    text.startsWith(chunk.text, piece.start);
  const most = Math.min(chunks.length, pieces.length);
  while (front < most && isSame(chunks[front], pieces[front])) front += 1;
  while (back < most - front && isSame(chunks.at(-1 - back), pieces.at(-1 - back))) back += 1;
  return { front, back };
}
