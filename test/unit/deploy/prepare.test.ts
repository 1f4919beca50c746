import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { CommandLine, Processes } from '../../../src/base/ports';
import type { DeployEvent } from '../../../src/deploy';
import { buildAndPush } from '../../../src/deploy/docker';
import { prepareDeploy } from '../../../src/deploy/prepare';
import { nodeFiles } from '../../../src/platform/node/files';
import { nodeProcesses } from '../../../src/platform/node/processes';
import type { TestEmpire } from '../../helpers/empire';
import { imageOf, startEmpire } from '../../helpers/empire';
import type { Repository } from '../../helpers/git-repository';
import { makeRepository } from '../../helpers/git-repository';
import { temporaryFolder } from '../../helpers/platform';

let dir: string;
let empire: TestEmpire;
let repository: Repository;
before(async () => {
  dir = await temporaryFolder();
  repository = makeRepository(join(dir, 'orders'));
  empire = await startEmpire();
});
after(async () => {
  await empire.stop();
  await rm(dir, { recursive: true, force: true });
});

const signal = new AbortController().signal;
const world = { processes: nodeProcesses, files: nodeFiles, now: () => new Date('2026-11-24T10:00:00Z') };

async function prepared(wish = {}) {
  const base = empire.target('orders');
  const target = {
    ...base,
    dir: repository.dir,
    environment: { ...base.environment, registry: 'ghcr.io/acme' },
  };
  const { notes, request, commits } = await prepareDeploy(
    { provider: empire.provider, target },
    wish,
    world,
    signal,
  );
  return {
    codes: notes.map((one) => `${one.level} ${one.code}`),
    text: notes.map((one) => one.message).join('\n'),
    request,
    commits,
  };
}

test('what a person should know is told before anything acts', async () => {
  assert.deepEqual(
    (await prepared()).codes,
    ['blocker deploy/no-image', 'info deploy/new-app'],
    'no commit yet',
  );
  const first = repository.commit({ a: '1' });
  assert.deepEqual((await prepared()).codes, ['info deploy/new-app', 'warning deploy/not-pushed']);
  empire.state.seed('orders', imageOf('orders', first));
  repository.commit({ b: '1' });
  repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  await writeFile(join(repository.dir, 'new file'), 'x');
  const { codes, text, commits, request } = await prepared();
  assert.deepEqual(codes, ['warning deploy/dirty', 'info deploy/commits']);
  assert.match(text, /not the changes of new file\./);
  assert.match(text, /1 commit is new since the running release: [0-9a-f]{7} change\./);
  assert.deepEqual([commits?.length, request.message], [1, 'change']);
  const other = await prepared({ image: 'ghcr.io/acme/orders:latest', message: ' ' });
  assert.deepEqual(other.codes, ['warning deploy/moving-image', 'info deploy/commits']);
  assert.equal(other.request.message, 'Deploy ghcr.io/acme/orders:latest');
});

test('nothing was changed by looking', () => {
  assert.deepEqual(
    empire.server.requests.filter((one) => one.method !== 'GET'),
    [],
  );
});

async function build(exits: readonly number[], docker: string | undefined = '/bin/docker') {
  const lines: CommandLine[] = [];
  const processes: Processes = {
    find: async () => docker,
    runInteractive: async () => 0,
    run: async (line) => ({
      exitCode: exits[lines.push(line) - 1] ?? 0,
      stdout: 'step 1\n',
      stderr: 'it says why\n',
    }),
  };
  const events: DeployEvent[] = [];
  for await (const event of buildAndPush(repository.dir, 'a/b:c', { ...world, processes }, signal))
    events.push(event);
  const told = events.flatMap((one) => (one.type === 'stage' ? [`${one.stage} ${one.state}`] : []));
  return { told, last: events.at(-1), argv: lines.map((one) => one.args.join(' ')) };
}

test('an image is built and pushed; a failure is the outcome, with its lines', async () => {
  const missing = await build([]);
  assert.equal(missing.last?.type === 'finished' && missing.last.error?.code, 'deploy/no-dockerfile');
  repository.commit({ Dockerfile: 'FROM scratch\n' });
  const good = await build([0, 0]);
  assert.deepEqual(good.argv, ['build --tag a/b:c .', 'push a/b:c']);
  assert.deepEqual(good.told, ['build started', 'build done', 'push started', 'push done']);
  const bad = await build([0, 1]);
  assert.ok(bad.last?.type === 'finished' && bad.last.outcome === 'failed');
  assert.deepEqual(bad.last.error?.lines, ['step 1', 'it says why']);
});

test('without docker building says so', async () => {
  const none: Processes = { ...nodeProcesses, find: async () => undefined };
  const events: DeployEvent[] = [];
  for await (const event of buildAndPush(repository.dir, 'a/b:c', { ...world, processes: none }, signal))
    events.push(event);
  const last = events.at(-1);
  assert.equal(last?.type === 'finished' && last.error?.code, 'deploy/no-docker');
});
