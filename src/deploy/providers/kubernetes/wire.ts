import { isObject, stringAt, stringMap } from '../../../base/json';
import { parseJson } from '../lines';

/** The parsing door of the Kubernetes API: JSON text in, checked values out. What is not there is empty, not guessed. */

type Json = Readonly<Record<string, unknown>>;

const objectAt = (value: unknown, key: string): Json => {
  const found = isObject(value) ? value[key] : undefined;
  return isObject(found) ? found : {};
};
const listAt = (value: unknown, key: string): readonly unknown[] => {
  const found = isObject(value) ? value[key] : undefined;
  return Array.isArray(found) ? (found as readonly unknown[]) : [];
};
const numberAt = (value: unknown, key: string): number | undefined => {
  const found = isObject(value) ? value[key] : undefined;
  return typeof found === 'number' ? found : undefined;
};

/** A refusal: `kind: Status`. */
export interface Problem {
  readonly reason: string;
  readonly message: string;
  /** The kind of thing that it is about, as in addresses: `deployments`. */
  readonly kind: string;
}

/** Undefined when the body is not one of Kubernetes. */
export function readProblem(text: string): Problem | undefined {
  const value = parseJson(text);
  if (stringAt(value, 'kind') !== 'Status') return undefined;
  return {
    reason: stringAt(value, 'reason') ?? '',
    message: stringAt(value, 'message') ?? '',
    kind: stringAt(objectAt(value, 'details'), 'kind') ?? '',
  };
}

export interface Meta {
  readonly name: string;
  readonly uid: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly generation: number;
  readonly isGoing: boolean;
  /** What the server calls this state of it; opaque. */
  readonly resourceVersion: string;
}

function readMeta(value: unknown): Meta | undefined {
  const meta = objectAt(value, 'metadata');
  const name = stringAt(meta, 'name');
  if (name === undefined) return undefined;
  return {
    name,
    uid: stringAt(meta, 'uid') ?? '',
    labels: stringMap(meta['labels']),
    annotations: stringMap(meta['annotations']),
    createdAt: stringAt(meta, 'creationTimestamp') ?? '',
    generation: numberAt(meta, 'generation') ?? 0,
    isGoing: stringAt(meta, 'deletionTimestamp') !== undefined,
    resourceVersion: stringAt(meta, 'resourceVersion') ?? '',
  };
}

export interface Condition {
  readonly type: string;
  readonly isTrue: boolean;
  readonly reason: string;
  readonly message: string;
}

function readConditions(status: unknown): readonly Condition[] {
  return listAt(status, 'conditions').map((one) => ({
    type: stringAt(one, 'type') ?? '',
    isTrue: stringAt(one, 'status') === 'True',
    reason: stringAt(one, 'reason') ?? '',
    message: stringAt(one, 'message') ?? '',
  }));
}

export interface Deployment extends Meta {
  /** How many shall run. */
  readonly replicas: number;
  readonly image: string;
  readonly observed: number;
  /** How many are there, are of the newest template, and serve. */
  readonly all: number;
  readonly updated: number;
  readonly available: number;
  readonly conditions: readonly Condition[];
}

export function readDeployment(value: unknown): Deployment | undefined {
  const meta = readMeta(value);
  if (!meta) return undefined;
  const spec = objectAt(value, 'spec');
  const status = objectAt(value, 'status');
  const [container] = listAt(objectAt(objectAt(spec, 'template'), 'spec'), 'containers');
  return {
    ...meta,
    replicas: numberAt(spec, 'replicas') ?? 1,
    image: stringAt(container, 'image') ?? '',
    observed: numberAt(status, 'observedGeneration') ?? 0,
    all: numberAt(status, 'replicas') ?? 0,
    updated: numberAt(status, 'updatedReplicas') ?? 0,
    available: numberAt(status, 'availableReplicas') ?? 0,
    conditions: readConditions(status),
  };
}

/** How the one container of a pod is. */
export interface ContainerState {
  readonly state: 'waiting' | 'running' | 'terminated' | 'none';
  readonly reason: string;
  readonly message: string;
  readonly exitCode: number | undefined;
  readonly since: string;
  readonly restarts: number;
  /** How it ended before it was started again. */
  readonly last: { readonly reason: string; readonly exitCode: number | undefined } | undefined;
}

