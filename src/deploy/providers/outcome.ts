/** How deploys end, in the events of every platform. */
import type { UserError } from '../../base/errors';
import { isAbort } from '../../base/errors';
import type { DeployError, DeployEvent } from '../event';
import type { Seen } from '../known';
import { tellWhatIsKnown } from '../known';
import type { Target } from '../provider';

export const errorOf = ({ code, message, lines, fix }: UserError): DeployError => ({
  code,
  message,
  lines,
  ...(fix ? { fix } : {}),
});

/** A failure that is known, as an event. */
export function failedBy(error: UserError, release?: number): DeployEvent {
  return {
    type: 'finished',
    outcome: 'failed',
    ...(release === undefined ? {} : { release }),
    error: errorOf(error),
  };
}

interface UnknownEnd {
  readonly target: Target;
  /** The release that the deploy made, where that is known. */
  readonly release?: number | undefined;
  /** Follows "because", without its full stop. */
  readonly why: string;
  readonly seen: Seen;
  readonly code?: string;
}

/** The end is not known: says what is, and what made it so. */
export function unknownEndOf({
  target,
  release,
  why,
  seen,
  code = 'deploy/unknown',
}: UnknownEnd): DeployEvent {
  return {
    type: 'finished',
    outcome: 'unknown',
    ...(release === undefined ? {} : { release }),
    error: {
      code,
      message: `It is not known how the deploy of ${target.app} ended, because ${why}. ${tellWhatIsKnown(seen)}`,
      lines: [],
      fix: {
        kind: 'hint',
        label: `Look at what runs before you deploy again: servicewright ps --to ${target.environment.name}.`,
      },
    },
  };
}

/** What can't be asked for is not known either; that is no error here. */
export async function orUndefined<T>(work: Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isAbort(error)) throw error;
    return undefined;
  }
}
