import { basename, join } from '../base/paths';
import type { Files } from '../base/ports';
import { localEnvironment } from './environment';
import { notAService } from './errors';
import type { ServiceManifest } from './manifest';
import { parseManifest } from './manifest';
import { manifestName } from './name';

export interface Service extends ServiceManifest {
  /** Absolute path of the service's root. */
  readonly dir: string;
}

/**
 * Reads the service in `dir`. A folder with a Procfile but no servicewright.yaml is a service named after the folder, on this machine.
 * Throws UserError `services/broken-manifest` or `services/not-a-service`.
 */
export async function loadService(dir: string, files: Files): Promise<Service> {
  const path = join(dir, manifestName);
  const text = await files.readText(path);
  if (text !== undefined) return { dir, ...parseManifest(text, path) };
  if ((await files.kind(join(dir, 'Procfile'))) === undefined) throw notAService(dir);
  return { dir, name: serviceName(basename(dir)), environments: [localEnvironment] };
}

/** The nearest service name to a folder's name: lower case, hyphens for everything else. */
function serviceName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '');
  return name === '' ? 'service' : name;
}
