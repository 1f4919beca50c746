import { noSuchApp, noSuchRelease } from '../../errors';
import { notEligible } from '../../errors/heroku';
import type { DeployEvent } from '../../event';
import { compareKeys } from '../../preview';
import type { RollbackPreview, Target } from '../../provider';
import { StageClock } from '../../stage-clock';
import type { Client, ClientParts } from './client';
import { appPath, callOf, connect } from './client';
import { makeRelease } from './make-release';
import { askConfig, askReleases } from './reading';
import type { Deploying } from './verdict';
import type { HerokuRelease } from './wire';

/** A new release of the code and the variables of an old one. */
export async function* rollbackEvents(
  parts: ClientParts,
  target: Target,
  version: number,
  signal: AbortSignal,
): AsyncIterable<DeployEvent> {
  const clock = new StageClock(parts.now);
  yield* clock.enter('preflight');
  const client = await connect(parts, target, signal);
  const { wanted, newest } = await releaseToGoBackTo(client, target, version, signal);
  const deploying: Deploying = { parts, client, target, before: newest, signal };
  const call = callOf(`roll ${target.app} back to v${version}`, 'POST', appPath(target, '/releases'), {
    body: { release: wanted.id },
  });
  yield* makeRelease(deploying, { call, isIt: isRollbackTo(version), clock });
}

const isRollbackTo =
  (version: number) =>
  ({ description }: HerokuRelease): boolean =>
    new RegExp(`^Rollback to v${version}\\b`).test(description);

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

/** What comes back beside the code: variables do; quantities, sizes and add-ons stay. */
export async function previewRollback(
  parts: ClientParts,
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
  const steps = (newest ?? version) - version;
  return {
    config: compareKeys(now, then),
    notes: [
      'Quantities, sizes and add-ons stay as they are.',
      ...(steps >= 10 ? [`v${version} is ${steps} releases old.`] : []),
    ],
  };
}
