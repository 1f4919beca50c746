/** A text that must not be shown: printing, joining or serialising it gives `[secret]`; only `reveal` gives the text itself. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  /** What `util.inspect`, and so `console.log`, shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return shown;
  }
}

const shown = '[secret]';
/** What is shorter would be found by chance in what means something else. */
const shortest = 6;

/** `text` with each of `secrets` replaced by `[secret]`, as they are and in Base64, as a header carries them. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret.length < shortest) continue;
    clean = clean
      .replaceAll(secret, shown)
      .replaceAll(base64(secret), shown)
      .replaceAll(base64(`:${secret}`), shown);
  }
  return clean;
}

/** Base64 (RFC 4648) of the UTF-8 bytes of `text`. */
export function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
