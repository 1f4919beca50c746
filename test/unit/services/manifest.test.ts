import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserError } from '../../../src/base/errors';
import { loadService, parseManifest } from '../../../src/services';
import { manifestProblems } from '../../../src/services/manifest';
import { memoryFiles } from '../../helpers/files';

const broken = (text: string): UserError => {
  try {
    parseManifest(text, '/s/servicewright.yaml');
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  return assert.fail('it was read');
};

test('a whole servicewright.yaml is read', () => {
  const manifest = parseManifest(
    `name: orders
description: Takes orders.
owner: team-shop
spec: openapi.yaml
health: /readyz
template: { id: django-service, version: 1.0.0, answers: { name: orders } }
environments:
  local:
    platform: embedded
    config: { DEBUG: false, WORKERS: 2, NAME: x }
  production: { platform: empire, url: https://empire.example, protected: true }
`,
    '/s/servicewright.yaml',
  );
  assert.deepEqual(manifest, {
    name: 'orders',
    description: 'Takes orders.',
    owner: 'team-shop',
    spec: 'openapi.yaml',
    health: '/readyz',
    template: { id: 'django-service', version: '1.0.0', answers: { name: 'orders' } },
    environments: [
      {
        name: 'local',
        platform: 'embedded',
        protected: false,
        config: { DEBUG: 'false', WORKERS: '2', NAME: 'x' },
      },
      { name: 'production', platform: 'empire', url: 'https://empire.example', protected: true, config: {} },
    ],
  });
});

test('a service without environments runs on this machine', () => {
  assert.deepEqual(
    parseManifest('name: orders\n', 'x').environments.map((one) => [one.name, one.platform]),
    [['local', 'embedded']],
  );
});

test('what is wrong is said with its place', () => {
  assert.match(broken('- a\n').message, /must be a mapping/);
  assert.match(broken('').message, /must be a mapping/);
  assert.match(broken('name: Not A Name\n').message, /name must be lower-case/);
  assert.match(
    broken('name: a\nenvironments: { x: { platform: heroic } }\n').message,
    /environment x needs a platform, one of embedded, empire/,
  );
  const syntax = broken('name: a\nowner: "b\n');
  assert.equal(syntax.code, 'services/broken-manifest');
  assert.ok(syntax.fix?.kind === 'file' && (syntax.fix.line ?? 0) >= 1);
});

test('a folder with only a Procfile is a service named after the folder', async () => {
  const files = memoryFiles({ '/w/My Shop_2/Procfile': 'web: run\n' });
  assert.equal((await loadService('/w/My Shop_2', files)).name, 'my-shop-2');
});

test('a folder with neither is refused', async () => {
  await assert.rejects(loadService('/w', memoryFiles({ '/w/a.txt': '' })), {
    code: 'services/not-a-service',
  });
});

test('what is wrong with an environment is said with its line', () => {
  const at = (entry: string): string => {
    const { message, fix } = broken(
      `name: orders\nenvironments:\n  staging:\n    platform: empire\n${entry}`,
    );
    return `${fix?.kind === 'file' ? String(fix.line) : '?'} ${message}`;
  };
  assert.match(at(''), /^3 .* needs a url, the address of its Empire server\.$/);
  assert.match(at('    url: empire.example\n'), /^4 .*must be an address/);
  assert.match(at('    url: https://jane:secret@empire.example\n'), /^4 .*holds a user or a password/);
  assert.doesNotMatch(at('    url: https://jane:secret@empire.example\n'), /secret/);
  assert.match(at('    url: http://e\n    app: Orders_Live\n'), /^5 .*3 to 31 lower-case/);
  assert.match(at('    url: http://e\n    registry: https://GHCR.io\n'), /^5 .*without https/);
});

test('an environment of Heroku needs no url, and has rules of its own', () => {
  const at = (entry: string): readonly string[] =>
    manifestProblems(`name: orders\nenvironments:\n  live:\n    platform: heroku\n${entry}`).map(
      (one) => one.message,
    );
  assert.deepEqual(at(''), []);
  assert.deepEqual(at('    app: orders-live\n    registry: registry.heroku.com\n'), []);
  assert.match(at('    app: orders-\n')[0] ?? '', /does not end with a hyphen/);
  assert.match(at(`    app: ${'o'.repeat(31)}\n`)[0] ?? '', /3 to 30 lower-case/);
  assert.match(at('    registry: ghcr.io/acme\n')[0] ?? '', /can only be registry\.heroku\.com/);
});

test('Kubernetes wants a context, and has a namespace and an ingress', () => {
  const read = (entry: string): unknown =>
    parseManifest(`name: orders\nenvironments:\n  staging:\n    platform: kubernetes\n${entry}`, 'x')
      .environments[0];
  const common = { name: 'staging', platform: 'kubernetes', context: 'eu', protected: false, config: {} };
  assert.deepEqual(read('    context: eu\n    namespace: shop\n    ingress: orders.example.com\n'), {
    ...common,
    namespace: 'shop',
    ingress: { host: 'orders.example.com' },
  });
  assert.deepEqual(
    read('    context: eu\n    ingress: { host: a.example.com, class: nginx, tls: a-tls }\n'),
    {
      ...common,
      ingress: { host: 'a.example.com', className: 'nginx', tlsSecret: 'a-tls' },
    },
  );
  const at = (entry: string): string =>
    broken(`name: orders\nenvironments:\n  staging:\n    platform: kubernetes\n${entry}`).message;
  assert.match(at(''), /needs a context, the one of your kubeconfig/);
  assert.match(at('    context: eu\n    namespace: My_Shop\n'), /namespace of staging/);
  assert.match(at('    context: eu\n    app: 1orders\n'), /begins with a letter/);
  assert.match(at('    context: eu\n    ingress: https://orders\n'), /must be a host name/);
});

test('an editor is told of all of it at once', () => {
  const text =
    'name: orders\nenvironments:\n  a: { platform: nowhere }\n  b: { platform: empire, url: "x y", app: A }\n';
  assert.deepEqual(
    manifestProblems(text).map(
      ({ from, to, message }) => `${text.slice(from, to)}: ${message.split(' ')[0]}`,
    ),
    ['nowhere: Environment', '"x y": The', 'A: The'],
  );
  assert.equal(manifestProblems('name: [\n').length > 0, true);
});
