import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CommandLine, Finished } from '../../../src/base/ports';
import type { Target } from '../../../src/deploy';
import { findCredentials } from '../../../src/deploy/providers/kubernetes/credentials';
import type { Credentials, KubeMachine } from '../../../src/deploy/providers/kubernetes/credentials';
import { readContext } from '../../../src/deploy/providers/kubernetes/kubeconfig';
import { memoryFiles } from '../../helpers/files';
import { targetIn } from '../../helpers/kubernetes/target';

/** How a kubeconfig leads to a cluster: what is read, what is refused, and that a program runs only where it may. */

const pem = (what: string): string => `-----BEGIN ${what}-----\ncanary\n-----END ${what}-----\n`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const { signal } = new AbortController();

interface Given {
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTrusted?: boolean;
  readonly run?: (line: CommandLine) => Promise<Finished>;
}

function machineOf({ files = {}, env = { HOME: '/home/jane' }, isTrusted = true, run }: Given): KubeMachine {
  return {
    files: memoryFiles(files),
    processes: {
      find: async (program) => (program === 'absent' ? undefined : `/usr/bin/${program}`),
      run: run ?? (() => assert.fail('nothing is run')),
    },
    env,
    mayRunPrograms: () => isTrusted,
  };
}

const config = (user: string, cluster = 'server: https://cluster.example.com:6443', more = ''): string => `
apiVersion: v1
kind: Config
current-context: elsewhere
clusters: [{ name: c, cluster: { ${cluster} } }]
users: [{ name: u, user: ${user} }]
contexts:
  - { name: test, context: { cluster: c, user: u${more} } }
  - { name: bare, context: { cluster: c } }
`;

const at = (user: string, given: Given = {}, cluster?: string, more?: string): Promise<Credentials> =>
  findCredentials(
    machineOf({
      ...given,
      files: { '/home/jane/.kube/config': config(user, cluster, more), ...given.files },
    }),
    targetIn('orders', '/w'),
    signal,
  );

describe('a context', () => {
  test('gives a token, a namespace and whom to trust', async () => {
    const found = await at(
      '{ token: canary-token }',
      {},
      `server: https://cluster.example.com:6443/, certificate-authority-data: ${base64(pem('CERTIFICATE'))}, tls-server-name: inner`,
      ', namespace: team',
    );
    assert.equal(found.url, 'https://cluster.example.com:6443');
    assert.equal(found.namespace, 'team');
    assert.deepEqual(found.headers, { authorization: 'Bearer canary-token' });
    assert.deepEqual(found.tls, { ca: pem('CERTIFICATE'), serverName: 'inner' });
    assert.deepEqual(found.secrets, ['canary-token']);
  });

  test('the environment’s namespace wins', async () => {
    const target: Target = targetIn('orders', '/w', { namespace: 'other' });
    const files = { '/home/jane/.kube/config': config('{}', undefined, ', namespace: team') };
    assert.equal((await findCredentials(machineOf({ files }), target, signal)).namespace, 'other');
  });

  test('a certificate and its key, beside the file', async () => {
    const files = {
      '/home/jane/.kube/jane.crt': pem('CERTIFICATE'),
      '/home/jane/.kube/jane.key': pem('PRIVATE KEY'),
    };
    const found = await at('{ client-certificate: jane.crt, client-key: jane.key }', { files });
    assert.deepEqual(found.tls, { cert: pem('CERTIFICATE'), key: pem('PRIVATE KEY') });
    assert.deepEqual(found.secrets, [pem('PRIVATE KEY')]);
  });

  test('a token file is read each time and wins over a token', async () => {
    const found = await at('{ token: old, tokenFile: /run/token }', { files: { '/run/token': 'new\n' } });
    assert.deepEqual(found.headers, { authorization: 'Bearer new' });
  });

  test('of several files the first that names something wins, and paths are relative to their own', async () => {
    const files = {
      '/a/one':
        'contexts: [{ name: test, context: { cluster: c, user: u } }]\nusers: [{ name: u, user: { tokenFile: token } }]\n',
      '/a/token': 'from-a',
      '/b/two': config('{ token: from-b }'),
    };
    const env = { KUBECONFIG: '/a/one::/not/there:/b/two' };
    const found = await findCredentials(machineOf({ files, env }), targetIn('orders', '/w'), signal);
    assert.deepEqual(found.headers, { authorization: 'Bearer from-a' });
    assert.equal(found.url, 'https://cluster.example.com:6443');
  });

  test('acts as somebody else, with several groups and more of them', async () => {
    const found = await at(
      '{ token: canary-token, as: "jörg", as-uid: "7", as-groups: [ops, "a, b"], as-user-extra: { Acme.com/Project: [one, two] } }',
    );
    assert.deepEqual(found.headers, {
      authorization: 'Bearer canary-token',
      'impersonate-user': 'jörg',
      'impersonate-uid': '7',
      'impersonate-group': ['ops', 'a, b'],
      'impersonate-extra-acme.com%2Fproject': ['one', 'two'],
    });
    assert.equal(found.as, 'jörg');
    assert.deepEqual(found.secrets, ['canary-token']);
  });

  test('goes through its own proxy, whose password is a secret', async () => {
    const found = await at('{}', {}, 'server: "https://c", proxy-url: "http://jane:p%40ss@proxy:3128"');
    assert.equal(found.proxy, 'http://jane:p%40ss@proxy:3128');
    assert.deepEqual(found.secrets, ['p%40ss', 'p@ss']);
  });

  test('without a user nobody is told', () => {
    const context = readContext([{ path: '/k', text: config('{}') }], 'bare');
    assert.deepEqual(context, {
      name: 'bare',
      server: 'https://cluster.example.com:6443',
      isUnchecked: false,
    });
  });
});

