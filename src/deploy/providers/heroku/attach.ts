import type { DeployEvent } from '../../event';
import type { Target } from '../../provider';
import { StageClock } from '../../stage-clock';
import { UserError } from '../../../base/errors';
import type { Client, ClientParts } from './client';
import { acceptFor, appPath, callOf, connect } from './client';
import { cancelled, followBuild, followRelease, releaseOf } from './follow';
import { askBuild, askProcesses, askRelease, askReleases } from './reading';
import type { Deploying } from './verdict';

/** A deploy is named by its build, or where it has none by its release: `v12`. */
const versionOf = (deploy: string): string | undefined => /^v(\d+)$/.exec(deploy)?.[1];

/** A deploy from its build, or its release, on; ends at once where there is no such. */
export async function* attachEvents(
  parts: ClientParts,
  target: Target,
  deploy: string,
  signal: AbortSignal,
): AsyncIterable<DeployEvent> {
  const client = await connect(parts, target, signal);
  const deploying: Deploying = { parts, client, target, before: undefined, signal };
  const clock = new StageClock(parts.now);
  const version = versionOf(deploy);
  if (version === undefined) {
    const build = await askBuild(client, target, deploy, signal);
    if (build) yield* followBuild(deploying, build, clock);
    return;
  }
  const release = await askRelease(client, target, version, signal);
  if (!release) return;
  yield { type: 'started', deploy };
  yield* followRelease(deploying, release, clock);
}

/** Ends a build, or the release command that came after it; what is past both can't be stopped. */
export async function cancelDeploy(
  parts: ClientParts,
  target: Target,
  deploy: string,
  signal: AbortSignal,
): Promise<void> {
  const client = await connect(parts, target, signal);
  if (versionOf(deploy) === undefined) {
    let build = await askBuild(client, target, deploy, signal);
    if (build?.status === 'pending') {
      if (await cancelBuild(client, target, deploy, signal)) return;
      build = await askBuild(client, target, deploy, signal);
    }
    // What was just built is a release a moment later.
    if (build?.status === 'succeeded')
      await releaseOf({ parts, client, target, before: undefined, signal }, build);
  }
  await cancelRelease(parts, client, target, signal);
}

/** Ends the command of a release that is under way: the process of it comes a moment after the release. */
async function cancelRelease(
  parts: ClientParts,
  client: Client,
  target: Target,
  signal: AbortSignal,
): Promise<void> {
  const deadline = parts.now().getTime() + parts.patience.releaseMs;
  for (;;) {
    const [newest] = (await askReleases(client, target, 1, signal)) ?? [];
    if (newest?.standing !== 'pending') return;
    const command = (await askProcesses(client, target, signal))?.find((one) =>
      one.name.startsWith('release.'),
    );
    if (command) {
      cancelled.add(`${target.app} v${newest.version}`);
      const path = appPath(target, `/dynos/${encodeURIComponent(command.name)}/actions/stop`);
      await client.change(callOf('stop the release command', 'POST', path), signal);
      return;
    }
    if (parts.now().getTime() >= deadline) return;
    await parts.pause(parts.patience.pollMs * client.slowness(), signal);
  }
}

/** False when it was over before it could be cancelled. */
async function cancelBuild(
  client: Client,
  target: Target,
  build: string,
  signal: AbortSignal,
): Promise<boolean> {
  const path = appPath(target, `/builds/${encodeURIComponent(build)}`);
  const headers = { accept: acceptFor('3.cancel-build') };
  cancelled.add(build);
  try {
    await client.change(callOf('cancel the build', 'DELETE', path, { headers }), signal);
    return true;
  } catch (error) {
    cancelled.delete(build);
    const now = await askBuild(client, target, build, signal);
    if (error instanceof UserError && now && now.status !== 'pending') return false;
    throw error;
  }
}
