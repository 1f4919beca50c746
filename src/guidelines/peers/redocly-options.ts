/** Options of Redocly's rules in terms of ours. */
import type { JsonObject } from '../../base/json';
import { isObject, isString } from '../../base/json';

/** What one option of a peer's rule sets of one of ours. */
export interface MappedOption {
  readonly rule: string;
  readonly option: string;
  /** What holds where nothing is said. */
  readonly usual: unknown;
  /** The value as ours has it; undefined when it is not taken. */
  read(value: unknown): unknown;
}

const texts = (value: unknown): unknown =>
  Array.isArray(value) && value.every(isString) ? value : undefined;
const flag = (value: unknown): unknown => (typeof value === 'boolean' ? value : undefined);

const option = (
  rule: string,
  name: string,
  { usual, read }: { readonly usual: unknown; readonly read: MappedOption['read'] },
): MappedOption => ({ rule, option: name, usual, read });

const flagOf = (rule: string, name: string, usual = false): MappedOption =>
  option(rule, name, { usual, read: flag });
const textsOf = (rule: string, name: string, usual: readonly string[] = []): MappedOption =>
  option(rule, name, { usual, read: texts });

const notFlag = (rule: string, name: string): MappedOption =>
  option(rule, name, { usual: true, read: (value) => (typeof value === 'boolean' ? !value : undefined) });

/** A kind of components is looked at, or not; it has no severity of its own. */
const kindOf = (kind: string): MappedOption =>
  option('component-name-unique', kind, {
    usual: true,
    read: (value) => (isString(value) ? value !== 'off' : undefined),
  });

/** `{ path, methods }`, as ours has it: the path, or with each method before it. */
function exceptions(value: unknown): unknown {
  if (!Array.isArray(value)) return undefined;
  const all = value.map((one) => {
    const { path, methods } = isObject(one) ? one : {};
    if (!isString(path)) return undefined;
    if (methods === undefined) return [path];
    return Array.isArray(methods) && methods.every(isString)
      ? methods.map((method) => `${method.toLowerCase()} ${path}`)
      : undefined;
  });
  return all.includes(undefined) ? undefined : all.flat();
}

/** By status, names; written as `200 Content-Length` in ours. */
function namesByStatus(value: unknown): unknown {
  if (!isObject(value)) return undefined;
  const all = Object.entries(value).map(([status, names]) =>
    Array.isArray(names) && names.every(isString) ? names.map((name) => `${status} ${name}`) : undefined,
  );
  return all.includes(undefined) ? undefined : all.flat();
}

const methodOrder = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'query', 'trace'];

const mapped: Readonly<Record<string, Readonly<Record<string, MappedOption>>>> = {
  'array-parameter-serialization': { in: textsOf('array-parameter-serialization', 'in') },
  'boolean-parameter-prefixes': { prefixes: textsOf('boolean-parameter-prefix', 'prefixes', ['is', 'has']) },
  'component-name-unique': {
    schemas: kindOf('schemas'),
    parameters: kindOf('parameters'),
    responses: kindOf('responses'),
    requestBodies: kindOf('requestBodies'),
  },
  'no-duplicated-tag-names': { ignoreCase: flagOf('tags-unique', 'ignoreCase') },
  'no-http-verbs-in-paths': {
    splitIntoWords: flagOf('path-no-methods', 'words'),
    excludedPaths: textsOf('path-no-methods', 'except'),
  },
  'operation-2xx-response': {
    validateWebhooks: flagOf('success-response', 'webhooks'),
    disallowDefault: notFlag('success-response', 'default'),
  },
  'operation-4xx-response': {
    validateWebhooks: flagOf('client-error-response', 'webhooks'),
    excludedMethods: textsOf('client-error-response', 'exceptMethods'),
  },
  'path-http-verbs-order': { order: textsOf('path-method-order', 'order', methodOrder) },
  'path-segment-plural': {
    ignoreLastPathSegment: flagOf('path-segments-plural', 'ignoreLast'),
    exceptions: textsOf('path-segments-plural', 'except'),
  },
  'request-mime-type': { allowedValues: textsOf('request-media-types', 'allowed') },
  'response-contains-header': {
    names: option('response-has-headers', 'names', { usual: [], read: namesByStatus }),
  },
  'response-contains-property': {
    names: option('response-has-properties', 'names', { usual: [], read: namesByStatus }),
  },
  'response-mime-type': { allowedValues: textsOf('response-media-types', 'allowed') },
  'security-defined': { exceptions: option('operation-security', 'except', { usual: [], read: exceptions }) },
  'security-scopes-defined': { requireScopes: flagOf('security-scopes-defined', 'required') },
  'tags-alphabetical': { ignoreCase: flagOf('tags-alphabetical', 'ignoreCase') },
};

/** What a rule of Redocly means by itself, where ours can be told to mean more or less. */
const fixed: Readonly<Record<string, Readonly<Record<string, JsonObject>>>> = {
  'operation-4xx-response': { 'client-error-response': { always: true, callbacks: true, default: false } },
  'operation-2xx-response': { 'success-response': { otherwise: false } },
  'operation-tag-defined': { 'tags-defined': { always: true } },
  'no-server-example.com': { 'server-not-example': { localhost: true } },
  'scalar-property-missing-example': { 'property-example': { strict: true } },
};

/** What the options of a rule come to: for one of ours, those that were said and those that hold by themselves. */
export interface Taken {
  /** By rule. */
  readonly said: Readonly<Record<string, JsonObject>>;
  /** Options that there are not here. */
  readonly unknown: readonly string[];
  /** Options whose values are none. */
  readonly wrong: readonly string[];
}

export function takenOptions(id: string, options: JsonObject): Taken {
  const known = Object.hasOwn(mapped, id) ? (mapped[id] ?? {}) : {};
  const said: Record<string, Record<string, unknown>> = {};
  const [unknown, wrong]: [string[], string[]] = [[], []];
  for (const [name, { rule, option: ours, usual }] of Object.entries(known))
    if (!Object.hasOwn(options, name)) (said[rule] ??= {})[ours] = usual;
  for (const [name, value] of Object.entries(options)) {
    const one = Object.hasOwn(known, name) ? known[name] : undefined;
    if (one === undefined) unknown.push(name);
    else {
      const read = one.read(value);
      (said[one.rule] ??= {})[one.option] = read ?? one.usual;
      if (read === undefined) wrong.push(name);
    }
  }
  return { said, unknown, wrong };
}

/** What holds of one of ours where a rule of Redocly says it and its options are not said. */
export function usualOptions(id: string, rule: string): JsonObject | undefined {
  const own = Object.hasOwn(fixed, id) ? fixed[id]?.[rule] : undefined;
  const usual = { ...takenOptions(id, {}).said[rule], ...own };
  return Object.keys(usual).length === 0 ? undefined : usual;
}
