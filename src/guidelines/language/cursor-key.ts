/** A key without its quotes. */
export function plain(key: string): string {
  if (key.startsWith("'")) return key.slice(1, -1).replaceAll("''", "'");
  if (!key.startsWith('"')) return key;
  try {
    return String(JSON.parse(key));
  } catch (error) {
    if (error instanceof SyntaxError) return key.slice(1, -1);
    throw error;
  }
}
