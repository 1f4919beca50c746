import type { Default, Variables } from './variables';
import type { Place } from './place';

/** A target as the reader found it, all its rules taken together. */
export interface Target {
  readonly name: string;
  /** Its name in the rule that holds the recipe, else in its first rule. */
  readonly place: Place;
  readonly phony: boolean;
  /** Holds a `%`: stands for many names. */
  readonly pattern: boolean;
  readonly description: string | undefined;
  /** The `##@` heading above it. */
  readonly section: string | undefined;
  readonly prerequisites: readonly string[];
  readonly hasRecipe: boolean;
  /** Recipe lines as written, without the leading tab. */
  readonly recipe: readonly string[];
  /** Where the recipe starts: its file and zero-based line. */
  readonly recipeAt: { readonly file: string; readonly line: number } | undefined;
}

/** Something that only make could name: targets behind a command's output, or a file to include. */
export interface Unresolved {
  /** As written, for example `$(BINARIES)`. */
  readonly name: string;
  readonly place: Place;
}

export interface Include {
  /** Absolute. */
  readonly path: string;
  readonly place: Place;
  /** `-include`: no error when it is missing. */
  readonly optional: boolean;
}

/** A rule whose recipe takes the place of another rule's. */
export interface Override {
  readonly name: string;
  readonly place: Place;
  readonly before: Place;
}

/** What one entry Makefile and the files it includes say. */
export interface Makefile {
  readonly entry: string;
  /** Every target that one can ask for, in the order of the files; special targets, suffix rules and pattern rules left out. */
  readonly targets: readonly Target[];
  /** Pattern rules: `build-%`. */
  readonly patterns: readonly Target[];
  readonly overrides: readonly Override[];
  readonly unresolved: readonly Unresolved[];
  /** The target of a plain `make`. */
  readonly defaultGoal: string | undefined;
  /** Every file that was read, the entry first. */
  readonly files: readonly string[];
  /** Files to include that are not there. */
  readonly missing: readonly Include[];
  /** `NAME ?= value` lines by name. */
  readonly defaults: ReadonlyMap<string, Default>;
  /** The variables as they are after the last line. */
  readonly variables: Pick<Variables, 'get'>;
  /** A limit ended the reading early: targets may be missing. */
  readonly truncated: boolean;
}
