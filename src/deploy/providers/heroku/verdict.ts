import { isAbort, UserError } from '../../../base/errors';
import type { DeployEvent } from '../../event';
import type { Seen } from '../../known';
import type { Target } from '../../provider';
import { unknownEndOf } from '../outcome';
import type { Client, ClientParts, HerokuParts } from './client';
import { askProcesses, askReleases, orUndefined } from './reading';
import type { HerokuRelease } from './wire';

/** A deploy that is under way. */
export interface Deploying {
  readonly parts: ClientParts;
  readonly client: Client;
  readonly target: Target;
  /** The newest release before it; undefined where there was none or it is not known. */
  readonly before: number | undefined;
  readonly signal: AbortSignal;
}

/** One that hands over what is on this machine. */
export interface Sending extends Deploying {
  readonly parts: HerokuParts;
}

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly lines?: readonly string[];
  readonly release?: number;
  readonly hint?: string;
}

/** It is known not to run. */
export function failed({ code, message, lines = [], release, hint }: Failure): DeployEvent {
  return {
    type: 'finished',
    outcome: 'failed',
    ...(release === undefined ? {} : { release }),
    error: { code, message, lines, ...(hint === undefined ? {} : { fix: { kind: 'hint', label: hint } }) },
  };
}

/** The end is not known: says what is, and what made it so. */
export async function unknownEnd(
  deploying: Deploying,
  release: number | undefined,
  why: string,
  code = 'deploy/unknown',
): Promise<DeployEvent> {
  return unknownEndOf({ target: deploying.target, release, why, seen: await look(deploying), code });
}

async function look({ client, target, before, signal }: Deploying): Promise<Seen> {
  const [releases, processes] = await Promise.all([
    orUndefined(askReleases(client, target, 5, signal)),
    orUndefined(askProcesses(client, target, signal)),
  ]);
  return { before, releases, processes };
}

/**
 * A release that is newer than the deploy and is what it asked for, where the answer was lost; asked for some times, since it may turn
 * up late.
 */
export async function lookForRelease(
  { parts, client, target, before, signal }: Deploying,
  isIt: (release: HerokuRelease) => boolean,
): Promise<HerokuRelease | undefined> {
  for (const wait of [...parts.patience.retriesMs, undefined]) {
    const releases = await orUndefined(askReleases(client, target, 10, signal));
    const found = releases?.find((one) => one.version > (before ?? 0) && isIt(one));
    if (found || wait === undefined) return found;
    await parts.pause(wait, signal);
  }
  return undefined;
}

/** What an attempt came to: what it gave, or the error that a person understands. */
export async function attempt<T>(work: Promise<T>): Promise<{ readonly value: T } | UserError> {
  try {
    return { value: await work };
  } catch (error) {
    if (isAbort(error) || !(error instanceof UserError)) throw error;
    return error;
  }
}
