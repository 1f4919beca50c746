import type { Limits } from './budget';
import type { Expander } from './expander';
import type { LogicalLine } from './lines';
import type { Include, Unresolved } from './makefile';
import type { Place } from './place';
import type { Scope } from './scope';
import type { TargetTable } from './targets';
import type { Default } from './variables';

/** What a reading starts from. Everything it learns about the world comes through `read`, `list` and `shell`. */
export interface ReadOptions {
  /** Absolute path of the Makefile that make would be started with. */
  readonly entry: string;
  /** Where make would be started, absolute. */
  readonly directory: string;
  /** The text of a file, undefined when there is none. */
  read(path: string): string | undefined;
  /** The names in a directory, undefined when there is none; directories end with `/`. */
  list(directory: string): readonly string[] | undefined;
  /** What a command would print, where that is known without running it. */
  shell?(command: string): string | undefined;
  /** The environment that make would see; without it variables like HOME are unknown and all others are not set. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly limits?: Limits;
}

/** What one reading collects, shared by its files. */
export interface Reading {
  readonly options: ReadOptions;
  readonly limits: Limits;
  readonly expander: Expander;
  readonly targets: TargetTable;
  readonly unresolved: Unresolved[];
  readonly files: Set<string>;
  readonly missing: Include[];
  readonly defaults: Map<string, Default>;
  /** The texts that are being read, the innermost last, each with its present line. */
  readonly open: { readonly scope: Scope; line: LogicalLine }[];
  truncated: boolean;
  /** `.SECONDEXPANSION:` was read. */
  secondExpansion: boolean;
}

/** Keeps something that only make could name, once for each place. */
export function addUnresolved({ unresolved }: Reading, name: string, place: Place): void {
  const last = unresolved.at(-1);
  if (
    last?.name === name &&
    last.place.file === place.file &&
    last.place.range.start.line === place.range.start.line
  )
    return;
  unresolved.push({ name, place });
}
