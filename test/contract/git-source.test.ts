import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { CommandLine, Processes } from '../../src/base/ports';
import { createCache } from '../../src/platform/node/cache';
import { nodeFiles } from '../../src/platform/node/files';
import { nodeProcesses } from '../../src/platform/node/processes';
import { nodeTrees } from '../../src/platform/node/trees';
import type { ResolveOptions, SourceWorld } from '../../src/scaffold';
import { listAll, listTemplates, resolveTemplate } from '../../src/scaffold';
import type { Repository } from '../helpers/git-repository';
import { makeRepository, serve, serveRepositories, tinyTemplate } from '../helpers/git-repository';

/** Template sources against the real git, on real repositories. */

const place = { root: '' };
const warnings: string[] = [];
beforeEach(() => {
  place.root = mkdtempSync(join(tmpdir(), 'source-'));
  warnings.length = 0;
});
afterEach(() => rmSync(place.root, { recursive: true, force: true }));

const at = (...parts: readonly string[]): string => join(place.root, ...parts);
const never = new AbortController().signal;

/** This machine with a home folder and a cache of its own. */
function machine(env: CommandLine['env'] = {}): SourceWorld {
  const home = at('home');
  mkdirSync(home, { recursive: true });
  const processes: Processes = {
    ...nodeProcesses,
    run: (line, signal) =>
      nodeProcesses.run(
        {
          ...line,
          env: { ...line.env, HOME: home, XDG_CONFIG_HOME: undefined, GIT_CONFIG_NOSYSTEM: '1', ...env },
        },
        signal,
      ),
  };
  const log = { debug() {}, info() {}, warn: (text: string) => void warnings.push(text), error() {} };
  return {
    files: nodeFiles,
    trees: nodeTrees,
    processes,
    log,
    cache: createCache(at('cache')),
    bundled: resolve('templates'),
  };
}

const read = (source: string, options: Partial<ResolveOptions> = {}, world: SourceWorld = machine()) =>
  resolveTemplate(source, world, { signal: never, typed: true, ...options });
const cached = (): readonly string[] => (existsSync(at('cache')) ? readdirSync(at('cache')) : []);

function tiny(): { readonly repository: Repository; readonly first: string } {
  const repository = makeRepository(at('repository'));
  const first = repository.commit(tinyTemplate('tiny'));
  repository.git('tag', 'v1');
  return { repository, first };
}

test('a repository is read at a tag, a branch, a commit and what it has checked out', async () => {
  const { repository, first } = tiny();
  repository.git('tag', '--annotate', '--message', 'x', 'v1-annotated');
  repository.git('branch', 'feature/old');
  const second = repository.commit(tinyTemplate('tiny', '2.0.0'));
  for (const [ref, version, commit] of [
    ['#v1', '1.0.0', first],
    ['#v1-annotated', '1.0.0', first],
    ['#refs/tags/v1', '1.0.0', first],
    ['#feature/old', '1.0.0', first],
    [`#${first}`, '1.0.0', first],
    ['#main', '2.0.0', second],
    ['', '2.0.0', second],
  ] as const) {
    const found = await read(repository.source + ref);
    assert.equal(found.template.version, version, ref);
    assert.equal(found.commit, commit, ref);
    assert.equal(found.source, repository.source + ref);
    assert.deepEqual([found.template.source, found.template.commit], [found.source, commit]);
    assert.deepEqual(found.notes, [], ref);
  }
  const trees = cached().filter((name) => name.startsWith('tree-'));
  assert.equal(trees.length, 2, 'a commit is fetched once, whatever it is called');
});

