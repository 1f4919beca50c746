import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { nodeTrees } from '../../src/platform/node/trees';
import { bundle } from '../editor/bundle';
import { mountSmallDisk, skipWithoutSmallDisk, unmount } from '../helpers/small-disk';
import { editsOf, read, side, texts, write } from '../helpers/tree-texts';

/** A change of several files on a machine that lets it down. */

const never = new AbortController().signal;

test('killed at any step, the folder is as it was or complete after recovery', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'killed-'));
  t.after(() => rm(root, { recursive: true }));
  const [script = ''] = await bundle(['test/helpers/kill-at.ts']);
  const outcomes = new Set<string>();
  for (let step = 0; ; step++) {
    const dir = join(root, String(step));
    await mkdir(dir);
    await write(dir);
    const run = spawnSync(process.execPath, [script, dir, String(step)], {
      encoding: 'utf8',
    });
    const recovered = await nodeTrees.recover(dir);
    const now = await read(dir);
    if (run.signal === null) {
      assert.equal(run.status, 0, run.stderr);
      assert.deepEqual(now, side(1));
      assert.ok(step > 40, `only ${step} steps`);
      break;
    }
    assert.equal(run.signal, 'SIGKILL', run.stderr);
    const isComplete = recovered?.outcome === 'finished' || now['Makefile'] === 'new';
    assert.deepEqual(now, side(isComplete ? 1 : 0), `step ${step}`);
    outcomes.add(recovered?.outcome ?? 'nothing');
    assert.deepEqual(await nodeTrees.change(dir, editsOf({ extra: [null, 'x'] }), { signal: never }), []);
  }
  assert.deepEqual([...outcomes].sort(), ['discarded', 'finished', 'nothing']);
});

describe('a full disk', { skip: skipWithoutSmallDisk }, () => {
  test('is said, the folder is as it was, and once there is room the change works', async (t) => {
    const disk = await mkdtemp(join(tmpdir(), 'servicewright-disk-'));
    mountSmallDisk(disk);
    t.after(async () => {
      unmount(disk);
      await rmdir(disk);
    });
    const dir = join(disk, 'service');
    await mkdir(dir);
    await write(dir);
    const large = {
      path: 'large.bin',
      seen: undefined,
      next: { bytes: Buffer.alloc(3_000_000, 'x'), executable: false },
    };
    const both = [...editsOf(texts), large];
    await assert.rejects(nodeTrees.change(dir, both, { signal: never }), { code: 'ENOSPC' });
    assert.deepEqual(await read(dir), side(0));
    await assert.rejects(writeFile(join(disk, 'others'), Buffer.alloc(3_000_000, 'x')), { code: 'ENOSPC' });
    await assert.rejects(nodeTrees.change(dir, editsOf(texts), { signal: never }), { code: 'ENOSPC' });
    assert.deepEqual(await read(dir), side(0));
    await rm(join(disk, 'others'));
    assert.deepEqual(await nodeTrees.change(dir, editsOf(texts), { signal: never }), []);
    assert.deepEqual(await read(dir), side(1));
  });
});
