import { isObject, isString, stringAt } from '../../../base/json';
import { dirname } from '../../../base/paths';
import { brokenKubeconfig, noSuchContext, oldProvider, unusableContext } from '../../errors/kubernetes';
import type { Impersonated } from './impersonation';
import { readImpersonated } from './impersonation';
import { readYaml } from './kubeconfig-yaml';

/**
 * Kubeconfigs (kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig): texts in, one context's way out.
 * Of several files the first that names something wins. Relative paths are relative to the file they stand in.
 */

/** One file. `path` is absolute and uses `/`. */
export interface KubeconfigText {
  readonly path: string;
  readonly text: string;
}

/** A value that stands in the file, as Base64 of PEM, or in a file of its own. */
export interface DataOrFile {
  readonly data?: string;
  readonly file?: string;
}

/** A program that gives credentials (client.authentication.k8s.io). */
export interface ExecPlugin {
  readonly apiVersion: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly installHint?: string;
  readonly wantsCluster: boolean;
  /** What the cluster's entry has for it (`extensions`, client.authentication.k8s.io/exec), as it stands there. */
  readonly config?: unknown;
}

/** How to get to the cluster of a context, and as whom. */
export interface KubeContext {
  readonly name: string;
  readonly server: string;
  readonly namespace?: string;
  readonly serverName?: string;
  readonly isUnchecked: boolean;
  /** The proxy that leads to it, http or https. */
  readonly proxy?: string;
  readonly ca?: DataOrFile;
  readonly cert?: DataOrFile;
  readonly key?: DataOrFile;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly user?: { readonly name: string; readonly password: string };
  readonly exec?: ExecPlugin;
  /** Whom to act as, where that is not who signs in. */
  readonly as?: Impersonated;
}

interface Named {
  readonly value: Readonly<Record<string, unknown>>;
  /** The folder of the file that it stands in. */
  readonly dir: string;
}

interface Merged {
  readonly contexts: ReadonlyMap<string, Named>;
  readonly clusters: ReadonlyMap<string, Named>;
  readonly users: ReadonlyMap<string, Named>;
}

/** The names of all contexts. Throws UserError `deploy/broken-kubeconfig`. */
export function contextNames(texts: readonly KubeconfigText[]): readonly string[] {
  return [...merge(texts).contexts.keys()];
}

/** Throws UserError `deploy/broken-kubeconfig` or `deploy/no-context`. */
export function readContext(texts: readonly KubeconfigText[], name: string): KubeContext {
  const merged = merge(texts);
  const context = merged.contexts.get(name);
  if (!context) throw noSuchContext(name, [...merged.contexts.keys()]);
  const clusterName = stringAt(context.value, 'cluster') ?? '';
  const cluster = merged.clusters.get(clusterName);
  if (!cluster)
    throw unusableContext(name, `it names the cluster ${JSON.stringify(clusterName)}, which is not there`);
  const userName = stringAt(context.value, 'user') ?? '';
  const user = merged.users.get(userName);
  if (!user && userName !== '')
    throw unusableContext(name, `it names the user ${JSON.stringify(userName)}, which is not there`);
  const namespace = text(context.value, 'namespace');
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...readCluster(name, cluster),
    ...(user ? withConfig(readUser(name, user), cluster) : {}),
  };
}

/** A program may be told what the entry of the cluster keeps for it. */
function withConfig(user: User, { value }: Named): User {
  const all = value['extensions'];
  const found = (Array.isArray(all) ? (all as readonly unknown[]) : []).find(
    (one) => stringAt(one, 'name') === 'client.authentication.k8s.io/exec',
  );
  const config = isObject(found) ? found['extension'] : undefined;
  return user.exec && config !== undefined ? { ...user, exec: { ...user.exec, config } } : user;
}

function merge(texts: readonly KubeconfigText[]): Merged {
  const merged = {
    contexts: new Map<string, Named>(),
    clusters: new Map<string, Named>(),
    users: new Map<string, Named>(),
  };
  for (const { path, text: content } of texts) {
    const read = readYaml(content);
    if ('why' in read) throw brokenKubeconfig(path, read.why);
    // An empty file is an empty kubeconfig.
    if (read.value === null || read.value === undefined) continue;
    if (!isObject(read.value)) throw brokenKubeconfig(path, 'it is no mapping');
    add(merged.contexts, read.value['contexts'], 'context', dirname(path));
    add(merged.clusters, read.value['clusters'], 'cluster', dirname(path));
    add(merged.users, read.value['users'], 'user', dirname(path));
  }
  return merged;
}

function add(known: Map<string, Named>, list: unknown, key: string, dir: string): void {
  for (const entry of Array.isArray(list) ? (list as readonly unknown[]) : []) {
    const name = stringAt(entry, 'name');
    const value = isObject(entry) ? entry[key] : undefined;
    if (name !== undefined && isObject(value) && !known.has(name)) known.set(name, { value, dir });
  }
}