test('files arrive as they were committed, with their exec bits, whatever attributes say', async () => {
  const repository = makeRepository(at('repository'));
  repository.commit({
    ...tinyTemplate('tiny'),
    'files/lf.txt': 'a\nb\n',
    'files/crlf.cmd': 'a\r\nb\r\n',
    'files/id.txt': '$Id$\n',
  });
  // Attributes last: what is in the repository stays as it is.
  repository.commit({ '.gitattributes': '* ident\n*.txt text eol=crlf\n*.hbs filter=evil\n' });
  const world = machine();
  writeFileSync(
    at('home', '.gitconfig'),
    `[filter "evil"]\n smudge = touch ${at('ran')}\n required = true\n[core]\n autocrlf = true\n`,
  );
  const { template } = await read(repository.source, {}, world);
  const text = (path: string): string =>
    new TextDecoder().decode(template.sources.find((one) => one.path === path)?.bytes);
  assert.equal(text('lf.txt'), 'a\nb\n');
  assert.equal(text('crlf.cmd'), 'a\r\nb\r\n');
  assert.equal(text('id.txt'), '$Id$\n');
  assert.equal(text('README.md.hbs'), '# {{name}}\n');
  assert.equal(template.sources.find((one) => one.path === 'run.sh')?.executable, true);
  assert.ok(!existsSync(at('ran')), 'no filter of the user was run');
});

test('no hook and no repository template of the user is run', async () => {
  const { repository } = tiny();
  const world = machine();
  mkdirSync(at('hooks'));
  for (const hook of ['post-checkout', 'reference-transaction', 'post-index-change'])
    writeFileSync(at('hooks', hook), `#!/bin/sh\ntouch ${at('ran')}\n`, { mode: 0o755 });
  mkdirSync(at('template'));
  symlinkSync(at('hooks'), at('template', 'hooks'));
  writeFileSync(
    at('home', '.gitconfig'),
    `[core]\n hooksPath = ${at('hooks')}\n[init]\n templateDir = ${at('template')}\n`,
  );
  await read(repository.source, {}, world);
  assert.ok(!existsSync(at('ran')));
});

test('a folder of a repository is a template, with what lies in shared/ beside it', async () => {
  const repository = makeRepository(at('repository'));
  repository.commit({
    ...tinyTemplate('api', '1.0.0', 'templates/api/'),
    'templates/shared/base/files/.editorconfig': 'root = true\n',
    'unrelated/big.txt': 'x',
  });
  repository.commit({
    'templates/api/template.yaml': `${tinyTemplate('api')['template.yaml'] ?? ''}include: [base]\n`,
  });
  const { template } = await read(`${repository.source}#main:templates/api`);
  assert.deepEqual(
    template.sources.map((one) => one.path),
    ['.editorconfig', 'README.md.hbs', 'run.sh'],
  );
  const [tree = ''] = cached().filter((name) => name.startsWith('tree-'));
  assert.ok(!existsSync(at('cache', tree, 'unrelated')), 'what is not asked for is not written');
});

test('the templates of a repository are listed, a broken one with its error', async () => {
  const repository = makeRepository(at('repository'));
  repository.commit({
    ...tinyTemplate('api', '1.0.0', 'templates/api/'),
    ...tinyTemplate('job', '1.0.0', 'templates/job/'),
    'templates/broken/template.yaml': 'id: broken\n',
    'templates/README.md': 'not a template',
  });
  const source = `${repository.source}#main:templates`;
  const offers = await listTemplates(source, machine(), { signal: never, typed: true });
  assert.deepEqual(
    offers.map((one) => ['error' in one ? one.error.code : one.template.id, one.source]),
    [
      ['api', `${source}/api`],
      ['scaffold/broken-template', `${source}/broken`],
      ['job', `${source}/job`],
    ],
  );
  const again = await read(`${source}/job`);
  assert.equal(again.template.id, 'job');
  assert.equal(cached().filter((name) => name.startsWith('tree-')).length, 1, 'it is in the cache already');
});

