/** Ends a reading that would take too long: what is not read by then is unknown. */
export interface Budget {
  /** Counts one step that makes `chars` characters; false once everything is used up. */
  spend(chars: number): boolean;
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

/** Far above what real Makefiles need: the largest known one takes a fortieth of the steps. */
export const defaultLimits: Limits = {
  steps: 2_000_000,
  characters: 64_000_000,
  files: 2_000,
  fileLength: 4_000_000,
  targets: 100_000,
};

export function createBudget(limits: Limits): Budget {
  let steps = limits.steps;
  let characters = limits.characters;
  return {
    spend(chars) {
      steps--;
      characters -= chars;
      return steps > 0 && characters > 0;
    },
    get exhausted() {
      return steps <= 0 || characters <= 0;
    },
  };
}