type Cluster = Pick<KubeContext, 'server' | 'serverName' | 'isUnchecked' | 'proxy' | 'ca'>;

function readCluster(context: string, { value, dir }: Named): Cluster {
  const server = text(value, 'server') ?? '';
  if (!/^https?:\/\/[^\s/?#]+/.test(server)) throw unusableContext(context, 'its cluster names no server');
  if (/^https?:\/\/[^/]*@/.test(server))
    throw unusableContext(context, 'the address of its server holds a user');
  const proxy = readProxyUrl(context, text(value, 'proxy-url'));
  const serverName = text(value, 'tls-server-name');
  const ca = dataOrFile(value, 'certificate-authority', dir);
  return {
    server: server.replace(/\/+$/, ''),
    isUnchecked: value['insecure-skip-tls-verify'] === true,
    ...(proxy === undefined ? {} : { proxy }),
    ...(serverName === undefined ? {} : { serverName }),
    ...(ca ? { ca } : {}),
  };
}

function readProxyUrl(context: string, said: string | undefined): string | undefined {
  if (said === undefined || /^https?:\/\/[^\s/?#]+\/?$/.test(said)) return said;
  const kind = /^[a-z0-9]+(?=:)/i.exec(said)?.[0] ?? 'something else';
  throw unusableContext(
    context,
    `its proxy-url is ${kind}, and only http:// and https:// proxies are used; a SOCKS proxy takes a program in between that speaks HTTP`,
  );
}

type User = Pick<KubeContext, 'cert' | 'key' | 'token' | 'tokenFile' | 'user' | 'exec' | 'as'>;

function readUser(context: string, { value, dir }: Named): User {
  if (isObject(value['auth-provider']))
    throw oldProvider(context, text(value['auth-provider'], 'name') ?? '');
  const cert = dataOrFile(value, 'client-certificate', dir);
  const key = dataOrFile(value, 'client-key', dir);
  if ((cert === undefined) !== (key === undefined))
    throw unusableContext(context, 'its user has a client certificate or a key, and not both');
  const token = text(value, 'token');
  const tokenFile = text(value, 'tokenFile');
  const exec = readExec(context, value['exec'], dir);
  const as = readImpersonated(context, value);
  const [name, password] = [text(value, 'username'), text(value, 'password')];
  return {
    ...(cert && key ? { cert, key } : {}),
    // A token file wins over a token, as in kubectl.
    ...(tokenFile === undefined ? {} : { tokenFile: resolve(dir, tokenFile) }),
    ...(token === undefined ? {} : { token }),
    ...(name === undefined || password === undefined ? {} : { user: { name, password } }),
    ...(exec ? { exec } : {}),
    ...(as ? { as } : {}),
  };
}

function readExec(context: string, value: unknown, dir: string): ExecPlugin | undefined {
  if (!isObject(value)) return undefined;
  const command = text(value, 'command');
  const apiVersion = text(value, 'apiVersion') ?? '';
  if (command === undefined) throw unusableContext(context, 'its user names no command to run');
  if (!/^client\.authentication\.k8s\.io\/v1(beta1|alpha1)?$/.test(apiVersion))
    throw unusableContext(context, `its program speaks ${JSON.stringify(apiVersion)}, which is not known`);
  if (text(value, 'interactiveMode') === 'Always')
    throw unusableContext(context, 'its program wants a terminal; use one that does not ask');
  const installHint = text(value, 'installHint');
  const env = Array.isArray(value['env']) ? (value['env'] as readonly unknown[]) : [];
  return {
    apiVersion,
    // As kubectl does: a path is relative to the file, a bare name is looked for on the PATH.
    command: command.includes('/') ? resolve(dir, command) : command,
    args: (Array.isArray(value['args']) ? (value['args'] as readonly unknown[]) : []).filter(isString),
    env: Object.fromEntries(env.map((one) => [stringAt(one, 'name') ?? '', stringAt(one, 'value') ?? ''])),
    wantsCluster: value['provideClusterInfo'] === true,
    ...(installHint === undefined ? {} : { installHint: installHint.trim() }),
  };
}

/** Data wins over a file. */
function dataOrFile(
  value: Readonly<Record<string, unknown>>,
  key: string,
  dir: string,
): DataOrFile | undefined {
  const data = text(value, `${key}-data`);
  if (data !== undefined) return { data };
  const file = text(value, key);
  return file === undefined ? undefined : { file: resolve(dir, file) };
}

const resolve = (dir: string, path: string): string =>
  path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path) ? path : `${dir}/${path}`;

function text(value: unknown, key: string): string | undefined {
  const found = stringAt(value, key);
  return found === undefined || found === '' ? undefined : found;
}
