import { UserError } from '../../../base/errors';
import type { DeployEvent } from '../../event';
import type { StageClock } from '../../stage-clock';
import type { ApiCall } from '../api';
import { parseJson } from '../lines';
import { failedBy } from '../outcome';
import { followRelease } from './follow';
import { isCertain } from './refusal';
import type { Deploying } from './verdict';
import { attempt, lookForRelease, unknownEnd } from './verdict';
import type { HerokuRelease } from './wire';
import { readRelease } from './wire';

interface Making {
  readonly call: ApiCall;
  /** Whether a release is the one that was asked for; used where the answer was lost. */
  isIt(release: HerokuRelease): boolean;
  readonly clock: StageClock;
}

/** Asks for a release, once, and follows it to its end. */
export async function* makeRelease(
  deploying: Deploying,
  { call, isIt, clock }: Making,
): AsyncIterable<DeployEvent> {
  const { client, signal } = deploying;
  yield* clock.enter('create');
  const asked = await attempt(client.change(call, signal));
  if (asked instanceof UserError && isCertain(asked)) {
    yield* clock.end('failed');
    yield failedBy(asked);
    return;
  }
  const answered = asked instanceof UserError ? undefined : readRelease(parseJson(asked.value));
  const release = answered ?? (await lookForRelease(deploying, isIt));
  if (!release) {
    yield await unknownEnd(deploying, undefined, `${client.where} did not say how it went`);
    return;
  }
  yield { type: 'started', deploy: `v${release.version}` };
  yield* followRelease(deploying, release, clock);
}
