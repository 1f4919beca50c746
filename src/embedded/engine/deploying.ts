import type { UserError } from '../../base/errors';
import type { Redactor } from '../run/redact';
import type { AppParts } from './boot';
import type { DeployLog, Failure } from './deploy-log';
import type { Formation } from './formation';
import type { OneOff } from './one-off';
import type { ReleaseRecord } from './records';
import type { SourceFacts } from './facts';

/** What a client asks for; checked by the API's door. */
export interface DeployRequest {
  readonly source: string;
  readonly environment: string;
  readonly health?: string;
  readonly message?: string;
  readonly python?: string;
  readonly config: Readonly<Record<string, string>>;
  /** The release of another service whose files these are; `source` is where they are kept. */
  readonly origin?: ReleaseRecord;
  /** What was sent packed; `source` is where it was unpacked, for this deploy alone. */
  readonly sent?: SourceFacts;
}

/** One deploy or rollback under way. */
export interface Deploying {
  readonly parts: AppParts;
  readonly redactor: Redactor;
  readonly record: DeployLog;
  readonly signal: AbortSignal;
  /** The formation that serves now. */
  readonly running: Formation | undefined;
  /** Told at the moment from which there is no way back: the new release takes the requests. */
  onSwitched(formation: Formation): void;
  /** Shows a process of the deploy's own among the others until the function that it gives is called; ending it cancels the deploy. */
  place(process: Omit<OneOff, 'end'>): () => void;
  /** Ends what served before, beside whatever comes next. */
  retire(formation: Formation): void;
}

/** How an error goes over the wire. */
export function toFailure({ code, message, lines, fix }: UserError): Failure {
  return { code, message, lines, ...(fix ? { fix } : {}) };
}
