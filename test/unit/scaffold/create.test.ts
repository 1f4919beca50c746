import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandLine, Finished, Obstacle, Processes, World } from '../../../src/base/ports';
import { silentLog } from '../../../src/base/log';
import type { Decision } from '../../../src/scaffold/create';
import { createService, planService } from '../../../src/scaffold/create';
import type { FileChange } from '../../../src/scaffold/plan';
import type { SecretInput, Template } from '../../../src/scaffold/template';
import { memoryFiles } from '../../helpers/files';
import type { MemoryTrees } from '../../helpers/trees';
import { memoryTrees } from '../../helpers/trees';
import { file, template } from './helpers';

type Git = (line: CommandLine) => Partial<Finished>;
/** A git outside of any repository that does all it is asked. */
const willing: Git = ({ args }) => (args.includes('rev-parse') ? { exitCode: 128 } : {});

const processes = (git: Git, seen: CommandLine[] = []): Processes => ({
  run: async (line) => {
    seen.push(line);
    return { exitCode: 0, stdout: '', stderr: '', ...git(line) };
  },
  runInteractive: async () => 0,
  find: async () => undefined,
});

const world = (
  more: {
    readonly trees?: MemoryTrees;
    readonly git?: Processes;
    readonly texts?: Readonly<Record<string, string>>;
    readonly signal?: AbortSignal;
  } = {},
): World & { readonly signal: AbortSignal } => ({
  files: memoryFiles(more.texts ?? {}),
  trees: more.trees ?? memoryTrees(),
  processes: more.git ?? processes(willing),
  http: { send: async () => assert.fail('a template asks nothing of the network') },
  log: silentLog,
  now: () => new Date(0),
  signal: more.signal ?? new AbortController().signal,
});

const tiny = template(file('a.txt', 'a'), file('__module__/b.hbs', '{{name}}'));
const dir = '/srv/shop';
const systemError = (code: string): Error => Object.assign(new Error(code), { code });

test('a service is planned without anything being written', async () => {
  const trees = memoryTrees();
  const { files, obstacle } = await planService(tiny, dir, { name: 'shop' }, world({ trees }));
  assert.deepEqual(
    files.map((one) => [one.kind, one.path]),
    [
      ['create', 'a.txt'],
      ['create', 'servicewright.yaml'],
      ['create', 'shop/b'],
    ],
  );
  assert.equal(obstacle, undefined);
  assert.equal(trees.made.size, 0);
});

const full = (): MemoryTrees => memoryTrees({ obstacles: { [dir]: { code: 'ENOTEMPTY', path: dir } } });
const kinds = (files: readonly FileChange[]): Record<string, string> =>
  Object.fromEntries(files.map((one) => [one.path, one.kind]));

test('what is no file where a file would be written is an obstacle, whatever is decided', async () => {
  const trees = full();
  const texts = {
    [`${dir}/a.txt`]: 'a',
    [`${dir}/shop/b/c`]: 'a folder is in the way',
    [`${dir}/mine`]: 'x',
  };
  const { files, obstacle } = await planService(tiny, dir, { name: 'shop' }, world({ trees, texts }));
  assert.deepEqual(kinds(files), { 'a.txt': 'same', 'servicewright.yaml': 'create', 'shop/b': 'conflict' });
  assert.equal(obstacle?.code, 'scaffold/blocked-files');
  await assert.rejects(
    createService(tiny, dir, { name: 'shop' }, { ...world({ trees, texts }), decide: () => 'overwrite' }),
    { code: 'scaffold/blocked-files', message: /where shop\/b would be written/ },
  );
  assert.deepEqual([trees.made.size, trees.changed.length], [0, 0]);
});

test('nothing is written through a link or a file on the way', async () => {
  const files = {
    ...memoryFiles({}),
    kind: async (path: string) => (path === `${dir}/shop` ? ('symlink' as const) : undefined),
  };
  const { obstacle, files: planned } = await planService(
    tiny,
    dir,
    { name: 'shop' },
    { ...world({ trees: full() }), files },
  );
  assert.equal(kinds(planned)['shop/b'], 'conflict');
  assert.equal(obstacle?.code, 'scaffold/blocked-files');
});

