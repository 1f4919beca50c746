import type { Range } from '../../base/text';
import type { Makefile } from '../sources/make/makefile';
import type { Outline } from './outline';

export interface Edit {
  readonly range: Range;
  readonly text: string;
}

export interface ProblemFix {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** Something in a Makefile that its author would want to know. */
export interface Problem {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'hint';
  readonly range: Range;
  readonly message: string;
  readonly fixes: readonly ProblemFix[];
  readonly related?: { readonly file: string; readonly range: Range; readonly message: string };
}

/** What a check looks at. */
export interface Checked {
  /** Absolute path of the file that the problems stand in. */
  readonly file: string;
  readonly lines: readonly string[];
  readonly outline: Outline;
  /** Of every file that the entry reads, this one too. */
  readonly outlines: readonly Outline[];
  readonly makefile: Makefile;
  /** The names in the folder of the entry; folders end with `/`. undefined when they can't be told. */
  readonly names: ReadonlySet<string> | undefined;
}
