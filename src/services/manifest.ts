import type { Document } from 'yaml';
import { isNode, parseDocument } from 'yaml';
import { isObject, stringAt } from '../base/json';
import type { Environment, EnvironmentProblem } from './environment';
import { environmentProblems, localEnvironment, readEnvironment } from './environment';
import { brokenManifest } from './errors';

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
    environments: readEnvironments(document, text, path),
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

function readEnvironments(document: Document, text: string, path: string): readonly Environment[] {
  const value: unknown = entriesOf(document);
  if (value === undefined || value === null) return [localEnvironment];
  if (!isObject(value)) throw brokenManifest(path, 'environments must be a mapping from names to platforms');
  const found: Environment[] = [];
  for (const [name, entry] of Object.entries(value)) {
    const [problem] = environmentProblems(name, entry);
    if (problem) throw brokenManifest(path, problem.why, lineAt(text, placeOf(document, problem)[0]));
    const environment = readEnvironment(name, entry);
    if (environment) found.push(environment);
  }
  return found.length > 0 ? found : [localEnvironment];
}

function entriesOf(document: Document): unknown {
  const all: unknown = document.toJS();
  return isObject(all) ? all['environments'] : undefined;
}

/** The offsets of what a problem is about: the value of its key, else the entry. */
function placeOf(document: Document, { name, key }: EnvironmentProblem): readonly [number, number] {
  const path = key === undefined ? ['environments', name] : ['environments', name, key];
  const node: unknown = document.getIn(path, true);
  return isNode(node) && node.range ? [node.range[0], node.range[1]] : [0, 0];
}

/** A fault of a `servicewright.yaml`, by its offsets in the text. */
export interface ManifestProblem {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/** Everything that is wrong with the environments, and the syntax before that; for an editor, which shows all of it at once. */
export function manifestProblems(text: string): readonly ManifestProblem[] {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0)
    return document.errors.map(({ message, pos }) => ({ from: pos[0], to: pos[1], message }));
  const entries = entriesOf(document);
  if (!isObject(entries)) return [];
  return Object.entries(entries)
    .flatMap(([name, entry]) => environmentProblems(name, entry))
    .map((problem) => {
      const [from, to] = placeOf(document, problem);
      return { from, to, message: `${problem.why.charAt(0).toUpperCase()}${problem.why.slice(1)}.` };
    });
}