export interface Pod extends Meta {
  readonly phase: string;
  readonly isReady: boolean;
  readonly readySince: string;
  readonly container: ContainerState;
  readonly conditions: readonly Condition[];
  readonly reason: string;
  readonly message: string;
}

export function readPod(value: unknown): Pod | undefined {
  const meta = readMeta(value);
  if (!meta) return undefined;
  const status = objectAt(value, 'status');
  const ready = listAt(status, 'conditions').find((one) => stringAt(one, 'type') === 'Ready');
  return {
    ...meta,
    phase: stringAt(status, 'phase') ?? '',
    isReady: stringAt(ready, 'status') === 'True',
    readySince: stringAt(ready, 'lastTransitionTime') ?? '',
    container: readContainer(status),
    conditions: readConditions(status),
    reason: stringAt(status, 'reason') ?? '',
    message: stringAt(status, 'message') ?? '',
  };
}

const states = ['waiting', 'running', 'terminated'] as const;

/** Others may have put containers of their own beside it (a mesh's proxy); ours is called `app`. */
function readContainer(status: Json): ContainerState {
  const all = listAt(status, 'containerStatuses');
  const own = all.find((one) => stringAt(one, 'name') === 'app') ?? all[0];
  const state = states.find((one) => isObject(objectAt(own, 'state')[one]));
  const now = state === undefined ? {} : objectAt(objectAt(own, 'state'), state);
  const last = objectAt(objectAt(own, 'lastState'), 'terminated');
  const ended = numberAt(last, 'exitCode');
  return {
    state: state ?? 'none',
    reason: stringAt(now, 'reason') ?? '',
    message: stringAt(now, 'message') ?? '',
    exitCode: numberAt(now, 'exitCode'),
    since: stringAt(now, 'startedAt') ?? stringAt(now, 'finishedAt') ?? '',
    restarts: numberAt(own, 'restartCount') ?? 0,
    last: ended === undefined ? undefined : { reason: stringAt(last, 'reason') ?? '', exitCode: ended },
  };
}

export interface Job extends Meta {
  readonly succeeded: number;
  readonly failed: number;
  readonly conditions: readonly Condition[];
}

export function readJob(value: unknown): Job | undefined {
  const meta = readMeta(value);
  const status = objectAt(value, 'status');
  return (
    meta && {
      ...meta,
      succeeded: numberAt(status, 'succeeded') ?? 0,
      failed: numberAt(status, 'failed') ?? 0,
      conditions: readConditions(status),
    }
  );
}

export interface Happening {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly at: string;
  readonly count: number;
}

/** One event of `events.v1`. */
export function readHappening(value: unknown): Happening | undefined {
  const message = stringAt(value, 'message');
  if (message === undefined) return undefined;
  return {
    type: stringAt(value, 'type') ?? '',
    reason: stringAt(value, 'reason') ?? '',
    message,
    at:
      stringAt(value, 'lastTimestamp') ??
      stringAt(value, 'eventTime') ??
      stringAt(value, 'firstTimestamp') ??
      '',
    count: numberAt(value, 'count') ?? 1,
  };
}

export interface KubeSecret extends Meta {
  /** Base64 by key. */
  readonly data: Readonly<Record<string, string>>;
}

export function readSecret(value: unknown): KubeSecret | undefined {
  const meta = readMeta(value);
  return meta && { ...meta, data: stringMap(isObject(value) ? value['data'] : undefined) };
}

/** Any object's metadata. */
export const readAny = (value: unknown): Meta | undefined => readMeta(value);

/** One object; undefined when the text is none. */
export function readOne<T>(text: string, read: (value: unknown) => T | undefined): T | undefined {
  return read(parseJson(text));
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins; empty at the end. */
  readonly next: string;
  /** What the server calls the state that was listed; from there it can be watched. */
  readonly resourceVersion: string;
}

/** A list; undefined when the text is none. */
export function readPage<T>(text: string, read: (value: unknown) => T | undefined): Page<T> | undefined {
  const value = parseJson(text);
  if (!isObject(value) || !(stringAt(value, 'kind') ?? '').endsWith('List')) return undefined;
  // A list without items has null there, or nothing.
  const items = listAt(value, 'items')
    .map(read)
    .filter((one) => one !== undefined);
  const meta = objectAt(value, 'metadata');
  return {
    items,
    next: stringAt(meta, 'continue') ?? '',
    resourceVersion: stringAt(meta, 'resourceVersion') ?? '',
  };
}
