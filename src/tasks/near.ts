/** The names that look most like `wanted`, the nearest first, at most `most`. */
export function nearNames(wanted: string, names: readonly string[], most = 3): readonly string[] {
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  return names
    .map((name) => ({ name, far: distance(wanted.toLowerCase(), name.toLowerCase(), wanted) }))
    .filter(({ far }) => far <= limit)
    .toSorted((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

/** A name that holds the wanted one is near; else the number of edits. */
function distance(a: string, b: string, wanted: string): number {
  if (wanted.length > 2 && (b.includes(a) || a.includes(b))) return 1;
  return Math.abs(a.length - b.length) > 6 ? Infinity : edits(a, b);
}

/** Levenshtein's distance, row by row. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, char] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const change = (row[j] ?? 0) + (char === other ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
