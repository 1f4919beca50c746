/** One release of an app: what ran, when, from which commit. */
export interface Release {
  readonly version: number;
  /** `current` serves; `failed` never did. Where the platform does not tell, `current` is the newest. */
  readonly status: 'current' | 'old' | 'failed';
  readonly createdAt: string;
  /** What made it: `Deploy`, `Roll back to v2`, or the message that was given. */
  readonly description: string;
  readonly commit?: string;
  /** The image that runs, where the platform tells. */
  readonly image?: string;
  /** Its process types and their commands, where the platform tells. */
  readonly processes?: Readonly<Record<string, string>>;
  /** How many of each type run, where the platform keeps it with the release. */
  readonly quantities?: Readonly<Record<string, number>>;
  /** Who made it, where the platform tells. */
  readonly user?: string;
  /** Whether the tree had changes that the commit does not hold. */
  readonly dirty: boolean;
  /** Whether it can be rolled back to. */
  readonly eligible: boolean;
}