test('a folder that holds something gets what is missing, and conflicts are for a person', async () => {
  const texts = {
    [`${dir}/a.txt`]: 'mine',
    [`${dir}/shop/b`]: 'shop',
    [`${dir}/servicewright.yaml`]: 'name: shop # mine\n',
    [`${dir}/.gitignore`]: '!keep.pyc\nmine\n',
  };
  const more = template(...tiny.sources, file('.gitignore', '# python\n*.pyc\nmine\n'), file('new', 'x'));
  const trees = full();
  const plan = await planService(more, dir, { name: 'shop' }, world({ trees, texts }));
  assert.deepEqual(kinds(plan.files), {
    '.gitignore': 'merge',
    'a.txt': 'conflict',
    new: 'create',
    'servicewright.yaml': 'merge',
    'shop/b': 'same',
  });
  assert.deepEqual([plan.obstacle, plan.intoExisting], [undefined, true]);
  const making = (decide?: (change: FileChange) => Decision | undefined) =>
    createService(more, dir, { name: 'shop' }, { ...world({ trees, texts }), ...(decide ? { decide } : {}) });
  for (const decide of [undefined, () => undefined])
    await assert.rejects(making(decide), { code: 'scaffold/conflicting-files', lines: ['a.txt'] });
  assert.equal(trees.changed.length, 0);

  const kept = await making(() => 'keep');
  assert.deepEqual([kept.kept, kept.git.outcome], [['a.txt'], 'left']);
  await making(() => 'overwrite');
  const written = trees.changed.map(({ edits }) =>
    edits.map(({ path, seen, next }) => [path, text(seen), text(next?.bytes)]),
  );
  const always = [
    ['.gitignore', '!keep.pyc\nmine\n', '*.pyc\n!keep.pyc\nmine\n'],
    ['new', '', 'x'],
  ];
  const manifest = written[0]?.[2];
  assert.match(manifest?.[2] ?? '', /^name: shop # mine\n\ntemplate:\n {2}id: tiny\n/);
  assert.deepEqual(written[0], [...always, manifest]);
  assert.deepEqual(written[1], [always[0], ['a.txt', 'mine', 'a'], always[1], manifest]);
  assert.equal(trees.made.size, 0);
});

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

test('a service records its template, its answers without secrets, and a hash of each managed file', async () => {
  const trees = memoryTrees();
  const secretive: Template = {
    ...template(
      file('ci/x', 'abc'),
      file('a.env.hbs', '{{token}}'),
      file('servicewright.yaml.hbs', '# {{name}}\nname: {{name}}\n'),
    ),
    source: '/srv/templates/tiny',
  };
  const [name] = secretive.inputs;
  const token = { ...name, key: 'token', type: 'secret' } as SecretInput;
  await createService(
    { ...secretive, inputs: [...secretive.inputs, token] },
    dir,
    { name: 'shop', token: 'hush' },
    world({ trees }),
  );
  const written = trees.made.get(dir) ?? [];
  const of = (path: string): string => text(written.find((one) => one.path === path)?.bytes);
  assert.equal(of('a.env'), 'hush');
  assert.equal(
    of('servicewright.yaml'),
    `# shop
name: shop

template:
  id: tiny
  version: 1.2.3
  source: /srv/templates/tiny
  answers:
    name: shop
    description: The Shop service.
  files:
    ci/x: ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
`,
  );
});

test('a managed file that holds a secret is an error of the template', async () => {
  const [name] = tiny.inputs;
  const token = { ...name, key: 'token', type: 'secret' } as SecretInput;
  for (const use of ['{{token}}', '{{#if token}}a{{/if}}', '{{upper token}}'])
    await assert.rejects(
      planService(
        { ...template(file('ci/x.hbs', use)), inputs: [...tiny.inputs, token] },
        dir,
        { name: 'shop', token: 'hush' },
        world(),
      ),
      { code: 'scaffold/broken-template', message: /token is a secret, which no managed file may hold/ },
      use,
    );
});

test('a service is made with a repository', async () => {
  const trees = memoryTrees();
  const seen: CommandLine[] = [];
  const made = await createService(
    tiny,
    dir,
    { name: 'shop' },
    world({ trees, git: processes(willing, seen) }),
  );
  assert.deepEqual(made.git, { outcome: 'committed' });
  assert.equal(trees.made.get(dir)?.length, 3);
  assert.deepEqual(
    seen.map(({ args }) => args.filter((one) => !one.includes('=') && one !== '-c').join(' ')),
    [
      'rev-parse --is-inside-work-tree',
      'init --quiet',
      'add --all',
      'commit --quiet --no-verify --message Start from tiny 1.2.3',
    ],
  );
  for (const line of seen) {
    assert.equal(line.cwd, `${dir}.partial`);
    assert.ok(
      line.args.includes('core.hooksPath=/dev/null') && line.args.includes('user.useConfigOnly=true'),
    );
    assert.ok(line.env && 'GIT_DIR' in line.env && line.env['GIT_DIR'] === undefined);
  }
});

test('a service is made whatever becomes of git, and says so', async () => {
  const outcome = async (git: Git | Error): Promise<string> => {
    const port = processes((line) => {
      if (git instanceof Error) throw git;
      return git(line);
    });
    const trees = memoryTrees();
    const made = await createService(tiny, dir, { name: 'shop' }, world({ trees, git: port }));
    assert.equal(trees.made.size, 1);
    return made.git.outcome;
  };
  const at =
    (verb: string, answer: Partial<Finished>): Git =>
    (line) =>
      line.args.includes(verb) ? answer : willing(line);
  assert.equal(await outcome(systemError('ENOENT')), 'missing');
  assert.equal(await outcome(at('commit', { exitCode: 128, stderr: 'who are you?' })), 'staged');
  assert.equal(await outcome(at('init', { exitCode: 129 })), 'failed');
  assert.equal(await outcome(at('add', { exitCode: 128, stderr: 'no space left' })), 'failed');
  assert.equal(await outcome(systemError('EACCES')), 'failed');
  const inside = { exitCode: 0, stdout: 'true\n' };
  const inRepository =
    (ignored: boolean): Git =>
    (line) => {
      if (line.args.includes('rev-parse')) return inside;
      return line.args.includes('check-ignore') ? { exitCode: ignored ? 0 : 1 } : {};
    };
  assert.equal(await outcome(inRepository(false)), 'outer');
  assert.equal(await outcome(inRepository(true)), 'committed');
});

test('a template that asks for no repository gets none', async () => {
  const git = processes(() => assert.fail('git is not asked'));
  const made = await createService({ ...tiny, actions: [] }, dir, { name: 'shop' }, world({ git }));
  assert.deepEqual(made.git, { outcome: 'none' });
});

test('what stands in the way is said before anything is written', async () => {
  const why = async (obstacle: Obstacle): Promise<unknown> => {
    const trees = memoryTrees({ obstacles: { [dir]: obstacle }, failure: new Error('it was tried') });
    return createService(tiny, dir, { name: 'shop' }, world({ trees })).catch((error: unknown) => error);
  };
  const message = async (code: string, path: string): Promise<string> => String(await why({ code, path }));
  assert.match(await message('EEXIST', dir), /\/srv\/shop can't hold a service because a file stands there/);
  assert.match(await message('ENOTDIR', '/srv'), /\/srv can't hold a service because a file stands there/);
  assert.match(await message('EACCES', '/srv'), /its folder may not be written to/);
  assert.match(await message('EROFS', '/srv'), /its folder is on a read-only disk/);
  assert.match(await message('ELOOP', '/srv'), /a symbolic link leads out of it; replace the link/);
});

test('what goes wrong while it is written is said', async () => {
  const why = async (failure: Error): Promise<string> => {
    const failing = createService(tiny, dir, { name: 'shop' }, world({ trees: memoryTrees({ failure }) }));
    return failing.then(
      () => assert.fail('it was made'),
      (error: unknown) => String(error),
    );
  };
  assert.match(
    await why(systemError('ENOSPC')),
    /the disk is full; make room and try again\. Nothing was left/,
  );
  assert.match(await why(systemError('EDQUOT')), /the disk is full/);
  assert.match(await why(systemError('EPERM')), /may not be written to/);
  assert.match(await why(systemError('ENAMETOOLONG')), /its path is too long/);
  assert.match(await why(systemError('ENOTEMPTY')), /exists and is not empty/);
  assert.equal(await why(new Error('a bug')), 'Error: a bug');
});

test('cancelling is silent and leaves nothing', async () => {
  const abort = new AbortController();
  const trees = memoryTrees();
  const git = processes((line) => {
    if (line.args.includes('add')) abort.abort();
    return willing(line);
  });
  await assert.rejects(
    createService(tiny, dir, { name: 'shop' }, world({ trees, git, signal: abort.signal })),
    { name: 'AbortError' },
  );
  assert.equal(trees.made.size, 0);
});
