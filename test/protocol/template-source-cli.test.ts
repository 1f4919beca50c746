import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { cli } from '../helpers/cli';
import type { CliRun } from '../helpers/cli';
import { makeRepository, serve, tinyTemplate } from '../helpers/git-repository';

/** `new`, `templates` and `check-template` with templates from elsewhere, as a shell would run them. */

const place = { root: '' };
beforeEach(() => {
  place.root = mkdtempSync(join(tmpdir(), 'source-cli-'));
});
afterEach(() => rmSync(place.root, { recursive: true, force: true }));

const at = (...parts: readonly string[]): string => join(place.root, ...parts);
const run = (...args: readonly string[]): Promise<CliRun> =>
  cli(args, { cwd: place.root, env: { SERVICEWRIGHT_CACHE: at('cache') } });

function folder(files: Readonly<Record<string, string>> = tinyTemplate('tiny')): string {
  for (const [path, text] of Object.entries(files)) {
    const to = at('tiny', path.replace(/\*$/, ''));
    mkdirSync(join(to, '..'), { recursive: true });
    writeFileSync(to, text, { mode: path.endsWith('*') ? 0o755 : 0o644 });
  }
  return at('tiny');
}

test('a service is made from a tag of a repository, and its record says which commit', async () => {
  const repository = makeRepository(at('repository'));
  const commit = repository.commit(tinyTemplate('tiny', '1.2.0', 'templates/tiny/'));
  repository.git('tag', 'v1');
  const source = `${repository.source}#v1:templates/tiny`;
  const made = await run('new', source, 'orders', '--json');
  assert.equal(made.code, 0, made.stderr);
  assert.equal(readFileSync(at('orders', 'README.md'), 'utf8'), '# orders\n');
  const record = readFileSync(at('orders', 'servicewright.yaml'), 'utf8');
  assert.ok(record.includes(`source: ${source}`) || record.includes(`source: "${source}"`), record);
  assert.ok(record.includes(`commit: ${commit}`) || record.includes(`commit: "${commit}"`), record);
});

test('without the repository the cache is used, and stderr says so', async () => {
  const repository = makeRepository(at('repository'));
  repository.commit(tinyTemplate('tiny'));
  repository.git('tag', 'v1');
  assert.equal((await run('new', `${repository.source}#v1`, 'orders')).code, 0);
  renameSync(repository.dir, at('away'));
  const made = await run('new', `${repository.source}#v1`, 'again');
  assert.equal(made.code, 0, made.stderr);
  assert.match(made.stderr, /note: .* can't be reached; v1 is taken from the cache/);
  const other = await run('new', `${repository.source}#v2`, 'third');
  assert.equal(other.code, 2);
  assert.match(other.stderr, /git: .*\nerror: The template .*#v2 can't be fetched; check/);
});

test('a service is made from a folder, which is seen from where the command runs', async () => {
  folder();
  const made = await run('new', './tiny', 'orders');
  assert.equal(made.code, 0, made.stderr);
  assert.equal(readFileSync(at('orders', 'README.md'), 'utf8'), '# orders\n');
});

test('a source that is no source makes nothing', async () => {
  for (const [source, why] of [
    ['tiny/sub', /a folder is written \.\/tiny\/sub/],
    ['ext::sh -c x', /helper program/],
    ['git+https://me:hunter2@example.com/t.git', /credential helper/],
    ['djang-service', /perhaps you mean django-service/],
  ] as const) {
    const made = await run('new', source, 'orders');
    assert.equal(made.code, 2, source);
    assert.match(made.stderr, why);
    assert.doesNotMatch(made.stderr + made.stdout, /hunter2/);
  }
  assert.deepEqual(readdirSync(place.root), []);
});

test('the templates of a source are listed; one that is broken ends with 1 and hides none', async () => {
  const repository = makeRepository(at('repository'));
  repository.commit({ ...tinyTemplate('api', '1.0.0', 'api/'), ...tinyTemplate('job', '1.0.0', 'job/') });
  const listed = await run('templates', '--from', repository.source, '--json');
  assert.equal(listed.code, 0, listed.stderr);
  const { templates } = JSON.parse(listed.stdout) as { templates: { id: string; source: string }[] };
  assert.deepEqual(
    templates.map((one) => [one.id, one.source]),
    [
      ['api', `${repository.source}#:api`],
      ['job', `${repository.source}#:job`],
    ],
  );
  repository.commit({ 'api/template.yaml': 'id: api\n' });
  const broken = await run('templates', '--from', repository.source);
  assert.equal(broken.code, 1);
  assert.match(broken.stdout, /^job 1\.0\.0/m);
  assert.match(broken.stderr, /^error: The template file .*api\/template\.yaml.* can't be used/m);
});

test('an interrupt while a template is fetched ends the command and leaves nothing', async () => {
  const running = { pid: 0 };
  const server = await serve(() => void process.kill(running.pid, 'SIGINT'));
  try {
    const made = await cli(['new', `${server.source}/t.git`, 'orders'], {
      cwd: place.root,
      env: { SERVICEWRIGHT_CACHE: at('cache') },
      onStart: (pid) => (running.pid = pid),
    });
    assert.equal(made.code, 130);
    assert.deepEqual(readdirSync(place.root), []);
  } finally {
    await server.close();
  }
});

test('a template is checked: 0 where it is right, 1 with the places where not', async () => {
  folder();
  const right = await run('check-template', './tiny');
  assert.equal(right.code, 0, right.stdout);
  assert.match(
    right.stdout,
    /^tiny 1\.0\.0: nothing is wrong in \d+ files of \d+ combinations of answers\.$/m,
  );
  folder({ 'files/b.yaml.hbs': 'a: 1\nb: [\n' });
  const wrong = await run('check-template', './tiny');
  assert.equal(wrong.code, 1);
  assert.match(wrong.stdout, /^files\/b\.yaml\.hbs:2: error: With these answers it is no YAML/m);
  const json = await run('check-template', at('tiny'), '--json');
  assert.equal(json.code, 1);
  const { findings } = JSON.parse(json.stdout) as {
    findings: { path: string; line: number; code: string }[];
  };
  assert.deepEqual(
    findings.map(({ path, line, code }) => [path, line, code]),
    [[at('tiny', 'files/b.yaml.hbs'), 2, 'syntax']],
  );
  assert.equal((await run('check-template', './absent')).code, 2);
});
