import { parseDocument } from 'yaml';
import { isObject, stringAt, stringMap } from '../base/json';
import { brokenManifest } from './errors';

export const platforms = ['embedded', 'empire', 'heroku', 'kubernetes'] as const;
export type PlatformId = (typeof platforms)[number];

/** One entry of `environments:`. */
export interface Environment {
  readonly name: string;
  readonly platform: PlatformId;
  readonly url?: string;
  readonly app?: string;
  readonly registry?: string;
  /** A protected environment asks before anything changes. */
  readonly protected: boolean;
  /** Plain configuration, given to the processes as environment variables. Never secrets. */
  readonly config: Readonly<Record<string, string>>;
}

/** What `servicewright.yaml` says. */
export interface ServiceManifest {
  readonly name: string;
  readonly description?: string;
  readonly owner?: string;
  /** The API description, relative to the service's root. */
  readonly spec?: string;
  /** The path that answers 200 once the service can serve; without it any answer below 500 from `/` counts. */
  readonly health?: string;
  readonly template?: {
    readonly id: string;
    readonly version: string;
    readonly answers: Readonly<Record<string, unknown>>;
  };
  readonly environments: readonly Environment[];
}

/** A service that has no environments of its own runs on this machine. */
export const localEnvironment: Environment = {
  name: 'local',
  platform: 'embedded',
  protected: false,
  config: {},
};

/**
 * Reads the text of a `servicewright.yaml`; `path` is for messages.
 * Throws UserError `services/broken-manifest` when it is not YAML, not a mapping, has no usable `name`, or names an unknown platform.
 */
export function parseManifest(text: string, path: string): ServiceManifest {
  const document = parseDocument(text, { prettyErrors: false });
  const problem = document.errors[0];
  if (problem) throw brokenManifest(path, problem.message, lineAt(text, problem.pos[0]));
  const value: unknown = document.toJS();
  if (!isObject(value)) throw brokenManifest(path, 'it must be a mapping with at least a name');
  const name = stringAt(value, 'name');
  if (name === undefined || !/^[a-z][a-z0-9-]*$/.test(name))
    throw brokenManifest(path, 'name must be lower-case letters, digits and hyphens');
  const template = readTemplate(value['template']);
  return {
    name,
    ...optional(value, 'description'),
    ...optional(value, 'owner'),
    ...optional(value, 'spec'),
    ...optional(value, 'health'),
    ...(template ? { template } : {}),
    environments: readEnvironments(value['environments'], path),
  };
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length - 1;
}

function optional<K extends string>(value: unknown, key: K): { readonly [P in K]?: string } {
  const found = stringAt(value, key);
  const out: { [P in K]?: string } = {};
  if (found !== undefined) out[key] = found;
  return out;
}

function readTemplate(value: unknown): ServiceManifest['template'] {
  const id = stringAt(value, 'id');
  const version = stringAt(value, 'version');
  if (id === undefined || version === undefined || !isObject(value)) return undefined;
  return { id, version, answers: isObject(value['answers']) ? value['answers'] : {} };
}

function readEnvironments(value: unknown, path: string): readonly Environment[] {
  if (value === undefined || value === null) return [localEnvironment];
  if (!isObject(value)) throw brokenManifest(path, 'environments must be a mapping from names to platforms');
  const found = Object.entries(value).map(([name, entry]) => readEnvironment(name, entry, path));
  return found.length > 0 ? found : [localEnvironment];
}

function readEnvironment(name: string, entry: unknown, path: string): Environment {
  const said = stringAt(entry, 'platform');
  const platform = platforms.find((id) => id === said);
  if (platform === undefined)
    throw brokenManifest(path, `environment ${name} needs a platform, one of ${platforms.join(', ')}`);
  return {
    name,
    platform,
    ...optional(entry, 'url'),
    ...optional(entry, 'app'),
    ...optional(entry, 'registry'),
    protected: isObject(entry) && entry['protected'] === true,
    config: configOf(isObject(entry) ? entry['config'] : undefined),
  };
}

/** YAML reads `false` and `8000` as what they are; an environment variable is text. */
function configOf(value: unknown): Readonly<Record<string, string>> {
  if (!isObject(value)) return {};
  const texts = Object.entries(value).map(([key, item]) => [
    key,
    typeof item === 'number' || typeof item === 'boolean' ? String(item) : item,
  ]);
  return stringMap(Object.fromEntries(texts));
}
