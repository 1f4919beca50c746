import type { ErrorCode } from '../../base/errors';
import { UserError } from '../../base/errors';

/** What can go wrong with a cluster and with the way to it. */

export const noKubeconfig = (paths: readonly string[]): UserError =>
  new UserError(
    'deploy/no-kubeconfig',
    `There is no kubeconfig at ${paths.join(' or ')}; get one from your cluster, or name it in KUBECONFIG.`,
  );

export const brokenKubeconfig = (path: string, why: string): UserError =>
  new UserError(
    'deploy/broken-kubeconfig',
    `${path} can't be read as a kubeconfig: ${why.replace(/\.$/, '')}.`,
  );

export const noContext = (environment: string, known: readonly string[]): UserError =>
  new UserError(
    'deploy/no-context',
    `The environment ${environment} names no context; say context: in servicewright.yaml${known.length === 0 ? '' : `, one of ${known.join(', ')}`}.`,
  );

export const noSuchContext = (context: string, known: readonly string[]): UserError =>
  new UserError(
    'deploy/no-context',
    `The kubeconfig has no context ${JSON.stringify(context)}; it has ${known.length === 0 ? 'none' : known.join(', ')}.`,
  );

export const unusableContext = (context: string, why: string): UserError =>
  new UserError(
    'deploy/broken-kubeconfig',
    `The context ${context} of the kubeconfig can't be used: ${why}.`,
  );

/** What took the place of the ways in that Kubernetes had built in until 1.26. */
const instead: Readonly<Record<string, string>> = {
  gcp: 'install gke-gcloud-auth-plugin and run gcloud container clusters get-credentials',
  azure: 'install kubelogin and run kubelogin convert-kubeconfig',
  oidc: 'use an exec plugin such as kubectl oidc-login (kubelogin)',
};

export const oldProvider = (context: string, provider: string): UserError =>
  unusableContext(
    context,
    `its user has the auth-provider ${JSON.stringify(provider)}, which Kubernetes itself took out in 1.26; ${instead[provider] ?? 'use an exec plugin, a token or a client certificate'}`,
  );

export const pluginNotTrusted = (command: string): UserError =>
  new UserError(
    'deploy/not-trusted',
    `The kubeconfig gets its credentials from the program ${command}, which is not run in Restricted Mode; trust the workspace first.`,
    { fix: { kind: 'command', label: 'Manage Workspace Trust', command: 'workbench.trust.manage' } },
  );

export const pluginMissing = (command: string, hint: string | undefined): UserError =>
  new UserError(
    'deploy/no-credentials',
    `The kubeconfig gets its credentials from the program ${command}, which is not there; install it.`,
    hint === undefined ? {} : { fix: { kind: 'hint', label: hint } },
  );

export const pluginFailed = (command: string, why: string, lines: readonly string[] = []): UserError =>
  new UserError(
    'deploy/no-credentials',
    `The program ${command}, which the kubeconfig gets its credentials from, ${why}; run it in a terminal to see more.`,
    { lines },
  );

export const credentialsRefused = (context: string, where: string): UserError =>
  new UserError(
    'deploy/credentials-refused',
    `${where} does not take the credentials of the context ${context}; they may have ended, so get new ones from your cluster.`,
  );

export const forbidden = (where: string, what: string, why: string): UserError =>
  new UserError(
    'deploy/forbidden',
    `${where} does not let you ${what}: ${why.replace(/\.$/, '')}; ask for that right, or use another context.`,
  );

export const noNamespace = (namespace: string, where: string): UserError =>
  new UserError('deploy/no-namespace', `There is no namespace ${namespace} on ${where}; make it first.`, {
    fix: { kind: 'hint', label: `kubectl create namespace ${namespace}` },
  });

export const badName = (name: string, what: string): UserError =>
  new UserError(
    'deploy/bad-app-name',
    `${JSON.stringify(name)} can't be ${what} on Kubernetes; names take up to 40 lower-case letters, digits and hyphens and begin with a letter.`,
  );

export const brokenProcfile = (path: string, faults: readonly string[]): UserError =>
  new UserError('deploy/bad-procfile', `${path} is no Procfile: ${faults.join('; ')}.`);

export const notOurs = (kind: string, name: string, namespace: string): UserError =>
  new UserError(
    'deploy/not-ours',
    `There is a ${kind} ${name} in ${namespace} that Servicewright did not make; it is left alone, so take it away or choose another app: in servicewright.yaml.`,
  );

export const meanwhile = (app: string, version: number): UserError =>
  new UserError(
    'deploy/busy',
    `Somebody else made v${version} of ${app} at the same moment; nothing of this deploy was rolled out, so look and deploy again.`,
  );

export const noImageYet = (app: string): UserError =>
  new UserError('deploy/no-release', `${app} was never deployed here; deploy it first.`, {
    fix: { kind: 'command', label: 'Deploy', command: 'servicewright.deploy.start' },
  });

export const noSizes = (): UserError =>
  new UserError(
    'deploy/bad-quantity',
    'Sizes of processes are not set here on Kubernetes; give the Deployment resources, and say the quantity alone.',
  );

export const noSuchPod = (app: string, name: string, known: readonly string[]): UserError =>
  new UserError(
    'deploy/no-such-process',
    `${app} has no process ${JSON.stringify(name)}; it has ${known.length === 0 ? 'none' : known.join(', ')}.`,
  );

export const runFailed = (command: string, code: number, why: string): UserError =>
  new UserError(
    'deploy/run-failed',
    `${command} ended with exit code ${code}${why === '' ? '' : ` (${why})`}.`,
  );

export const runNotStarted = (command: string, why: string): UserError =>
  new UserError('deploy/run-failed', `${command} could not be started: ${why.replace(/\.$/, '')}.`);

/** The status of an answer that nobody foresaw, in the server's words. */
export const refusedBy = (code: ErrorCode, where: string, what: string, why: string): UserError =>
  new UserError(code, `${where} refused to ${what}: ${why.replace(/\.$/, '')}.`);

export const notHeeded = (app: string, version: number): UserError =>
  new UserError(
    'deploy/not-heeded',
    `Nobody heeds that the deploy of ${app} v${version} is to end; whoever began it may be gone, so look at what runs and roll back.`,
  );
