import { badName } from '../../errors/kubernetes';
import type { Target } from '../../provider';

/** How things of an app are called on a cluster. A name is a DNS label (RFC 1123); pods and jobs add to it, so it stays short. */

const label = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;
const longest = 40;

export const managedBy = 'servicewright';
export const keys = {
  name: 'app.kubernetes.io/name',
  managed: 'app.kubernetes.io/managed-by',
  /** The process type; its letters are those of the Procfile. */
  process: 'servicewright/process',
  /** What a pod is for: `process`, `release` or `run`. */
  kind: 'servicewright/kind',
  release: 'servicewright/release',
  /** Of a release's record: `created`, `rolling`, `applied`, `live`, `failed`. */
  status: 'servicewright/status',
  deploy: 'servicewright/deploy',
  /** On a record: somebody wants its deploy to end. */
  cancel: 'servicewright/cancel',
  /** A hash of the variables: it changes when they do. */
  config: 'servicewright/config-hash',
  restarted: 'servicewright/restarted-at',
} as const;

/** Throws UserError `deploy/bad-app-name`. */
export function checkApp({ app }: Pick<Target, 'app'>): void {
  if (!label.test(app) || app.length > longest) throw badName(app, 'an app');
}

/** `orders-web`. Throws UserError `deploy/bad-app-name` where the type gives no name. */
export function processName(app: string, type: string): string {
  const part = type.toLowerCase().replaceAll('_', '-');
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(part) || part.length > 20) throw badName(type, 'a process');
  return `${app}-${part}`;
}

export const recordName = (app: string, version: number): string => `${app}-v${version}`;
export const jobName = (app: string, version: number): string => `${app}-v${version}-release`;

/** Selects everything of an app that we made. */
export const ofApp = (app: string): string => `${keys.name}=${app},${keys.managed}=${managedBy}`;

export interface Paths {
  readonly secrets: string;
  readonly pods: string;
  readonly events: string;
  readonly services: string;
  readonly deployments: string;
  readonly jobs: string;
  readonly ingresses: string;
}

export function pathsIn(namespace: string): Paths {
  const core = `/api/v1/namespaces/${encodeURIComponent(namespace)}`;
  const group = (name: string): string => `/apis/${name}/namespaces/${encodeURIComponent(namespace)}`;
  return {
    secrets: `${core}/secrets`,
    pods: `${core}/pods`,
    events: `${core}/events`,
    services: `${core}/services`,
    deployments: `${group('apps/v1')}/deployments`,
    jobs: `${group('batch/v1')}/jobs`,
    ingresses: `${group('networking.k8s.io/v1')}/ingresses`,
  };
}

/** A query that selects by labels, without the question mark. */
export const selecting = (selector: string): string => `labelSelector=${encodeURIComponent(selector)}`;
