import { UserError } from '../../../base/errors';
import { noSuchApp, noSuchRelease } from '../../errors';
import { notEligible } from '../../errors/heroku';
import type { DeployEvent } from '../../event';
import type { RollbackPreview, Target } from '../../provider';
import { StageClock } from '../../stage-clock';
import { parseJson } from '../lines';
import type { Client, HerokuParts } from './client';
import { appPath, callOf, connect } from './client';
import { followRelease } from './follow';
import { askConfig, askReleases, orUndefined } from './reading';
import { isCertain } from './refusal';
import type { Deploying } from './verdict';
import { attempt, failedBy, unknownEnd } from './verdict';
import type { HerokuRelease } from './wire';
import { readRelease } from './wire';

/** A new release of the code and the variables of an old one. */
export async function* rollbackEvents(
  parts: HerokuParts,
  target: Target,
  version: number,
  signal: AbortSignal,
): AsyncIterable<DeployEvent> {
  const clock = new StageClock(parts.now);
  yield* clock.enter('preflight');
  const client = await connect(parts, target, signal);
  const { wanted, newest } = await releaseToGoBackTo(client, target, version, signal);
  const deploying: Deploying = { parts, client, target, before: newest, signal };
  yield* clock.enter('create');
  const call = callOf(`roll ${target.app} back to v${version}`, 'POST', appPath(target, '/releases'), {
    body: { release: wanted.id },
  });
  const asked = await attempt(client.change(call, signal));
  if (asked instanceof UserError && isCertain(asked)) {
    yield* clock.end('failed');
    yield failedBy(asked);
    return;
  }
  const made = asked instanceof UserError ? undefined : readRelease(parseJson(asked.value));
  const release = made ?? (await lookForRollback(deploying, version));
  if (release) yield* followRelease(deploying, release, clock);
  else yield await unknownEnd(deploying, undefined, `${client.where} did not say how it went`);
}

async function releaseToGoBackTo(
  client: Client,
  target: Target,
  version: number,
  signal: AbortSignal,
): Promise<{ readonly wanted: HerokuRelease; readonly newest: number | undefined }> {
  const releases = await askReleases(client, target, undefined, signal);
  if (!releases) throw noSuchApp(target.app);
  const wanted = releases.find((one) => one.version === version);
  if (!wanted) throw noSuchRelease(target.app, `v${version}`);
  if (!wanted.eligible && wanted.status !== 'current') throw notEligible(target.app, version);
  return { wanted, newest: releases[0]?.version };
}

/** What a roll back whose answer was lost may have made: the one release that is newer and says that it goes back there. */
async function lookForRollback(
  { parts, client, target, before, signal }: Deploying,
  version: number,
): Promise<HerokuRelease | undefined> {
  for (const wait of [...parts.patience.retriesMs, undefined]) {
    const releases = await orUndefined(askReleases(client, target, 10, signal));
    const found = releases?.find(
      (one) => one.version > (before ?? 0) && new RegExp(`^Rollback to v${version}\\b`).test(one.description),
    );
    if (found || wait === undefined) return found;
    await parts.pause(wait, signal);
  }
  return undefined;
}

/** What comes back beside the code: variables do; quantities, sizes and add-ons stay. */
export async function previewRollback(
  parts: HerokuParts,
  target: Target,
  version: number,
  signal: AbortSignal,
): Promise<RollbackPreview> {
  const client = await connect(parts, target, signal);
  const { wanted, newest } = await releaseToGoBackTo(client, target, version, signal);
  const [now = {}, then = {}] = await Promise.all([
    askConfig(client, target, undefined, signal),
    askConfig(client, target, wanted.id, signal),
  ]);
  const keys = (all: Readonly<Record<string, string>>): readonly string[] => Object.keys(all).toSorted();
  const steps = (newest ?? version) - version;
  return {
    config: {
      added: keys(then).filter((key) => now[key] === undefined),
      changed: keys(then).filter((key) => now[key] !== undefined && now[key] !== then[key]),
      removed: keys(now).filter((key) => then[key] === undefined),
    },
    notes: [
      'Quantities, sizes and add-ons stay as they are.',
      ...(steps >= 10 ? [`v${version} is ${steps} releases old.`] : []),
    ],
  };
}
