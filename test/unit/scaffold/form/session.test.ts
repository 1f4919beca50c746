import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLog } from '../../../../src/base/log';
import type { World } from '../../../../src/base/ports';
import type { FilesView, FormView, HostMessage, PageWord } from '../../../../src/scaffold/form/protocol';
import { isHostMessage } from '../../../../src/scaffold/form/protocol';
import type { FormState } from '../../../../src/scaffold/form/state';
import type { Desk, Session } from '../../../../src/scaffold/host/vscode/form/desk';
import { createSession } from '../../../../src/scaffold/host/vscode/form/session';
import { memoryFiles } from '../../../helpers/files';
import type { MemoryTrees } from '../../../helpers/trees';
import { memoryTrees } from '../../../helpers/trees';
import { answer, fresh } from './helpers';

interface Page {
  readonly session: Session;
  readonly trees: MemoryTrees;
  /** Everything the host said. */
  readonly heard: HostMessage[];
  /** What the editor was asked for. */
  readonly asked: string[];
  readonly warnings: string[];
  say(word: PageWord): Promise<void>;
  form(): FormView;
  files(): FilesView;
}

interface Options {
  readonly state?: FormState;
  readonly trees?: MemoryTrees;
  readonly texts?: Readonly<Record<string, string>>;
  readonly chosen?: string;
  /** Not trusted unless said: then nothing is run. */
  readonly trusted?: boolean;
}

function open({
  state = fresh(),
  trees = memoryTrees(),
  texts = {},
  chosen,
  trusted = false,
}: Options = {}): Page {
  const heard: HostMessage[] = [];
  const asked: string[] = [];
  const warnings: string[] = [];
  const world: World = {
    files: memoryFiles(texts),
    trees,
    processes: {
      run: async ({ file, args }) => {
        assert.ok(trusted, 'nothing is run where nothing may be');
        asked.push(`run ${file} ${args.join(' ')}`);
        return { exitCode: 0, stdout: 'Python 3.12.1', stderr: '' };
      },
      runInteractive: async () => 0,
      find: async (tool) => `/usr/bin/${tool}`,
    },
    http: { send: async () => assert.fail('the form asks nothing of the network') },
    log: { ...silentLog, warn: (message) => void warnings.push(message) },
    now: () => new Date(0),
  };
  const desk: Desk = {
    world,
    post: (message) => {
      const arrived: unknown = JSON.parse(JSON.stringify(message));
      assert.ok(isHostMessage(arrived), 'the page takes what the host says');
      heard.push(arrived);
    },
    mayRun: () => trusted,
    browse: async (from) => {
      asked.push(`browse ${from}`);
      return chosen;
    },
    open: async (dir, file) => void asked.push(`open ${dir} ${file.path}`),
    compare: async (dir, file) => void asked.push(`compare ${dir} ${file.path}`),
    leave: async (dirty) => void asked.push(`leave ${String(dirty)}`),
    made: ({ dir }) => ({ title: `${dir} is ready`, lines: [], next: [] }),
  };
  const session = createSession(state, desk);
  let revision = 0;
  const last = <T extends HostMessage['type']>(type: T): Extract<HostMessage, { type: T }> => {
    const found = heard.findLast((one): one is Extract<HostMessage, { type: T }> => one.type === type);
    assert.ok(found, `the host said ${type}`);
    return found;
  };
  return {
    session,
    trees,
    heard,
    asked,
    warnings,
    say: async (word) => {
      revision += 1;
      await session.take({ ...word, revision });
      await session.settled();
      assert.equal(last('form').revision, revision, 'an answer belongs to the last word');
    },
    form: () => last('form').form,
    files: () => last('files').files,
  };
}

async function filled(options: Options = {}): Promise<Page> {
  const page = open(options);
  await page.say({ type: 'ready' });
  await page.say(answer('name', 'orders'));
  await page.say(answer('owner', 'team'));
  return page;
}

test('a page that comes up is told everything, files included', async () => {
  const page = open();
  await page.say({ type: 'ready' });
  assert.equal(page.form().reason, 'Still needed: Name, Owner.');
  assert.deepEqual(
    page.files().rows.map((row) => row.path),
    ['Makefile', 'README.md', 'servicewright.yaml'],
  );
  assert.equal(page.files().note, 'Shown with an example in place of Name, Owner.');
  const { content } = page.heard.findLast((one) => one.type === 'files') ?? {};
  assert.deepEqual(content?.lines, [{ mark: ' ', text: '# Order Items' }]);
});

