import { systemCode } from '../../../base/errors';
import type { HttpTls } from '../../../base/ports';
import { base64 } from '../../../base/secret';
import { brokenKubeconfig, noContext, noKubeconfig, unusableContext } from '../../errors/kubernetes';
import type { Target } from '../../provider';
import { impersonating } from './impersonation';
import type { DataOrFile, KubeContext, KubeconfigText } from './kubeconfig';
import { contextNames, readContext } from './kubeconfig';
import type { Given, KubeMachine } from './plugin';
import { askProgram } from './plugin';

export type { KubeMachine } from './plugin';

/** Everything a request needs. Secrets are in it; it is never shown. */
export interface Credentials {
  readonly context: string;
  readonly url: string;
  readonly namespace: string;
  readonly tls: HttpTls;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly proxy?: string;
  /** Whom it acts as, where that is not who signs in. */
  readonly as?: string;
  /** What must be in no text. */
  readonly secrets: readonly string[];
  /** Whether new ones can be had: of the program that gave them, or of a file that somebody keeps fresh. */
  readonly isRenewable: boolean;
  /** When they end, in milliseconds since 1970, where that is told. */
  readonly endsAt?: number;
}

/** Reads the kubeconfig anew: another program may have changed it. Throws UserErrors `deploy/no-kubeconfig`, `deploy/no-context`, … */
export async function findCredentials(
  machine: KubeMachine,
  { environment }: Pick<Target, 'environment'>,
  signal: AbortSignal,
): Promise<Credentials> {
  const texts = await readTexts(machine);
  if (environment.context === undefined) throw noContext(environment.name, contextNames(texts));
  const context = readContext(texts, environment.context);
  const given = await identityOf(machine, context, signal);
  return {
    context: context.name,
    url: context.server,
    namespace: environment.namespace ?? context.namespace ?? 'default',
    tls: tlsOf(context, given),
    headers: {
      ...(given.authorization === undefined ? {} : { authorization: given.authorization }),
      ...impersonating(context.as),
    },
    ...(context.proxy === undefined ? {} : { proxy: context.proxy }),
    ...(context.as === undefined ? {} : { as: context.as.name }),
    secrets: [...given.secrets, ...passwordIn(context.proxy)],
    isRenewable: context.exec !== undefined || context.tokenFile !== undefined,
    ...(given.endsAt === undefined ? {} : { endsAt: given.endsAt }),
  };
}

function tlsOf({ serverName, isUnchecked }: KubeContext, { ca, cert, key }: Identity): HttpTls {
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(serverName === undefined ? {} : { serverName }),
    ...(isUnchecked ? { isUnchecked: true } : {}),
  };
}

/** Of an address like `http://jane:password@proxy`. */
function passwordIn(address: string | undefined): readonly string[] {
  const [, said] = /^https?:\/\/[^/@:]*:([^/@]*)@/.exec(address ?? '') ?? [];
  if (said === undefined || said === '') return [];
  return [said, safeDecode(said)];
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return text;
  }
}

/** The files of KUBECONFIG, or the usual one. Those that are not there are passed over, as kubectl does. */
async function readTexts({ files, env }: KubeMachine): Promise<readonly KubeconfigText[]> {
  const isWindows = env['USERPROFILE'] !== undefined && env['HOME'] === undefined;
  const home = (env['HOME'] ?? env['USERPROFILE'] ?? '').replaceAll('\\', '/');
  const said = (env['KUBECONFIG'] ?? '').split(isWindows ? ';' : ':').filter((one) => one !== '');
  const paths = said.length > 0 ? said.map((one) => one.replaceAll('\\', '/')) : [`${home}/.kube/config`];
  const found: KubeconfigText[] = [];
  for (const path of paths) {
    const text = await readText(files, path);
    if (text !== undefined) found.push({ path, text });
  }
  if (found.length === 0) throw noKubeconfig(paths);
  return found;
}

async function readText(files: KubeMachine['files'], path: string): Promise<string | undefined> {
  try {
    return await files.readText(path);
  } catch (error) {
    throw brokenKubeconfig(path, systemCode(error) ?? 'it can’t be opened');
  }
}

interface Identity extends Given {
  readonly ca?: string;
}

async function identityOf(
  machine: KubeMachine,
  context: KubeContext,
  signal: AbortSignal,
): Promise<Identity> {
  const ca = await pem(machine, context, context.ca);
  const own = ca === undefined ? {} : { ca };
  if (context.exec) return { ...own, ...(await askProgram(machine, context, context.exec, { ca, signal })) };
  const cert = await pem(machine, context, context.cert);
  const key = await pem(machine, context, context.key);
  const token = (await tokenIn(machine, context)) ?? context.token;
  const { user } = context;
  const basic = user && base64(`${user.name}:${user.password}`);
  const authorization = token === undefined ? basic && `Basic ${basic}` : `Bearer ${token}`;
  return {
    ...own,
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(authorization === undefined ? {} : { authorization }),
    secrets: [token, user?.password, key, basic].filter((one) => one !== undefined),
  };
}

async function tokenIn({ files }: KubeMachine, context: KubeContext): Promise<string | undefined> {
  if (context.tokenFile === undefined) return undefined;
  const text = (await readText(files, context.tokenFile))?.trim();
  if (text === undefined || text === '')
    throw unusableContext(context.name, `${context.tokenFile} holds no token`);
  return text;
}

async function pem(
  { files }: KubeMachine,
  context: KubeContext,
  place: DataOrFile | undefined,
): Promise<string | undefined> {
  if (!place) return undefined;
  const text = place.file === undefined ? decodeBase64(place.data ?? '') : await readText(files, place.file);
  if (text === undefined)
    throw unusableContext(context.name, `${place.file ?? 'a certificate or key'} is not there`);
  if (!text.includes('-----BEGIN '))
    throw unusableContext(context.name, `${place.file ?? 'a certificate or key of it'} is not PEM`);
  return text;
}

/** Base64 (RFC 4648) as UTF-8 text; empty when it is none. */
export function decodeBase64(text: string): string {
  try {
    return new TextDecoder().decode(
      Uint8Array.from(atob(text.replaceAll(/\s/g, '')), (char) => char.charCodeAt(0)),
    );
  } catch {
    return '';
  }
}
