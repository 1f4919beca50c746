import { isObject, stringAt, stringMap } from '../base/json';

export const platforms = ['embedded', 'empire', 'heroku', 'kubernetes'] as const;
export type PlatformId = (typeof platforms)[number];

/** One entry of `environments:`. */
export interface Environment {
  readonly name: string;
  readonly platform: PlatformId;
  /** The platform's API: http or https, without user or password. */
  readonly url?: string;
  readonly app?: string;
  readonly registry?: string;
  /** Kubernetes: the context of the kubeconfig, and the namespace where it is not the context's. */
  readonly context?: string;
  readonly namespace?: string;
  readonly ingress?: Ingress;
  /** A protected environment asks before anything changes. */
  readonly protected: boolean;
  /** Plain configuration, given to the processes as environment variables. Never secrets. */
  readonly config: Readonly<Record<string, string>>;
}

/** Kubernetes: the address under which the cluster's ingress serves the app. */
export interface Ingress {
  readonly host: string;
  /** The ingress class; the cluster's usual one unless said. */
  readonly className?: string;
  /** The Secret with the host's certificate; with it the address is https. */
  readonly tlsSecret?: string;
}

/** A service that has no environments of its own runs on this machine. */
export const localEnvironment: Environment = {
  name: 'local',
  platform: 'embedded',
  protected: false,
  config: {},
};

/** What is wrong with an entry, and at which of its keys; without a key it is about the entry. */
export interface EnvironmentProblem {
  readonly name: string;
  readonly key?: string;
  readonly why: string;
}

/** Reads an entry; undefined when it names no platform, which `environmentProblems` then says. */
export function readEnvironment(name: string, entry: unknown): Environment | undefined {
  const platform = platformOf(entry);
  if (platform === undefined) return undefined;
  const texts = Object.fromEntries(
    (['url', 'app', 'registry', 'context', 'namespace'] as const)
      .map((key) => [key, stringAt(entry, key)] as const)
      .filter(([, text]) => text !== undefined),
  );
  return {
    name,
    platform,
    ...texts,
    ...readIngress(isObject(entry) ? entry['ingress'] : undefined),
    protected: isObject(entry) && entry['protected'] === true,
    config: configOf(isObject(entry) ? entry['config'] : undefined),
  };
}

/** A host alone, or a mapping with its class and certificate. */
function readIngress(value: unknown): { readonly ingress?: Ingress } {
  const host = typeof value === 'string' ? value : stringAt(value, 'host');
  if (host === undefined) return {};
  const [className, tlsSecret] = [stringAt(value, 'class'), stringAt(value, 'tls')];
  return {
    ingress: {
      host,
      ...(className === undefined ? {} : { className }),
      ...(tlsSecret === undefined ? {} : { tlsSecret }),
    },
  };
}

const platformOf = (entry: unknown): PlatformId | undefined =>
  platforms.find((id) => id === stringAt(entry, 'platform'));

/** YAML reads `false` and `8000` as what they are; an environment variable is text. */
function configOf(value: unknown): Readonly<Record<string, string>> {
  if (!isObject(value)) return {};
  const texts = Object.entries(value).map(([key, item]) => [
    key,
    typeof item === 'number' || typeof item === 'boolean' ? String(item) : item,
  ]);
  return stringMap(Object.fromEntries(texts));
}

/** Everything that is wrong with an entry. */
export function environmentProblems(name: string, entry: unknown): readonly EnvironmentProblem[] {
  const platform = platformOf(entry);
  if (platform === undefined) {
    const key = stringAt(entry, 'platform') === undefined ? {} : { key: 'platform' };
    return [{ name, ...key, why: `environment ${name} needs a platform, one of ${platforms.join(', ')}` }];
  }
  const checks = [
    urlProblem(name, platform, stringAt(entry, 'url')),
    appProblem(name, platform, stringAt(entry, 'app')),
    registryProblem(name, platform, stringAt(entry, 'registry')),
  ];
  return [...checks.filter((one) => one !== undefined), ...kubernetesProblems(name, platform, entry)];
}

