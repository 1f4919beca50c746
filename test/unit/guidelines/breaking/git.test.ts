import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { CommandLine, Processes } from '../../../../src/base/ports';
import { BaseReader } from '../../../../src/guidelines/breaking/git';
import { nodeProcesses } from '../../../../src/platform/node/processes';
import type { Repository } from '../../../helpers/git-repository';
import { makeRepository } from '../../../helpers/git-repository';

describe('the older version, from a real repository', () => {
  let folder = '';
  let repository: Repository;
  const { signal } = new AbortController();
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'servicewright-base-'));
    repository = makeRepository(join(folder, 'repo'));
    repository.commit({
      'api/openapi.yaml': 'openapi: 3.1.0\nx: ä\n',
      'old-name.yaml': `a: 1\n${'b: 2\n'.repeat(20)}`,
    });
    repository.git('checkout', '--quiet', '-b', 'feature');
    repository.commit({ 'api/openapi.yaml': 'openapi: 3.1.0\nx: on the branch\n' });
    repository.git('checkout', '--quiet', 'main');
    repository.commit({ 'api/openapi.yaml': 'openapi: 3.1.0\nx: later on main\n' });
    repository.git('checkout', '--quiet', 'feature');
    repository.git('mv', 'old-name.yaml', 'new-name.yaml');
    writeFileSync(join(repository.dir, 'api', 'new.yaml'), 'x: 1\n');
    mkdirSync(join(folder, 'elsewhere'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const read = (
    path: string,
    ref?: string,
    processes: Processes = nodeProcesses,
  ): Promise<string | undefined> =>
    new BaseReader(processes, ref).read(join(repository.dir, path), signal).then((one) => one?.text);

  test('is that of the merge base with the default branch, which is found', async () => {
    assert.equal(await read('api/openapi.yaml'), 'openapi: 3.1.0\nx: ä\n');
    const found = await new BaseReader(nodeProcesses, undefined).read(
      join(repository.dir, 'api/openapi.yaml'),
      signal,
    );
    assert.match(found?.from ?? '', /^main at [0-9a-f]{7}$/);
  });

  test('or with whatever is named', async () => {
    assert.equal(await read('api/openapi.yaml', 'HEAD'), 'openapi: 3.1.0\nx: on the branch\n');
    assert.equal(await read('api/openapi.yaml', 'feature~1'), 'openapi: 3.1.0\nx: ä\n');
  });

  test('a file that moved is followed, one that is new has none', async () => {
    assert.match((await read('new-name.yaml')) ?? '', /^a: 1\nb: 2/);
    assert.equal(await read('api/new.yaml'), undefined);
  });

  test('what can’t be is said', async () => {
    await assert.rejects(read('api/openapi.yaml', 'nowhere'), /git knows no commit "nowhere"/);
    await assert.rejects(read('api/openapi.yaml', '--help'), /git knows no commit "--help"/);
    const outside = new BaseReader(nodeProcesses, undefined).read(
      join(folder, 'elsewhere', 'a.yaml'),
      signal,
    );
    await assert.rejects(outside, /elsewhere is in no git repository/);
    const missing: Processes = {
      ...nodeProcesses,
      run: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOENT' })),
    };
    await assert.rejects(read('api/openapi.yaml', undefined, missing), /git is not on the PATH/);
  });

  test('a repository without a commit has none', async () => {
    const empty = makeRepository(join(folder, 'empty'));
    const reader = new BaseReader(nodeProcesses, undefined);
    assert.equal(await reader.read(join(empty.dir, 'a.yaml'), signal), undefined);
  });

  test('git only reads, starts nothing of the repository, and fetches nothing', async () => {
    const lines: CommandLine[] = [];
    const spy: Processes = {
      ...nodeProcesses,
      run: (line, stop) => {
        lines.push(line);
        return nodeProcesses.run(line, stop);
      },
    };
    repository.git('config', 'core.fsmonitor', `touch ${join(folder, 'started')}; false`);
    await read('new-name.yaml', undefined, spy);
    repository.git('config', '--unset', 'core.fsmonitor');
    assert.ok(!existsSync(join(folder, 'started')));
    const verbs = new Set(lines.map(({ args }) => args[args.indexOf('-C') + 2]));
    const reading = ['rev-parse', 'for-each-ref', 'merge-base', 'cat-file', 'diff-index'];
    assert.deepEqual(
      [...verbs].filter((verb) => !reading.includes(verb ?? '')),
      [],
    );
    for (const { file, args, env } of lines) {
      assert.equal(file, 'git');
      assert.ok(args.includes('core.fsmonitor=false') && args.includes('protocol.allow=never'));
      assert.equal(env?.['GIT_NO_LAZY_FETCH'], '1');
    }
  });

  test('each folder is asked once', async () => {
    let count = 0;
    const counting: Processes = {
      ...nodeProcesses,
      run: (line, stop) => {
        count += line.args.includes('merge-base') ? 1 : 0;
        return nodeProcesses.run(line, stop);
      },
    };
    const reader = new BaseReader(counting, undefined);
    await reader.read(join(repository.dir, 'api/openapi.yaml'), signal);
    await reader.read(join(repository.dir, 'api/new.yaml'), signal);
    assert.equal(count, 1);
  });
});