describe('what can’t be used says why, and holds no secret', () => {
  const cases: Readonly<Record<string, readonly [() => Promise<unknown>, string, RegExp]>> = {
    'no kubeconfig': [
      () => findCredentials(machineOf({}), targetIn('orders', '/w'), signal),
      'deploy/no-kubeconfig',
      /no kubeconfig at \/home\/jane\/\.kube\/config/,
    ],
    'no context said': [
      async () => {
        const { context: _context, ...environment } = targetIn('orders', '/w').environment;
        const files = { '/home/jane/.kube/config': config('{}') };
        return findCredentials(machineOf({ files }), { environment }, signal);
      },
      'deploy/no-context',
      /names no context; say context: in servicewright\.yaml, one of test, bare/,
    ],
    'a context that is not there': [
      () =>
        findCredentials(
          machineOf({ files: { '/home/jane/.kube/config': config('{}') } }),
          targetIn('orders', '/w', { context: 'prod' }),
          signal,
        ),
      'deploy/no-context',
      /no context "prod"; it has test, bare/,
    ],
    'no YAML': [() => at('{ token: "canary-token'), 'deploy/broken-kubeconfig', /line \d+ is not YAML/],
    'a list': [
      () =>
        findCredentials(
          machineOf({ files: { '/home/jane/.kube/config': '- a\n' } }),
          targetIn('orders', '/w'),
          signal,
        ),
      'deploy/broken-kubeconfig',
      /it is no mapping/,
    ],
    'no server': [() => at('{}', {}, 'server: ""'), 'deploy/broken-kubeconfig', /names no server/],
    'a password in the address': [
      () => at('{}', {}, 'server: "https://jane:canary@c"'),
      'deploy/broken-kubeconfig',
      /holds a user/,
    ],
    'a proxy that is none of HTTP': [
      () => at('{}', {}, 'server: "https://c", proxy-url: "socks5://jane:canary@p:1080"'),
      'deploy/broken-kubeconfig',
      /proxy-url is socks5, and only http:\/\/ and https:\/\/ proxies are used/,
    ],
    'a proxy that is no address': [
      () => at('{}', {}, 'server: "https://c", proxy-url: "p 1"'),
      'deploy/broken-kubeconfig',
      /proxy-url is something else/,
    ],
    'groups of nobody': [
      () => at('{ token: canary-token, as-groups: [boss] }'),
      'deploy/broken-kubeconfig',
      /no as to go with them/,
    ],
    'a name with a line end': [
      () => at('{ token: canary-token, as: "a\\r\\nX: y" }'),
      'deploy/broken-kubeconfig',
      /control character/,
    ],
    'an old way in of Google’s': [
      () => at('{ auth-provider: { name: gcp, config: { access-token: canary } } }'),
      'deploy/broken-kubeconfig',
      /auth-provider "gcp", which Kubernetes itself took out in 1\.26; install gke-gcloud-auth-plugin/,
    ],
    'an old way in of somebody’s': [
      () => at('{ auth-provider: { name: own } }'),
      'deploy/broken-kubeconfig',
      /use an exec plugin, a token or a client certificate/,
    ],
    'a certificate alone': [
      () => at('{ client-certificate-data: YQ== }'),
      'deploy/broken-kubeconfig',
      /and not both/,
    ],
    'a key that is no PEM': [
      () =>
        at(
          `{ client-certificate-data: ${base64(pem('CERTIFICATE'))}, client-key-data: ${base64('canary')} }`,
        ),
      'deploy/broken-kubeconfig',
      /is not PEM/,
    ],
    'a token file that is not there': [
      () => at('{ tokenFile: gone }'),
      'deploy/broken-kubeconfig',
      /gone holds no token/,
    ],
    'aliases without end': [
      () => at(`{ token: canary-token }\nx: &a [*a, *a]`),
      'deploy/broken-kubeconfig',
      /YAML|aliases/,
    ],
  };
  for (const [name, [tried, code, message]] of Object.entries(cases))
    test(name, async () => {
      await assert.rejects(tried(), (error: Error) => {
        assert.equal('code' in error ? error.code : '', code, error.message);
        assert.match(error.message, message);
        assert.doesNotMatch(`${error.message} ${error.stack ?? ''}`, /canary/);
        return true;
      });
    });
});

