import type { Budget } from './budget';
import type { Variables } from './variables';

/** What the expansion of a text may ask of its surroundings. */
export interface Surroundings {
  readonly directory: string;
  readonly variables: Variables;
  readonly budget: Budget;
  /** What `$(shell command)` gives, as far as it is known without running anything. */
  shell(command: string): string | undefined;
  /** Reads text as lines of a Makefile (`$(eval …)`). */
  evaluate(text: string): void;
  /** The names in a directory, undefined when there is none; directories end with `/`. */
  list(directory: string): readonly string[] | undefined;
}

export interface Expander extends Surroundings {
  /** Replaces every reference in `text`; what cannot be known becomes the mark for unknown text. */
  expand(text: string): string;
  /** The expanded value of a variable, empty when it is not defined. */
  valueOf(name: string): string;
  /** Runs alternatives of which any may happen, and joins what they give. */
  either(alternatives: readonly (() => string)[]): string;
}
