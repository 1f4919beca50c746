import type { Service } from '../services';
import { noSuchEnvironment, platformNotYet } from './errors';
import type { Provider, Target } from './provider';

/** Providers by the platform that they deploy to. */
export type Providers = Readonly<Partial<Record<string, Provider>>>;

/**
 * Where `service` goes in the environment of that name, and by which provider; without a name, in its first environment.
 * Throws UserError `deploy/no-such-environment` or `deploy/platform-not-supported`.
 */
export function targetOf(
  service: Service,
  name: string | undefined,
  providers: Providers,
): { readonly target: Target; readonly provider: Provider } {
  const known = service.environments.map((one) => one.name);
  const environment =
    name === undefined ? service.environments[0] : service.environments.find((one) => one.name === name);
  if (!environment) throw noSuchEnvironment(service.name, name ?? '', known);
  const provider = providers[environment.platform];
  if (!provider) throw platformNotYet(environment.platform, Object.keys(providers));
  const target: Target = {
    app: environment.app ?? service.name,
    service: service.name,
    environment,
    dir: service.dir,
    ...(service.health === undefined ? {} : { health: service.health }),
    ...(service.spec === undefined ? {} : { spec: service.spec }),
  };
  return { target, provider };
}
