import { UserError, isAbort } from '../../../base/errors';
import type { Secret } from '../../../base/secret';
import type { Docker } from '../../docker';
import { findDocker } from '../../docker';
import { badImage, noDockerfile } from '../../errors/image';
import { cantPush, nothingReleased, wrongStack } from '../../errors/heroku';
import type { DeployEvent } from '../../event';
import { parseImage } from '../../image';
import type { DeployRequest, Target } from '../../provider';
import { StageClock } from '../../stage-clock';
import { failedBy } from '../outcome';
import { ensureApp } from './app';
import type { HerokuParts } from './client';
import { acceptFor, appPath, callOf, connect, tokenFor } from './client';
import { followRelease } from './follow';
import { askReleases } from './reading';
import { isCertain } from './refusal';
import { dockerAuth, imageIdOf, registryFor } from './registry';
import type { Deploying, Sending } from './verdict';
import { attempt, failed, lookForRelease, unknownEnd } from './verdict';
import type { HerokuRelease } from './wire';

/** Whether images are released here, instead of Heroku building the tree. */
export const takesImages = ({ environment }: Target, { image }: DeployRequest): boolean =>
  environment.registry !== undefined || image !== undefined;

/** The image of one type of process. */
interface Image {
  readonly type: string;
  /** As it is pushed. */
  readonly name: string;
  /** What makes it: a file to build, or an image that is there. */
  readonly from: { readonly file: string } | { readonly image: string };
}

/**
 * A deploy of images: docker builds and pushes them, then they are released together. Throws before anything but a missing app was made;
 * until the release is asked for nothing can have been deployed.
 */
export async function* deployImages(
  parts: HerokuParts,
  target: Target,
  request: DeployRequest,
  signal: AbortSignal,
): AsyncIterable<DeployEvent> {
  const clock = new StageClock(parts.now);
  yield* clock.enter('preflight');
  const registry = registryFor(target);
  const images = await imagesOf(parts, target, { request, registry });
  const docker = await findDocker(target.dir, parts.world, signal);
  const client = await connect(parts, target, signal);
  const token = await tokenFor(parts, client.place, signal);
  const { app, made } = await ensureApp(client, target, 'container', signal);
  if (app.buildStack !== 'container') throw wrongStack(target.app, app.buildStack);
  const before = (await askReleases(client, target, 1, signal))?.[0]?.version;
  if (made) yield { type: 'log', text: `${target.app} is new on ${client.where}: the app was made.` };
  const deploying: Sending = { parts, client, target, before, signal };
  const pushing = { docker, images, registry, token, clock };
  const ids = yield* pushed(deploying, pushing);
  if (!ids) return;
  yield* clock.enter('create');
  yield* released(deploying, ids, clock);
}

/** `Dockerfile` makes `web`, `Dockerfile.worker` makes `worker`; one image that was named is `web`. */
async function imagesOf(
  { world }: HerokuParts,
  { dir, app }: Target,
  { request, registry }: { readonly request: DeployRequest; readonly registry: string },
): Promise<readonly Image[]> {
  const nameOf = (type: string): string => `${registry}/${app}/${type}`;
  const { image } = request;
  if (image !== undefined) {
    if (!parseImage(image)) throw badImage(image);
    return [{ type: 'web', name: nameOf('web'), from: { image } }];
  }
  const names = (await world.files.list(dir)).map((one) => one.name);
  const found = names.flatMap((file): readonly Image[] => {
    const type = file === 'Dockerfile' ? 'web' : /^Dockerfile\.([a-z][a-z0-9_-]*)$/.exec(file)?.[1];
    return type === undefined ? [] : [{ type, name: nameOf(type), from: { file } }];
  });
  if (found.length === 0) throw noDockerfile(dir);
  return found;
}

interface Pushing {
  readonly docker: Docker;
  readonly images: readonly Image[];
  readonly registry: string;
  readonly token: Secret;
  readonly clock: StageClock;
}

type Ids = ReadonlyMap<string, string>;

