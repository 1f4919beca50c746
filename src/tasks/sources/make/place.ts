import type { Range } from '../../../base/text';

/** A range in a file that was read. */
export interface Place {
  readonly file: string;
  readonly range: Range;
}
