import { UserError, isAbort, systemCode } from '../../../base/errors';
import type { Archive } from '../../../base/ports';
import { readTree } from '../../git';
import { notTheApi } from '../../errors/api';
import { cantPack } from '../../errors/heroku';
import type { DeployEvent } from '../../event';
import type { DeployRequest, Target } from '../../provider';
import { StageClock } from '../../stage-clock';
import { parseJson } from '../lines';
import { failedBy } from '../outcome';
import { ensureApp } from './app';
import type { Client, HerokuParts } from './client';
import { appPath, callOf, connect } from './client';
import { followBuild } from './follow';
import { askBuilds, askReleases, orUndefined } from './reading';
import { isCertain } from './refusal';
import { sourceFiles } from './source';
import { upload } from './upload';
import type { Deploying, Sending } from './verdict';
import { attempt, failed, unknownEnd } from './verdict';
import type { Build } from './wire';
import { readBuild } from './wire';

/**
 * One deploy of the working tree. What is thrown comes before anything but a missing app was made; from then on every end is told as an
 * outcome. Until the build is asked for nothing can have been deployed, so that leaving before is a deploy that failed.
 */
export async function* deploySource(
  parts: HerokuParts,
  target: Target,
  request: DeployRequest,
  signal: AbortSignal,
): AsyncIterable<DeployEvent> {
  const clock = new StageClock(parts.now);
  yield* clock.enter('preflight');
  const client = await connect(parts, target, signal);
  const files = await sourceFiles(target.dir, parts.world, signal);
  const { made } = await ensureApp(client, target, undefined, signal);
  const known = await before(client, target, signal);
  if (made) yield { type: 'log', text: `${target.app} is new on ${client.where}: the app was made.` };
  const deploying: Sending = { parts, client, target, before: known.release, signal };
  const sent = yield* sendSource(deploying, { files, clock });
  if (!sent) return;
  yield* clock.enter('build');
  const body = {
    source_blob: { url: sent.url, checksum: sent.checksum, ...(await said(parts, target, request, signal)) },
  };
  const call = callOf(`build ${target.app}`, 'POST', appPath(target, '/builds'), { body });
  const asked = await attempt(client.change(call, signal));
  const build = asked instanceof UserError ? undefined : readBuild(parseJson(asked.value));
  if (build) {
    yield* followBuild(deploying, build, clock);
    return;
  }
  const error = asked instanceof UserError ? asked : notTheApi(client.where, 200);
  if (asked instanceof UserError && isCertain(asked)) {
    yield* clock.end('failed');
    yield failedBy(asked);
    return;
  }
  yield { type: 'log', text: `${error.message} Looking for the build.` };
  const found = await lookForBuild(deploying, sent.checksum, known.builds);
  if (found) yield* followBuild(deploying, found, clock);
  else yield await unknownEnd(deploying, undefined, `${client.where} did not say whether it builds`);
}

interface Known {
  readonly release: number | undefined;
  /** The ids of the builds so far. */
  readonly builds: ReadonlySet<string>;
}

async function before(client: Client, target: Target, signal: AbortSignal): Promise<Known> {
  const [releases, builds] = await Promise.all([
    askReleases(client, target, 1, signal),
    askBuilds(client, target, signal),
  ]);
  return { release: releases?.[0]?.version, builds: new Set(builds?.map((one) => one.id)) };
}

interface Sent {
  readonly url: string;
  /** As a build has it. */
  readonly checksum: string;
}

/** Packs and uploads the source; undefined when that failed, which is told then. */
async function* sendSource(
  { parts, client, target, signal }: Sending,
  { files, clock }: { readonly files: readonly string[]; readonly clock: StageClock },
): AsyncGenerator<DeployEvent, Sent | undefined> {
  let archive: Archive | undefined;
  try {
    yield* clock.enter('snapshot');
    archive = await parts.archives.pack(target.dir, files, signal);
    yield { type: 'log', text: `${archive.files} files, ${sizeOf(archive.length)} packed` };
    yield* clock.enter('upload');
    const { url } = yield* upload({ parts, client, archive, signal });
    yield* clock.end('done');
    return { url, checksum: `SHA256:${archive.sha256}` };
  } catch (error) {
    yield* clock.end('failed');
    yield notSent(error, target);
    return undefined;
  } finally {
    await archive?.remove();
  }
}

/** Nothing was deployed, whatever it was. Throws what is a bug of ours. */
function notSent(error: unknown, target: Target): DeployEvent {
  if (error instanceof UserError) return failedBy(error);
  if (isAbort(error))
    return failed({
      code: 'deploy/cancelled',
      message: `The deploy of ${target.app} was cancelled before anything was deployed.`,
    });
  const code = systemCode(error);
  if (code === undefined) throw error;
  const path = error instanceof Error && 'path' in error ? String(error.path) : target.dir;
  return failedBy(cantPack(path, reasons[code] ?? `gave ${code}`));
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'may not be read',
  EPERM: 'may not be read',
  ECHANGED: 'was changed while it was packed',
  ENOSPC: 'does not fit on the disk for temporary files',
};

/** A size for people. */
export function sizeOf(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** What the build and its release say of themselves: the commit, and the message or the commit's own. */
async function said(
  { world }: HerokuParts,
  { dir }: Target,
  { message }: DeployRequest,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const { commit, subject, dirty } = await readTree(dir, world.processes, signal);
  const description = message ?? subject;
  return {
    ...(commit === undefined ? {} : { version: dirty.length > 0 ? `${commit}-dirty` : commit }),
    ...(description === undefined || description === ''
      ? {}
      : { version_description: description.slice(0, 500) }),
  };
}

/** A build of the very source that was sent, and not one of before; asked some times, since it may turn up late. */
async function lookForBuild(
  { parts, client, target, signal }: Deploying,
  checksum: string,
  known: ReadonlySet<string>,
): Promise<Build | undefined> {
  for (const wait of [...parts.patience.retriesMs, undefined]) {
    const builds = await orUndefined(askBuilds(client, target, signal));
    const found = builds?.find((one) => !known.has(one.id) && one.checksum === checksum);
    if (found || wait === undefined) return found;
    await parts.pause(wait, signal);
  }
  return undefined;
}
