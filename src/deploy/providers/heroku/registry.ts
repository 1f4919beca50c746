import { base64 } from '../../../base/secret';
import type { Secret } from '../../../base/secret';
import { noImageThere, strangeRegistry } from '../../errors/heroku';
import type { Target } from '../../provider';
import { textOf } from '../lines';
import type { HerokuParts } from './client';
import { placeOf } from './client';
import { readImageId } from './wire';

export const usualRegistry = 'registry.heroku.com';

const isHere = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+)(:\d+)?$/.test(host);

/**
 * The registry that takes the images of an app: Heroku's own, or one on this machine for a server on this machine. The key goes there,
 * so that no other name will do. Throws UserError `deploy/strange-registry`.
 */
export function registryFor(target: Target): string {
  const registry = target.environment.registry ?? usualRegistry;
  const { origin } = placeOf(target);
  const isAtHome = isHere(registry) && isHere(origin.replace(/^https?:\/\//, ''));
  if (registry !== usualRegistry && !isAtHome) throw strangeRegistry(registry, origin);
  return registry;
}

/** What docker reads from DOCKER_AUTH_CONFIG (28.3 and newer), so that the key is in no file and no argument. */
export const dockerAuth = (registry: string, token: Secret): string =>
  JSON.stringify({ auths: { [registry]: { auth: base64(`_:${token.reveal()}`) } } });

/** The id of the image that was pushed last, as a release names it. Throws UserError `deploy/image-missing`. */
export async function imageIdOf(
  parts: HerokuParts,
  { registry, app, type, token }: Pushed,
  signal: AbortSignal,
): Promise<string> {
  const image = `${registry}/${app}/${type}`;
  const url = `${isHere(registry) ? 'http' : 'https'}://${registry}/v2/${app}/${type}/manifests/latest`;
  const headers = {
    accept: 'application/vnd.docker.distribution.manifest.v2+json',
    authorization: `Basic ${base64(`_:${token.reveal()}`)}`,
  };
  const within = AbortSignal.any([signal, AbortSignal.timeout(parts.patience.askMs)]);
  let why = 'it can’t be reached';
  for (const wait of [...parts.patience.retriesMs, undefined]) {
    try {
      const { status, body } = await parts.http.send({ method: 'GET', url, headers }, within);
      const id = status === 200 ? readImageId(await textOf(body)) : undefined;
      if (id !== undefined) return id;
      why = status === 200 ? 'its manifest is of another kind' : `it answered ${status}`;
      if (status < 500 && status !== 429) break;
    } catch {
      signal.throwIfAborted();
    }
    if (wait !== undefined) await parts.pause(wait, signal);
  }
  throw noImageThere(image, why);
}

export interface Pushed {
  readonly registry: string;
  readonly app: string;
  readonly type: string;
  readonly token: Secret;
}
