/** Calls come back at some 75 a minute; with fewer left, others of the account are better served first. */
const few = 100;

/** What the heads of answers say beside the answers. */
export class Heard {
  readonly #clean: (text: string) => string;
  readonly #told = new Set<string>();
  #new: string[] = [];
  #remaining = Number.POSITIVE_INFINITY;

  constructor(clean: (text: string) => string) {
    this.#clean = clean;
  }

  take(headers: Readonly<Record<string, string>>): void {
    const warning = headers['x-heroku-warning'] ?? headers['warning-message'];
    if (warning !== undefined && warning !== '') this.#tell(this.#clean(warning));
    const left = Number(headers['ratelimit-remaining']);
    if (headers['ratelimit-remaining'] === undefined || !Number.isFinite(left)) return;
    this.#remaining = left;
    if (left < few)
      this.#tell('This account has nearly used up its calls of the hour, so Heroku is asked less often.');
  }

  #tell(text: string): void {
    if (this.#told.has(text)) return;
    this.#told.add(text);
    this.#new.push(text);
  }

  warnings(): readonly string[] {
    const told = this.#new;
    this.#new = [];
    return told;
  }

  slowness(): number {
    return this.#remaining < few ? 10 : 1;
  }
}