/** The ids of the images by type; undefined when it failed, which is told then. */
async function* pushed(
  { parts, target, client, signal }: Sending,
  { docker, images, registry, token, clock }: Pushing,
): AsyncGenerator<DeployEvent, Ids | undefined> {
  // Heroku runs this kind of machine, and takes no manifests beside the image's own.
  const env = { DOCKER_DEFAULT_PLATFORM: 'linux/amd64', BUILDX_NO_DEFAULT_ATTESTATIONS: '1' };
  const ids = new Map<string, string>();
  try {
    yield* clock.enter('build');
    for (const { name, from } of images)
      for (const args of buildSteps(name, from))
        for (const text of await docker.run('build', name, args, env))
          yield { type: 'log', text: client.clean(text) };
    yield* clock.enter('push');
    const auth = { ...env, DOCKER_AUTH_CONFIG: dockerAuth(registry, token) };
    for (const { type, name } of images) {
      const lines = await signedIn(registry, docker.run('push', name, ['push', name], auth));
      for (const text of lines) yield { type: 'log', text: client.clean(text) };
      ids.set(type, await imageIdOf(parts, { registry, app: target.app, type, token }, signal));
    }
    yield* clock.end('done');
    return ids;
  } catch (error) {
    yield* clock.end('failed');
    yield notPushed(error, target);
    return undefined;
  }
}

function buildSteps(name: string, from: Image['from']): readonly (readonly string[])[] {
  return 'file' in from
    ? [['build', '--tag', name, '--file', from.file, '.']]
    : [
        ['pull', '--quiet', from.image],
        ['tag', from.image, name],
      ];
}

/** Says what to do where docker was not let in. */
async function signedIn<T>(registry: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const lines = error instanceof UserError ? error.lines : [];
    if (/denied|unauthorized|authentication required|no basic auth/i.test(lines.join('\n')))
      throw cantPush(registry, lines);
    throw error;
  }
}

/** Nothing was deployed, whatever it was. */
function notPushed(error: unknown, target: Target): DeployEvent {
  if (error instanceof UserError) return failedBy(error);
  if (!isAbort(error)) throw error;
  return failed({
    code: 'deploy/cancelled',
    message: `The deploy of ${target.app} was cancelled before anything was deployed.`,
  });
}

/** `Deployed web (1a2b3c4d5e6f)`: neither a change of a variable nor another image that came in between is meant. */
const isReleaseOf =
  (ids: Ids) =>
  ({ description }: HerokuRelease): boolean => {
    const named = /\(([0-9a-f]{7,64})\)/.exec(description)?.[1];
    const isOurs = named === undefined || [...ids.values()].some((id) => id.startsWith(`sha256:${named}`));
    return description.startsWith('Deploy') && isOurs;
  };

async function* released(deploying: Deploying, ids: Ids, clock: StageClock): AsyncIterable<DeployEvent> {
  const { client, target, before, signal } = deploying;
  const updates = [...ids].map(([type, image]) => ({ type, docker_image: image }));
  const call = callOf(`release the image of ${target.app}`, 'PATCH', appPath(target, '/formation'), {
    headers: { accept: acceptFor('3.docker-releases') },
    body: { updates },
  });
  const asked = await attempt(client.change(call, signal));
  if (asked instanceof UserError && isCertain(asked)) {
    yield* clock.end('failed');
    yield failedBy(asked);
    return;
  }
  const release = await lookForRelease(deploying, isReleaseOf(ids));
  if (release) {
    const deploy = `v${release.version}`;
    yield { type: 'started', deploy };
    yield* followRelease(deploying, release, clock);
    return;
  }
  // It said yes; that no release came of it is only known where releases can be asked for.
  const newest = asked instanceof UserError ? asked : await attempt(askReleases(client, target, 1, signal));
  if (newest instanceof UserError || newest.value?.[0]?.version !== before) {
    yield await unknownEnd(deploying, undefined, `${client.where} did not say how it went`);
    return;
  }
  yield* clock.end('failed');
  yield failedBy(nothingReleased(target.app));
}