test('a source that can not be read does not hide the others', async () => {
  const { repository } = tiny();
  const offers = await listAll(
    ['', `${repository.source}#v1`, `git+file://${at('absent')}`, 'git+https://me:pw@example.com/x.git'],
    machine(),
    { signal: never, typed: true },
  );
  const said = offers.map((one) => ('error' in one ? one.error.code : one.template.id));
  assert.ok(said.includes('django-service') && said.includes('tiny'));
  assert.deepEqual(said.slice(-2), ['scaffold/fetch-failed', 'scaffold/bad-source']);
});

test('a repository on this machine is read only where it was typed', async () => {
  const { repository } = tiny();
  await assert.rejects(read(repository.source, { typed: false }), { code: 'scaffold/not-typed' });
  assert.deepEqual(cached(), []);
});

test('without its repository a ref is what it was last, and that is said', async () => {
  const { repository, first } = tiny();
  await read(`${repository.source}#v1`);
  renameSync(repository.dir, at('away'));
  const found = await read(`${repository.source}#v1`);
  assert.equal(found.commit, first);
  assert.match(
    found.notes.join(),
    /can't be reached; v1 is taken from the cache as it was last, [0-9a-f]{12}\./,
  );
  assert.equal(warnings.length, 1, 'the log says why');
  assert.equal(
    (await read(`${repository.source}#v1`, { commit: first })).notes.length,
    0,
    'a commit needs no asking',
  );
  await assert.rejects(read(`${repository.source}#v2`), { code: 'scaffold/fetch-failed' });
});

test('a tag that was moved is read anew and named; the old commit stays to be had', async () => {
  const { repository, first } = tiny();
  await read(`${repository.source}#v1`);
  const second = repository.commit(tinyTemplate('tiny', '1.0.1'));
  repository.git('tag', '--force', 'v1');
  const moved = await read(`${repository.source}#v1`);
  assert.equal(moved.commit, second);
  assert.match(
    moved.notes.join(),
    new RegExp(`v1 was moved .*${first.slice(0, 12)} to ${second.slice(0, 12)}`),
  );
  assert.deepEqual((await read(`${repository.source}#v1`)).notes, [], 'it is said once');
  const old = await read(`${repository.source}#v1`, { commit: first });
  assert.deepEqual([old.commit, old.template.version], [first, '1.0.0']);
});

test('an old commit that the cache lost is fetched by its name', async () => {
  const { repository, first } = tiny();
  repository.commit(tinyTemplate('tiny', '2.0.0'));
  const { template } = await read(`${repository.source}#main`, { commit: first });
  assert.equal(template.version, '1.0.0');
});

test('a branch that went on is read anew without a word', async () => {
  const { repository } = tiny();
  await read(`${repository.source}#main`);
  const second = repository.commit(tinyTemplate('tiny', '1.1.0'));
  const found = await read(`${repository.source}#main`);
  assert.deepEqual([found.commit, found.notes], [second, []]);
});

test('what is not there is told by name', async () => {
  const { repository } = tiny();
  const away = '0123456789abcdef0123456789abcdef01234567';
  await assert.rejects(read(`${repository.source}#v9`), { code: 'scaffold/no-such-ref', message: /"v9"/ });
  await assert.rejects(read(`${repository.source}#v1:sub`), {
    code: 'scaffold/no-such-folder',
    message: /"sub"/,
  });
  await assert.rejects(read(`${repository.source}#${away}`), { code: 'scaffold/fetch-failed' });
  await assert.rejects(read(`git+file://${at('none')}`), { code: 'scaffold/fetch-failed' });
  await assert.rejects(read(at('none')), { code: 'scaffold/broken-template' });
  assert.deepEqual(cached(), [], 'and nothing is kept');
});

