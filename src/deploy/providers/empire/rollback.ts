import { UserError, isAbort } from '../../../base/errors';
import type { DeployEvent } from '../../event';
import { noSuchApp, noSuchRelease } from '../../errors';
import { compareKeys } from '../../preview';
import type { RollbackPreview, Target } from '../../provider';
import type { Release } from '../../release';
import type { ApiCall } from '../api';
import { failedBy, orUndefined } from '../outcome';
import { StageClock } from '../../stage-clock';
import type { Client, EmpireParts } from './client';
import { appPath, connect, messageHeader } from './client';
import { servicesOf } from './deploy';
import { imagesOf } from './images';
import { askConfig, askFormation, askReleases } from './reading';
import { DeployStream } from './stream';
import { unknownEnd } from './verdict';
import { watchProcesses } from './watch';
import { readRelease } from './wire';

/** A new release with the image, the variables and the quantities of an old one. It comes to be with the scheduler's yes, or not at all. */
export async function* rollbackEvents(
  parts: EmpireParts,
  target: Target,
  said: { readonly version: number; readonly message: string | undefined },
  signal: AbortSignal,
): AsyncIterable<DeployEvent> {
  const clock = new StageClock(parts.now);
  yield* clock.enter('preflight');
  const client = await connect(parts, target, signal);
  const releases = await releasesOf(client, target, signal);
  imageOf(releases, said.version, target.app);
  const services = await servicesOf(client, target, signal);
  const deploying = { parts, client, target, before: releases[0]?.version, services, signal };
  yield* clock.enter('create');
  const call: ApiCall = {
    what: `roll ${target.app} back to v${said.version}`,
    method: 'POST',
    path: appPath(target, '/releases'),
    headers: messageHeader(said.message ?? `Roll back to v${said.version}`),
    // A text of digits; a number, or v1, is an error of the server.
    body: { release: String(said.version) },
  };
  const made = await tryChange(target, client, { call, version: said.version }, signal);
  if (made instanceof UserError) {
    const isKnown =
      made.code === 'deploy/refused' ||
      made.code === 'deploy/not-signed-in' ||
      made.code === 'deploy/no-such-release';
    if (isKnown) yield* clock.end('failed');
    yield isKnown
      ? failedBy(made)
      : await unknownEnd(deploying, undefined, `${client.where} did not say how it went`);
    return;
  }
  const release = readRelease(made)?.version;
  if (release === undefined) {
    yield await unknownEnd(deploying, undefined, `${client.where} did not say which release it made`);
    return;
  }
  yield { type: 'released', release };
  yield* clock.enter('boot');
  const stream = new DeployStream();
  stream.take(JSON.stringify({ status: `Status: Created new release v${release} for ${target.app}` }));
  yield* watchProcesses(deploying, stream, clock);
}

async function tryChange(
  { app }: Target,
  client: Client,
  { call, version }: { readonly call: ApiCall; readonly version: number },
  signal: AbortSignal,
): Promise<string | UserError> {
  try {
    return await client.change(call, signal);
  } catch (error) {
    if (isAbort(error) || !(error instanceof UserError) || error.code === 'deploy/unreachable') throw error;
    // The app was there a moment ago; the release may have gone with it since.
    return error.code === 'deploy/no-such-app' ? noSuchRelease(app, `v${version}`) : error;
  }
}

async function releasesOf(client: Client, target: Target, signal: AbortSignal): Promise<readonly Release[]> {
  const releases = await askReleases(client, target, undefined, signal);
  if (!releases) throw noSuchApp(target.app);
  return releases;
}

/** The image that a release runs. Throws UserError `deploy/no-such-release`. */
export function imageOf(releases: readonly Release[], version: number, app: string): string | undefined {
  if (!releases.some((one) => one.version === version)) throw noSuchRelease(app, `v${version}`);
  return imagesOf(releases).get(version);
}

/** What comes back beside the code. Quantities of old releases can't be asked for, so that they change is said. */
export async function previewRollback(
  parts: EmpireParts,
  target: Target,
  version: number,
  signal: AbortSignal,
): Promise<RollbackPreview> {
  const client = await connect(parts, target, signal);
  const releases = await releasesOf(client, target, signal);
  const image = imageOf(releases, version, target.app);
  const [now = {}, then, formation = []] = await Promise.all([
    askConfig(client, target, undefined, signal),
    // Servers before 0.13 have no such route.
    orUndefined(askConfig(client, target, version, signal)),
    askFormation(client, target, signal),
  ]);
  const quantities = formation.map((one) => `${one.type}=${one.quantity}:${one.size}`).join(' ');
  const steps = (releases[0]?.version ?? version) - version;
  return {
    ...(image === undefined ? {} : { image }),
    config: compareKeys(now, then ?? now),
    notes: [
      ...(then
        ? []
        : [`Variables go back to those of v${version} too, which this server does not tell before.`]),
      `Quantities and sizes go back to those of v${version}, which Empire does not tell before; now they are ${quantities || 'none'}.`,
      ...(steps >= 10 ? [`v${version} is ${steps} releases old.`] : []),
    ],
  };
}
