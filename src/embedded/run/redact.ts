/** Hides known secret values in everything that is written down or sent. */
export interface Redactor {
  add(values: Iterable<string>): void;
  redact(text: string): string;
}

/** Shorter values would blot out ordinary words. */
const shortest = 6;
const hidden = '[secret]';

export function createRedactor(): Redactor {
  const secrets = new Set<string>();
  let longestFirst: readonly string[] = [];
  return {
    add(values) {
      for (const value of values) if (value.length >= shortest) secrets.add(value);
      longestFirst = [...secrets].toSorted((a, b) => b.length - a.length);
    },
    redact: (text) => longestFirst.reduce((rest, secret) => rest.replaceAll(secret, hidden), text),
  };
}
