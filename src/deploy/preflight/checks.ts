/** What the API guidelines say of a service's description. */
export type SpecVerdict =
  | { readonly kind: 'checked'; readonly errors: readonly SpecError[] }
  /** It could not be checked; `why` is a sentence. */
  | { readonly kind: 'unchecked'; readonly why: string };

export interface SpecError {
  readonly rule: string;
  readonly message: string;
  /** From zero. */
  readonly line: number;
}

/** How deploying asks the API guidelines; wired in main, since the rooms do not know each other. */
export interface SpecChecks {
  /** `path` is the description's absolute path. Throws AbortError. */
  check(path: string, signal: AbortSignal): Promise<SpecVerdict>;
}