test('words close together are planned once, and only the last is answered with files', async () => {
  const page = open();
  for (const [at, name] of ['o', 'or', 'orders'].entries())
    await page.session.take({ ...answer('name', name), revision: at + 1 });
  await page.session.settled();
  const files = page.heard.filter((one) => one.type === 'files');
  assert.deepEqual(
    files.map((one) => [one.revision, one.content?.lines[0]?.text]),
    [[3, '# Orders']],
  );
});

test('a plan that is overtaken is not shown', async () => {
  const gate: { open?: () => void } = {};
  const trees = memoryTrees();
  let slow = true;
  const page = open({
    trees: {
      ...trees,
      obstacle: async (dir) => {
        if (slow) await new Promise<void>((resolve) => (gate.open = resolve));
        return trees.obstacle(dir);
      },
    },
  });
  await page.session.take({ ...answer('name', 'first'), revision: 1 });
  const first = page.session.settled();
  while (!gate.open) await new Promise((resolve) => setImmediate(resolve));
  slow = false;
  await page.session.take({ ...answer('name', 'second'), revision: 2 });
  gate.open();
  await first;
  const told = page.heard.filter((one) => one.type === 'files');
  assert.deepEqual(
    told.map(({ content }) => content?.lines[0]?.text),
    ['# Second'],
  );
});

test('what is no message is dropped and noted without its content', async () => {
  const page = open();
  for (const message of [
    undefined,
    'create',
    { type: 'run', revision: 1 },
    { type: 'answer', key: 'token', value: { s: 'hunter2' }, revision: 1 },
  ])
    await page.session.take(message);
  assert.equal(page.heard.length, 0);
  assert.equal(page.warnings.length, 4);
  assert.doesNotMatch(page.warnings.join(), /hunter2/);
});

test('Create makes the service of the answers', async () => {
  const page = await filled();
  await page.say({ type: 'create' });
  assert.deepEqual([...page.trees.made.keys()], ['/srv/orders']);
  assert.equal(page.form().phase, 'done');
  assert.equal(page.form().done?.title, '/srv/orders is ready');
  assert.ok(
    page.heard.some((one) => one.type === 'form' && one.form.phase === 'creating'),
    'and says so meanwhile',
  );
  assert.equal(page.session.stage(), 'done');
});

test('Create makes nothing while an answer is missing, and says which', async () => {
  const page = open();
  await page.say({ type: 'ready' });
  await page.say({ type: 'create' });
  assert.equal(page.trees.made.size, 0);
  assert.equal(page.form().fields.find((one) => one.key === 'owner')?.fault, 'Owner is needed.');
});

test('a failure is said, and the form is there to try again', async () => {
  const page = await filled({
    trees: memoryTrees({ failure: Object.assign(new Error('x'), { code: 'ENOSPC' }) }),
  });
  await page.say({ type: 'create' });
  assert.equal(page.form().phase, 'editing');
  assert.match(page.form().problem ?? '', /the disk is full/);
});

test('a folder that is taken is said before anything is tried', async () => {
  const dir = '/srv/orders';
  const page = await filled({
    trees: memoryTrees({ obstacles: { [dir]: { code: 'EACCES', path: '/srv' } } }),
  });
  assert.match(page.form().place.folderFault ?? '', /may not be written to/);
  await page.say({ type: 'create' });
  assert.equal(page.trees.made.size, 0);
});

