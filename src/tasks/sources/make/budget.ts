/** Ends a reading that would take too long: what is not read by then is unknown. */
export interface Budget {
  /** Counts work on `chars` characters; false once everything is used up. */
  spend(chars: number, steps?: number): boolean;
  readonly exhausted: boolean;
}

export interface Limits {
  /** Expansions of variables and functions. */
  readonly steps: number;
  /** Characters that all expansions may make together. */
  readonly characters: number;
  /** Files that are read for one entry. */
  readonly files: number;
  /** Characters of one file. */
  readonly fileLength: number;
  readonly targets: number;
}

export const defaultLimits: Limits = {
  steps: 300_000,
  characters: 32_000_000,
  files: 2_000,
  fileLength: 4_000_000,
  targets: 100_000,
};

export function createBudget(limits: Limits): Budget {
  let steps = limits.steps;
  let characters = limits.characters;
  return {
    spend(chars, some = 1) {
      steps -= some;
      characters -= chars;
      return steps > 0 && characters > 0;
    },
    get exhausted() {
      return steps <= 0 || characters <= 0;
    },
  };
}
