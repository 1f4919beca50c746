import { UserError } from '../../../base/errors';
import { notTheApi } from '../../errors/api';
import type { DeployEvent } from '../../event';
import type { DeployRequest, Target } from '../../provider';
import { StageClock } from '../../stage-clock';
import { ensureApp } from '../heroku/app';
import type { ClientParts } from '../heroku/client';
import { appPath, callOf, connect } from '../heroku/client';
import { followBuild } from '../heroku/follow';
import { askReleases } from '../heroku/reading';
import { isCertain } from '../heroku/refusal';
import type { Deploying } from '../heroku/verdict';
import { attempt, unknownEnd } from '../heroku/verdict';
import { readBuild } from '../heroku/wire';
import { parseJson } from '../lines';

/**
 * One deploy of the working tree, which the platform reads where it is: nothing has to be packed and sent on one machine. A refusal is
 * thrown, since nothing came of it; from then on every end is told as an outcome.
 */
export async function* deployHere(
  parts: ClientParts,
  target: Target,
  request: DeployRequest,
  signal: AbortSignal,
): AsyncIterable<DeployEvent> {
  const client = await connect(parts, target, signal);
  await ensureApp(client, target, undefined, signal);
  const before = (await askReleases(client, target, 1, signal))?.[0]?.version;
  const deploying: Deploying = { parts, client, target, before, signal };
  const { message } = request;
  const body = {
    source_blob: {
      url: folderUrl(target.dir),
      ...(message === undefined ? {} : { version_description: message }),
    },
    servicewright: client.own?.given(target, request) ?? {},
  };
  const call = callOf(`deploy ${target.app}`, 'POST', appPath(target, '/builds'), { body });
  const asked = await attempt(client.change(call, signal));
  if (asked instanceof UserError) {
    if (isCertain(asked)) throw asked;
    yield await unknownEnd(deploying, undefined, `${client.where} did not say whether it builds`);
    return;
  }
  const build = readBuild(parseJson(asked.value));
  if (!build) throw notTheApi(client.where, 201);
  yield* followBuild(deploying, build, new StageClock(parts.now));
}

/** The `file:` address of a folder (RFC 8089), also of `C:\x` and `\\server\share`. */
export function folderUrl(dir: string): string {
  const isWindows = /^([a-z]:[\\/]|\\\\)/i.test(dir);
  const path = isWindows ? dir.replaceAll('\\', '/') : dir;
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const withDrive = encoded.replace(/^([a-z])%3A/i, '/$1:');
  return withDrive.startsWith('//') ? `file:${withDrive}` : `file://${withDrive}`;
}