test('a folder that holds something gets what is missing, once it is decided what becomes of files that differ', async () => {
  const dir = '/srv/orders';
  const trees = memoryTrees({ obstacles: { [dir]: { code: 'ENOTEMPTY', path: dir } } });
  const texts = { [`${dir}/Makefile`]: 'mine:\n', [`${dir}/README.md`]: '# Orders\n' };
  const page = await filled({ trees, texts });
  assert.match(page.form().reason ?? '', /Decide what becomes of Makefile/);
  assert.ok(page.form().place.exists);
  const { content } = page.heard.findLast((one) => one.type === 'files') ?? {};
  assert.deepEqual(
    [content?.path, content?.asks, content?.lines.map((line) => line.mark + line.text)],
    ['Makefile', true, ['-mine:', '+all:']],
  );
  await page.say({ type: 'create' });
  assert.equal(trees.changed.length, 0, 'nothing is written before');
  await page.say({ type: 'decide', path: 'Makefile', decision: 'keep' });
  await page.say({ type: 'create' });
  assert.deepEqual(
    trees.changed.map((one) => one.edits.map((edit) => edit.path)),
    [['servicewright.yaml']],
  );
  assert.equal(page.form().phase, 'done');
});

test('many files that differ are decided about at once, and again for another folder', async () => {
  const stands = (dir: string): Readonly<Record<string, string>> => ({
    [`${dir}/Makefile`]: 'mine',
    [`${dir}/README.md`]: 'mine',
  });
  const obstacles = Object.fromEntries(
    ['/srv/orders', '/opt/orders'].map((dir) => [dir, { code: 'ENOTEMPTY', path: dir }] as const),
  );
  const texts = { ...stands('/srv/orders'), ...stands('/opt/orders') };
  const page = await filled({ trees: memoryTrees({ obstacles }), texts });
  assert.equal(page.files().conflicts, 2);
  await page.say({ type: 'decideAll', decision: 'overwrite' });
  assert.equal(page.form().reason, undefined);
  await page.say({ type: 'parent', path: '/opt' });
  assert.match(page.form().reason ?? '', /Decide what becomes of Makefile and 1 more/);
  await page.say({ type: 'decideAll', decision: 'overwrite' });
  page.session.moveTo('/srv');
  await page.session.settled();
  assert.match(page.form().reason ?? '', /Decide what becomes of Makefile and 1 more/);
});

test('the programs that the service needs are told; in Restricted Mode none is started', async () => {
  const page = open({ trusted: true });
  await page.say({ type: 'ready' });
  await page.say(answer('name', 'orders'));
  assert.deepEqual(page.form().tools, [
    { name: 'python3', state: 'met', says: 'python3 >=3.11 runs it; 3.12.1 is there.' },
  ]);
  assert.deepEqual(page.asked, ['run /usr/bin/python3 --version'], 'once');
  const restricted = open();
  await restricted.say({ type: 'ready' });
  assert.deepEqual(
    restricted.form().tools.map((one) => one.says),
    ['python3 runs it; it is there.'],
  );
  await restricted.say({ type: 'template', id: 'other' });
  assert.deepEqual(restricted.form().tools, []);
});

test('the editor is asked for what only it can do', async () => {
  const page = await filled({ chosen: '/opt' });
  await page.say({ type: 'open', path: 'README.md' });
  await page.say({ type: 'compare', path: 'README.md' });
  await page.say({ type: 'open', path: '../../etc/passwd' });
  await page.say({ type: 'leave' });
  await page.say({ type: 'browse' });
  assert.deepEqual(page.asked, [
    'open /srv/orders README.md',
    'compare /srv/orders README.md',
    'leave true',
    'browse /srv',
  ]);
  assert.equal(page.form().place.dir, '/opt/orders');
});

test('another file is shown when it is chosen', async () => {
  const page = await filled();
  await page.say({ type: 'show', path: 'Makefile' });
  assert.equal(page.files().shown, 'Makefile');
});

test('a secret never leaves in what is kept', async () => {
  const page = await filled();
  await page.say(answer('sentry', true));
  await page.say(answer('token', 'hunter2'));
  const kept = page.heard.map((one) => (one.type === 'form' ? one.saved : undefined));
  assert.doesNotMatch(JSON.stringify(kept), /hunter2/);
  assert.equal(page.form().fields.find((one) => one.key === 'token')?.value, 'hunter2');
});

test('who waits while somebody types on gets the files of the last word', async () => {
  const page = open();
  await page.session.take({ ...answer('name', 'first'), revision: 1 });
  const settled = page.session.settled();
  await page.session.take({ ...answer('name', 'last'), revision: 2 });
  await settled;
  const told = page.heard.findLast((one) => one.type === 'files');
  assert.equal(told?.revision, 2);
});