function urlProblem(
  name: string,
  platform: PlatformId,
  url: string | undefined,
): EnvironmentProblem | undefined {
  if (url === undefined)
    return platform === 'empire'
      ? { name, key: 'platform', why: `environment ${name} needs a url, the address of its Empire server` }
      : undefined;
  if (/^https?:\/\/[^/]*@/.test(url))
    return {
      name,
      key: 'url',
      why: `the url of ${name} holds a user or a password; take it out and sign in instead`,
    };
  return /^https?:\/\/[^\s/?#]+[^\s?#]*$/.test(url)
    ? undefined
    : { name, key: 'url', why: `the url of ${name} must be an address as in https://empire.example.com` };
}

/** The platforms' own rules for names. */
const appRules: Readonly<Partial<Record<PlatformId, { readonly pattern: RegExp; readonly says: string }>>> = {
  empire: {
    pattern: /^[a-z][a-z0-9-]{2,30}$/,
    says: 'takes 3 to 31 lower-case letters, digits and hyphens and begins with a letter',
  },
  heroku: {
    pattern: /^[a-z][a-z0-9-]{1,28}[a-z0-9]$/,
    says: 'takes 3 to 30 lower-case letters, digits and hyphens, begins with a letter and does not end with a hyphen',
  },
};

function appProblem(
  name: string,
  platform: PlatformId,
  app: string | undefined,
): EnvironmentProblem | undefined {
  const rule = appRules[platform];
  if (app === undefined || !rule || rule.pattern.test(app)) return undefined;
  return { name, key: 'app', why: `the app of ${name} ${rule.says}` };
}

/** Heroku runs images of its own registry alone, which gets the key. */
const herokuRegistry = /^(registry\.heroku\.com|(localhost|127\.\d+\.\d+\.\d+)(:\d+)?)$/;

function registryProblem(
  name: string,
  platform: PlatformId,
  registry: string | undefined,
): EnvironmentProblem | undefined {
  if (registry !== undefined && platform === 'heroku' && !herokuRegistry.test(registry))
    return {
      name,
      key: 'registry',
      why: `the registry of ${name} can only be registry.heroku.com, for images; without it Heroku builds the tree`,
    };
  if (registry === undefined || /^[a-z0-9][a-z0-9._:/-]*$/.test(registry)) return undefined;
  return {
    name,
    key: 'registry',
    why: `the registry of ${name} must be where images are, as in ghcr.io/acme, in lower case and without https://`,
  };
}

const labelPattern = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const hostPattern = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/** Kubernetes' own rules for names; the context is said and never guessed, so that nothing goes to whichever is current. */
function kubernetesProblems(
  name: string,
  platform: PlatformId,
  entry: unknown,
): readonly EnvironmentProblem[] {
  if (platform !== 'kubernetes' || !isObject(entry)) return [];
  const [context, namespace, app] = (['context', 'namespace', 'app'] as const).map((key) => entry[key]);
  const isLabel = (value: unknown): boolean => typeof value === 'string' && labelPattern.test(value);
  return [
    ...(typeof context === 'string' && context !== ''
      ? []
      : [
          {
            name,
            key: context === undefined ? 'platform' : 'context',
            why: `environment ${name} needs a context, the one of your kubeconfig that leads to its cluster`,
          },
        ]),
    ...(namespace === undefined || isLabel(namespace)
      ? []
      : [
          {
            name,
            key: 'namespace',
            why: `the namespace of ${name} takes lower-case letters, digits and hyphens`,
          },
        ]),
    ...(app === undefined || (typeof app === 'string' && isLabel(app) && /^[a-z].{0,39}$/.test(app))
      ? []
      : [
          {
            name,
            key: 'app',
            why: `the app of ${name} takes up to 40 lower-case letters, digits and hyphens and begins with a letter`,
          },
        ]),
    ...ingressProblems(name, entry['ingress']),
  ];
}

function ingressProblems(name: string, value: unknown): readonly EnvironmentProblem[] {
  if (value === undefined) return [];
  const host = typeof value === 'string' ? value : stringAt(value, 'host');
  if (host !== undefined && hostPattern.test(host)) return [];
  return [
    { name, key: 'ingress', why: `the ingress of ${name} must be a host name, as in orders.example.com` },
  ];
}
