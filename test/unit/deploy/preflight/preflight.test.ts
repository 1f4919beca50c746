import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Provider, Release, SpecChecks } from '../../../../src/deploy';
import { preflightPage } from '../../../../src/deploy/preflight/page';
import { compareProcesses, readProcesses } from '../../../../src/deploy/preflight/procfile';
import { prepareDeploy } from '../../../../src/deploy/prepare';
import type { Prepared } from '../../../../src/deploy/prepare';
import type { Target } from '../../../../src/deploy';
import { nodeFiles } from '../../../../src/platform/node/files';
import { nodeProcesses } from '../../../../src/platform/node/processes';
import type { Repository } from '../../../helpers/git-repository';
import { makeRepository } from '../../../helpers/git-repository';
import { temporaryFolder } from '../../../helpers/platform';

const signal = new AbortController().signal;
const now = (): Date => new Date('2026-12-01T10:00:00Z');

/** A platform that runs `current` and has `config`. */
function platformWith(
  caps: Partial<Provider['caps']>,
  current: Partial<Release> | undefined,
  config: Readonly<Record<string, string>>,
): Provider {
  const release: Release = {
    version: 7,
    status: 'current',
    createdAt: '2026-11-30T10:00:00Z',
    description: 'Deploy',
    dirty: false,
    eligible: false,
    ...current,
  };
  const nothing = async function* (): AsyncIterable<never> {};
  return {
    id: 'test',
    title: 'Test',
    caps: { source: 'tree', cancel: 'none', attach: false, rollback: true, logs: false, ...caps },
    plan: async () => ({ ...(current ? { current: release } : {}), notes: [] }),
    deploy: nothing,
    attach: nothing,
    rollback: nothing,
    logs: nothing,
    cancel: async () => undefined,
    releases: async () => [],
    status: async () => undefined,
    config: { read: async () => config, change: async () => config },
  };
}

describe('in a repository', () => {
  let dir: string;
  let repository: Repository;
  let first: string;
  let target: Target;
  before(async () => {
    dir = await temporaryFolder();
    repository = makeRepository(join(dir, 'mono'));
    first = repository.commit({
      'orders/Procfile': 'web: gunicorn app\nworker: celery\nold: run\n',
      'orders/shop/migrations/__init__.py': '',
      'orders/shop/migrations/0001_initial.py': '',
      'orders/config/settings.py': 'import os\nKEY = os.environ["SECRET_KEY"]\n',
      'other/migrations/0001_other.py': '',
    });
    repository.commit({
      'orders/Procfile': 'release: python manage.py migrate\nweb: gunicorn app --preload\nworker: celery\n',
      'orders/shop/migrations/0002_price.py': '',
      'other/migrations/0002_other.py': '',
    });
    await writeFile(join(repository.dir, 'orders/shop/migrations/0003_tax.py'), '');
    const environment = { name: 'staging', platform: 'empire' as const, protected: true, config: {} };
    target = { app: 'orders', environment, dir: join(repository.dir, 'orders'), spec: 'openapi.yaml' };
  });
  after(() => rm(dir, { recursive: true, force: true }));

  const look = (provider: Provider, wish = {}, specs?: SpecChecks): Promise<Prepared> =>
    prepareDeploy(
      { provider, target },
      wish,
      { processes: nodeProcesses, files: nodeFiles, now, specs },
      signal,
    );
  const told = ({ notes }: Prepared): readonly string[] =>
    notes.map((one) => `${one.level} ${one.code.replace('deploy/', '')}`);

  test('of a tree: what is not committed goes along, processes come and go, migrations and variables are told', async () => {
    const prepared = await look(platformWith({ releaseCommand: true }, { commit: first.slice(0, 12) }, {}));
    assert.deepEqual(told(prepared).toSorted(), [
      'info commits',
      'info migrations',
      'info uncommitted',
      'warning config-missing',
      'warning processes',
    ]);
    const text = prepared.notes.map((one) => one.message).join('\n');
    assert.match(
      text,
      /2 migrations are new since the running release: shop\.0002_price, shop\.0003_tax; the release command applies them\./,
    );
    assert.match(
      text,
      /release is new: python manage\.py migrate; web was gunicorn app and becomes gunicorn app --preload; old goes: run\./,
    );
    assert.match(text, /The code needs SECRET_KEY, which staging does not have\./);
    const page = preflightPage(target, prepared);
    assert.match(page, /## What may not be meant\n\n- The Procfile changes/);
    assert.match(page, /  - SECRET\\_KEY in config\/settings\.py:2/);
    assert.match(page, /\*\*Protected\*\*: yes/);
  });

  test('of a commit’s image only what the commit holds counts, and who runs no release command is told of', async () => {
    const provider = platformWith(
      { source: 'image', releaseCommand: false },
      { commit: first },
      { SECRET_KEY: 'x' },
    );
    const head = repository.git('rev-parse', 'HEAD');
    const prepared = await look(provider, { image: `ghcr.io/acme/orders:${head}` });
    const note = prepared.notes.find((one) => one.code === 'deploy/migrations');
    assert.equal(note?.level, 'warning');
    assert.match(
      note.message,
      /1 migration is new since the running release: shop\.0002_price; Test runs no release command/,
    );
    assert.ok(!prepared.notes.some((one) => one.code === 'deploy/config-missing'));
    const other = await look(provider, { image: 'ghcr.io/acme/orders:latest' });
    assert.ok(
      !told(other).some((one) => /migrations|processes/.test(one)),
      'another image is not known here',
    );
  });

  test('a first deploy, and one from a commit that is not here, tell no changes and break nothing', async () => {
    for (const current of [undefined, { commit: 'f'.repeat(40) }]) {
      const prepared = await look(platformWith({}, current, { SECRET_KEY: 'x' }));
      assert.deepEqual(told(prepared), ['info uncommitted']);
    }
  });

  test('failing guidelines are told with the first, and why where it could not be checked', async () => {
    const provider = platformWith({}, undefined, { SECRET_KEY: 'x' });
    const asked: string[] = [];
    const broken: SpecChecks = {
      async check(path) {
        asked.push(path);
        return {
          kind: 'checked',
          errors: [
            { rule: 'path-kebab-case', message: 'Write it as order-items.', line: 3 },
            { rule: 'operation-id', message: 'Give it an id.', line: 8 },
          ],
        };
      },
    };
    const { notes } = await look(provider, {}, broken);
    assert.deepEqual(asked, [join(target.dir, 'openapi.yaml')]);
    const note = notes.find((one) => one.code === 'deploy/guidelines');
    assert.equal(note?.level, 'warning');
    assert.match(
      note.message,
      /breaks the API guidelines in 2 places, first at line 4: Write it as order-items\. \(path-kebab-case\)/,
    );
    const unchecked: SpecChecks = { check: async () => ({ kind: 'unchecked', why: 'it took too long.' }) };
    assert.ok(told(await look(provider, {}, unchecked)).includes('info guidelines-unknown'));
  });
});

test('a Procfile of either form, with what is wrong in it passed over', () => {
  const extended = 'web:\n  command: gunicorn app\n  cron: x\nmigrate:\n  command: ./manage.py migrate\n';
  assert.deepEqual(readProcesses(extended), { web: 'gunicorn app', migrate: './manage.py migrate' });
  assert.deepEqual(readProcesses('# no\r\nweb: a: b\r\nrubbish\r\n'), { web: 'a: b' });
  assert.deepEqual(compareProcesses({ web: 'a', old: 'x' }, { web: 'b', new: 'y' }), {
    added: ['new'],
    removed: ['old'],
    changed: ['web'],
  });
});
