/** One release of an app: what ran, when, from which commit. */
export interface Release {
  readonly version: number;
  /** `current` serves; `failed` never did. */
  readonly status: 'current' | 'old' | 'failed';
  readonly createdAt: string;
  /** What made it: `Deploy`, `Roll back to v2`, or the message that was given. */
  readonly description: string;
  readonly commit?: string;
  /** Whether the tree had changes that the commit does not hold. */
  readonly dirty: boolean;
  /** Whether it can be rolled back to. */
  readonly eligible: boolean;
}
