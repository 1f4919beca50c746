import type { Range } from '../base/text';
import type { Fix, Severity } from './rule';
import type { PathSegment, Span } from './tree';

/** What stood there in the version that a description is compared with. */
export interface Before {
  /** What that version is called, for people. */
  readonly from: string;
  /** Where it starts there, counted from zero. */
  readonly line: number;
  readonly text: string;
}

/** What a check found, the same for every host. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly range: Range;
  /** Keys and indexes from the root to the node. */
  readonly path: readonly PathSegment[];
  readonly fix?: Fix | undefined;
  readonly before?: Before | undefined;
}
