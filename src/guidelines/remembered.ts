/** The same names stand thousands of times in a description, so what is told by a name alone is worked out once. */

const most = 20_000;

/** Keeps what `of` says of each text; forgets all when there are too many. */
export function remembered<T extends string | number | boolean | object>(
  of: (text: string) => T,
): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= most) known.clear();
    const value = of(text);
    known.set(text, value);
    return value;
  };
}
