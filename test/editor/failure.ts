import { inspect } from 'node:util';
import { complain } from './output';

/** A situation of the machine or of the use, told in a sentence; shown without a stack. */
export class HarnessFailure extends Error {
  override readonly name = 'HarnessFailure';
}

/** Says on stderr what went wrong; a stack only for what nobody expected. */
export function tell(error: unknown): void {
  complain(error instanceof HarnessFailure ? error.message : inspect(error));
}
