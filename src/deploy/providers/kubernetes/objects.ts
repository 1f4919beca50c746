import type { Environment } from '../../../services';
import type { ReleaseRecord } from './record';
import { secretKey, variablesOf } from './record';
import { jobName, keys, managedBy, processName, recordName } from './names';

/** What a release is on a cluster, as objects for server-side apply: only what we mean to own stands in them. */

export interface Wanted {
  readonly app: string;
  readonly record: ReleaseRecord;
  /** Of the variables; on every pod, so that a change of them is a roll out. */
  readonly hash: string;
  readonly environment: Environment;
  /** How long without progress is too long, in seconds. */
  readonly deadline: number;
}

const usualPort = 8080;

const portOf = (record: ReleaseRecord): number => {
  const said = Number(variablesOf(record)['PORT']);
  return Number.isInteger(said) && said > 0 && said < 65_536 ? said : usualPort;
};

const labelsOf = (app: string, more: Readonly<Record<string, string>> = {}): object => ({
  [keys.name]: app,
  [keys.managed]: managedBy,
  ...more,
});

const shell = (command: string | undefined): object =>
  command === undefined ? {} : { command: ['/bin/sh', '-c', command] };

/** Variables that were set come from the release's own Secret, so a pod never sees those of another release. */
function environmentOf(app: string, record: ReleaseRecord, isWeb: boolean): readonly object[] {
  const plain = Object.entries(record.plain).filter(([key]) => record.config[key] === undefined);
  const all = variablesOf(record);
  return [
    ...(isWeb && all['PORT'] === undefined ? [{ name: 'PORT', value: String(usualPort) }] : []),
    ...plain.map(([name, value]) => ({ name, value })),
    ...Object.keys(record.config)
      .toSorted()
      .map((name) => ({
        name,
        valueFrom: { secretKeyRef: { name: recordName(app, record.version), key: secretKey(name) } },
      })),
  ];
}

function containerOf(
  { app, record }: Pick<Wanted, 'app' | 'record'>,
  { command, isWeb }: { readonly command: string | undefined; readonly isWeb: boolean },
): object {
  return {
    name: 'app',
    image: record.image ?? '',
    ...shell(command),
    env: environmentOf(app, record, isWeb),
    ...(isWeb
      ? {
          ports: [{ name: 'http', containerPort: portOf(record), protocol: 'TCP' }],
          readinessProbe: readiness(record.health),
        }
      : {}),
    securityContext: { allowPrivilegeEscalation: false },
  };
}

/** Asked for by the name that services answer to in themselves: the pod's address is in no list of allowed hosts. */
function readiness(health: string | undefined): object {
  const times = { periodSeconds: 3, timeoutSeconds: 3, failureThreshold: 3 };
  if (health === undefined) return { tcpSocket: { port: 'http' }, ...times };
  return {
    httpGet: { path: health, port: 'http', httpHeaders: [{ name: 'Host', value: 'localhost' }] },
    ...times,
  };
}

/** Without `replicas`: how many run is the matter of scaling, by us or by an autoscaler. */
export function deploymentOf(wanted: Wanted, process: ReleaseRecord['processes'][number]): object {
  const { app, record, hash } = wanted;
  const own = { [keys.process]: process.type };
  const isWeb = process.type === 'web';
  const release = { [keys.release]: String(record.version) };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: processName(app, process.type),
      labels: labelsOf(app, { ...own, ...release }),
      annotations: { [keys.deploy]: record.deploy },
    },
    spec: {
      revisionHistoryLimit: 3,
      progressDeadlineSeconds: wanted.deadline,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' } },
      selector: { matchLabels: { [keys.name]: app, ...own } },
      template: {
        metadata: {
          labels: labelsOf(app, { ...own, ...release, [keys.kind]: 'process' }),
          annotations: { [keys.config]: hash },
        },
        spec: {
          containers: [containerOf(wanted, { command: process.command, isWeb })],
        },
      },
    },
  };
}

/** Leads to the web processes, under the app's name. */
export function serviceOf({ app }: Pick<Wanted, 'app'>): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: app, labels: labelsOf(app) },
    spec: {
      selector: { [keys.name]: app, [keys.process]: 'web' },
      ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }],
    },
  };
}

/** Undefined where the environment asks for none. */
export function ingressOf({ app, environment }: Pick<Wanted, 'app' | 'environment'>): object | undefined {
  const { ingress } = environment;
  if (!ingress) return undefined;
  const { host, className, tlsSecret } = ingress;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: app, labels: labelsOf(app) },
    spec: {
      ...(className === undefined ? {} : { ingressClassName: className }),
      ...(tlsSecret === undefined ? {} : { tls: [{ hosts: [host], secretName: tlsSecret }] }),
      rules: [
        {
          host,
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend: { service: { name: app, port: { name: 'http' } } } },
            ],
          },
        },
      ],
    },
  };
}

/** The address that the Ingress gives the app. */
export function addressOf({ ingress }: Environment): { readonly url?: string } {
  if (!ingress) return {};
  return { url: `${ingress.tlsSecret === undefined ? 'http' : 'https'}://${ingress.host}` };
}

/** The release command, once; it gates what comes after it. */
export function jobOf(wanted: Wanted, command: string): object {
  const { app, record } = wanted;
  const name = jobName(app, record.version);
  const labels = labelsOf(app, { [keys.release]: String(record.version), [keys.kind]: 'release' });
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, labels, annotations: { [keys.deploy]: record.deploy } },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: wanted.deadline,
      template: {
        metadata: { labels },
        spec: {
          restartPolicy: 'Never',
          containers: [containerOf(wanted, { command, isWeb: false })],
        },
      },
    },
  };
}

/** A pod that runs a command once. */
export function runPodOf(
  { app, record }: Pick<Wanted, 'app' | 'record'>,
  name: string,
  command: string,
): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: labelsOf(app, { [keys.release]: String(record.version), [keys.kind]: 'run' }) },
    spec: {
      restartPolicy: 'Never',
      containers: [containerOf({ app, record }, { command, isWeb: false })],
    },
  };
}