test('links and submodules are refused, and files that are one on other systems', async () => {
  const linked = makeRepository(at('linked'));
  linked.commit(tinyTemplate('tiny'));
  symlinkSync('/etc/passwd', join(linked.dir, 'files', 'users.txt'));
  linked.commit({});
  await assert.rejects(read(linked.source), {
    code: 'scaffold/unsafe-repository',
    message: /"files\/users\.txt" is a symbolic link/,
  });
  const { repository, first } = tiny();
  repository.git('update-index', '--add', '--cacheinfo', `160000,${first},files/module`);
  repository.git('commit', '--quiet', '--message', 'module');
  await assert.rejects(read(repository.source), { message: /"files\/module" is a submodule/ });
  const twins = makeRepository(at('twins'));
  twins.commit({ ...tinyTemplate('tiny'), 'files/A.txt': 'a', 'files/a.txt': 'b' });
  await assert.rejects(read(twins.source), { message: /are one file on many systems/ });
  assert.deepEqual(cached(), []);
});

test('without git a source says what to install; a folder needs none', async () => {
  const { repository } = tiny();
  const world = machine({ PATH: at('empty') });
  await assert.rejects(read(repository.source, {}, world), {
    code: 'scaffold/no-git',
    message: /install git/,
  });
  assert.equal((await read(repository.dir, {}, world)).template.id, 'tiny');
});

test('a folder is read where it is, relative to its base or the home folder', async () => {
  const { repository } = tiny();
  const found = await read('./repository', { base: place.root });
  assert.deepEqual(
    [found.source, found.template.source, found.commit],
    [repository.dir, repository.dir, undefined],
  );
  assert.equal((await read('~/repository', { home: place.root })).source, repository.dir);
  await assert.rejects(read('./repository'), { code: 'scaffold/relative-folder' });
});

test('a repository is fetched over HTTP', async () => {
  const { repository, first } = tiny();
  const server = await serveRepositories(place.root);
  try {
    const source = `${server.source}/repository/.git`;
    const found = await read(`${source}#v1`, { typed: false });
    assert.deepEqual([found.commit, found.source], [first, `${source}#v1`]);
    repository.commit(tinyTemplate('tiny', '2.0.0'));
    assert.equal((await read(`${source}#main`)).template.version, '2.0.0');
  } finally {
    await server.close();
  }
});

test('a server that wants a password is told, nothing is asked', async () => {
  const server = await serve((_request, response) => {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
  });
  try {
    await assert.rejects(read(`${server.source}/t.git`), {
      code: 'scaffold/fetch-failed',
      message: /what git may sign in with/,
    });
  } finally {
    await server.close();
  }
});

test('what a server says can not steer a terminal', async () => {
  const server = await serve((_request, response) => {
    response.writeHead(403, { 'content-type': 'text/plain' }).end('\u001b[31mred\u001b]0;title\u0007\n');
  });
  try {
    await assert.rejects(read(`${server.source}/t.git`), (error: { lines: readonly string[] }) => {
      assert.doesNotMatch(error.lines.join('\n'), /[^\P{C}\n]/u);
      return true;
    });
  } finally {
    await server.close();
  }
});

for (const [name, options] of [
  ['while the ref is asked for', {}],
  ['while the commit is fetched', { commit: '0123456789abcdef0123456789abcdef01234567' }],
] as const)
  test(`a cancel ${name} ends git and leaves nothing`, async () => {
    const cancel = new AbortController();
    const seen = { requests: 0 };
    // It never answers: only the cancel can end this.
    const server = await serve(() => {
      seen.requests += 1;
      cancel.abort();
    });
    try {
      await assert.rejects(read(`${server.source}/t.git#v1`, { ...options, signal: cancel.signal }), {
        name: 'AbortError',
      });
      assert.equal(seen.requests, 1);
      assert.deepEqual(cached(), []);
    } finally {
      await server.close();
    }
  });

test('two at once fetch into one entry', async () => {
  const { repository, first } = tiny();
  const both = await Promise.all([read(`${repository.source}#v1`), read(`${repository.source}#v1`)]);
  assert.deepEqual(
    both.map((one) => one.commit),
    [first, first],
  );
  assert.deepEqual(cached().filter((name) => !name.startsWith('ref-')).length, 1);
});
