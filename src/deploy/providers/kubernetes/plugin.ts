import { isAbort, systemCode } from '../../../base/errors';
import { isObject, stringAt } from '../../../base/json';
import type { CommandLine, Files, Finished, Processes } from '../../../base/ports';
import { base64 } from '../../../base/secret';
import { pluginFailed, pluginMissing, pluginNotTrusted } from '../../errors/kubernetes';
import { parseJson } from '../lines';
import type { ExecPlugin, KubeContext } from './kubeconfig';

/** What of this machine leads to clusters. */
export interface KubeMachine {
  readonly files: Pick<Files, 'readText'>;
  readonly processes: Pick<Processes, 'run' | 'find'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a kubeconfig may have its program run: not in Restricted Mode. */
  mayRunPrograms(): boolean;
}

/** What a program gives. */
export interface Given {
  readonly cert?: string;
  readonly key?: string;
  readonly authorization?: string;
  readonly secrets: readonly string[];
  readonly endsAt?: number;
}

interface Asking {
  readonly ca: string | undefined;
  readonly signal: AbortSignal;
}

/** How long a program may take to give credentials: some open a browser. */
const pluginMs = 60_000;

/** Runs the program of an exec plugin: its arguments as they are, no shell, no terminal, a time limit, and only where that is trusted. */
export async function askProgram(
  machine: KubeMachine,
  context: KubeContext,
  plugin: ExecPlugin,
  { ca, signal }: Asking,
): Promise<Given> {
  const { command, args, env } = plugin;
  if (!machine.mayRunPrograms()) throw pluginNotTrusted(command);
  const file = command.includes('/') ? command : await machine.processes.find(command);
  if (file === undefined) throw pluginMissing(command, plugin.installHint);
  const spec = { interactive: false, ...(plugin.wantsCluster ? { cluster: clusterInfo(context, ca) } : {}) };
  const info = { kind: 'ExecCredential', apiVersion: plugin.apiVersion, spec };
  const line = {
    file,
    args,
    env: { ...env, KUBERNETES_EXEC_INFO: JSON.stringify(info) },
    mostOutput: 1_000_000,
  };
  const { exitCode, stdout, stderr } = await run(machine, plugin, line, signal);
  if (exitCode === 0) return readCredential(command, stdout);
  const last = stderr.split(/\r?\n/).filter((one) => one.trim() !== '');
  throw pluginFailed(command, `ended with exit code ${exitCode}`, last.slice(-5));
}

async function run(
  { processes }: KubeMachine,
  { command, installHint }: ExecPlugin,
  line: CommandLine,
  signal: AbortSignal,
): Promise<Finished> {
  const deadline = AbortSignal.timeout(pluginMs);
  try {
    return await processes.run(line, AbortSignal.any([signal, deadline]));
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted) throw pluginFailed(command, `took longer than ${pluginMs / 1000} s`);
    if (error instanceof RangeError) throw pluginFailed(command, 'printed more than credentials are');
    const code = systemCode(error);
    if (code === 'ENOENT') throw pluginMissing(command, installHint);
    throw code === undefined || isAbort(error) ? error : pluginFailed(command, `can't be run (${code})`);
  }
}

function clusterInfo(context: KubeContext, ca: string | undefined): object {
  return {
    server: context.server,
    ...(context.serverName === undefined ? {} : { 'tls-server-name': context.serverName }),
    ...(context.isUnchecked ? { 'insecure-skip-tls-verify': true } : {}),
    ...(ca === undefined ? {} : { 'certificate-authority-data': base64(ca) }),
    ...(context.proxy === undefined ? {} : { 'proxy-url': context.proxy }),
    ...(context.exec?.config === undefined ? {} : { config: context.exec.config }),
  };
}

/** ExecCredential, kubernetes.io/docs/reference/config-api/client-authentication.v1. What it printed is never shown. */
function readCredential(command: string, stdout: string): Given {
  const value = parseJson(stdout);
  const status = isObject(value) && value['kind'] === 'ExecCredential' ? value['status'] : undefined;
  const token = stringAt(status, 'token');
  const cert = stringAt(status, 'clientCertificateData');
  const key = stringAt(status, 'clientKeyData');
  if ((token === undefined || token === '') && (cert === undefined || key === undefined))
    throw pluginFailed(command, 'gave no credentials');
  const endsAt = Date.parse(stringAt(status, 'expirationTimestamp') ?? '');
  return {
    ...(cert === undefined || key === undefined ? {} : { cert, key }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    secrets: [token, key].filter((one) => one !== undefined),
    ...(Number.isNaN(endsAt) ? {} : { endsAt }),
  };
}