describe('a program that gives credentials', () => {
  const exec = (more = ''): string =>
    `{ exec: { apiVersion: client.authentication.k8s.io/v1, command: get-token, args: [a, "b c"], env: [{ name: X, value: y }]${more} } }`;
  const prints = (stdout: unknown, exitCode = 0, stderr = ''): Given => ({
    run: async () => ({
      exitCode,
      stdout: typeof stdout === 'string' ? stdout : JSON.stringify(stdout),
      stderr,
    }),
  });
  const credential = (status: object): object => ({
    kind: 'ExecCredential',
    apiVersion: 'client.authentication.k8s.io/v1',
    status,
  });

  test('is not run in Restricted Mode', async () => {
    await assert.rejects(at(exec(), { isTrusted: false }), { code: 'deploy/not-trusted' });
  });

  test('gets its arguments as they are, and is told of the cluster where it asks for that', async () => {
    const lines: CommandLine[] = [];
    const run = async (line: CommandLine): Promise<Finished> => {
      lines.push(line);
      return { exitCode: 0, stdout: JSON.stringify(credential({ token: 'canary-token' })), stderr: '' };
    };
    assert.deepEqual((await at(exec(', provideClusterInfo: true'), { run })).headers, {
      authorization: 'Bearer canary-token',
    });
    const [line] = lines;
    assert.deepEqual([line?.file, line?.args, line?.env?.['X']], ['/usr/bin/get-token', ['a', 'b c'], 'y']);
    assert.deepEqual(JSON.parse(line?.env?.['KUBERNETES_EXEC_INFO'] ?? ''), {
      kind: 'ExecCredential',
      apiVersion: 'client.authentication.k8s.io/v1',
      spec: { interactive: false, cluster: { server: 'https://cluster.example.com:6443' } },
    });
  });

  test('is told what the cluster’s entry keeps for it', async () => {
    const lines: CommandLine[] = [];
    const run = async (line: CommandLine): Promise<Finished> => {
      lines.push(line);
      return { exitCode: 0, stdout: JSON.stringify(credential({ token: 'canary-token' })), stderr: '' };
    };
    const extension = '{ name: client.authentication.k8s.io/exec, extension: { audience: team } }';
    await at(
      exec(', provideClusterInfo: true, interactiveMode: IfAvailable'),
      { run },
      `server: "https://c", tls-server-name: inner, insecure-skip-tls-verify: true, proxy-url: "http://p", extensions: [{ name: x, extension: 1 }, ${extension}]`,
    );
    const info: unknown = JSON.parse(lines[0]?.env?.['KUBERNETES_EXEC_INFO'] ?? '');
    assert.deepEqual(info, {
      kind: 'ExecCredential',
      apiVersion: 'client.authentication.k8s.io/v1',
      spec: {
        interactive: false,
        cluster: {
          server: 'https://c',
          'tls-server-name': 'inner',
          'insecure-skip-tls-verify': true,
          'proxy-url': 'http://p',
          config: { audience: 'team' },
        },
      },
    });
  });

  test('gives a certificate and says when it ends', async () => {
    const given = credential({
      clientCertificateData: pem('CERTIFICATE'),
      clientKeyData: pem('PRIVATE KEY'),
      expirationTimestamp: '2026-01-01T00:00:00Z',
    });
    const found = await at(exec(), prints(given));
    assert.deepEqual([found.tls.cert, found.tls.key], [pem('CERTIFICATE'), pem('PRIVATE KEY')]);
    assert.equal(found.endsAt, Date.UTC(2026, 0, 1));
    assert.equal(found.isRenewable, true);
  });

  const faults: Readonly<Record<string, readonly [Given, RegExp]>> = {
    'that is not there': [
      { run: async () => Promise.reject(Object.assign(new Error('spawn'), { code: 'ENOENT' })) },
      /which is not there/,
    ],
    'that may not be run': [
      { run: async () => Promise.reject(Object.assign(new Error('spawn'), { code: 'EACCES' })) },
      /can't be run \(EACCES\)/,
    ],
    'that fails': [prints('canary', 1, 'please log in'), /ended with exit code 1/],
    'that prints too much': [
      { run: async () => Promise.reject(new RangeError('more')) },
      /printed more than credentials are/,
    ],
    'that prints nothing': [prints(''), /gave no credentials/],
    'that prints half of it': [
      prints('{"kind":"ExecCredential","status":{"token":"canary'),
      /gave no credentials/,
    ],
    'that prints something else': [
      prints({ kind: 'Pod', status: { token: 'canary' } }),
      /gave no credentials/,
    ],
  };
  for (const [name, [given, message]] of Object.entries(faults))
    test(`${name} says so`, async () => {
      await assert.rejects(at(exec(), given), (error: Error) => {
        assert.match(error.message, message);
        assert.doesNotMatch(`${error.message} ${error.stack ?? ''}`, /canary/);
        return true;
      });
    });

  test('one that is not on the PATH says how to install it', async () => {
    const user =
      '{ exec: { apiVersion: client.authentication.k8s.io/v1beta1, command: absent, installHint: "Get it at example.com" } }';
    await assert.rejects(at(user), (error: unknown) => {
      assert.ok(error instanceof Error && 'fix' in error);
      assert.deepEqual(error.fix, { kind: 'hint', label: 'Get it at example.com' });
      return true;
    });
  });

  test('one that wants a terminal, or speaks something else, is not run', async () => {
    await assert.rejects(at(exec(', interactiveMode: Always')), /wants a terminal/);
    await assert.rejects(at('{ exec: { apiVersion: v9, command: x } }'), /speaks "v9"/);
  });
});
