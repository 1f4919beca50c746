import assert from 'node:assert/strict';
import { mkdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { TestPlatform } from '../helpers/platform';
import { deploy, startPlatform, temporaryFolder, textFrom } from '../helpers/platform';
import { mountSmallDisk, skipWithoutSmallDisk, unmount } from '../helpers/small-disk';

describe('a full disk', { skip: skipWithoutSmallDisk }, () => {
  let disk: string;
  let platform: TestPlatform;
  before(async () => {
    disk = await temporaryFolder('servicewright-disk-');
    mountSmallDisk(disk);
    platform = await startPlatform({}, disk);
  });
  after(async () => {
    await platform.stop();
    unmount(disk);
    await rmdir(disk);
  });

  test('is said, what ran before goes on, and once there is room a deploy works again', async () => {
    const target = await platform.service('roomy');
    const first = await deploy(platform.provider, target);
    assert.equal(first.outcome, 'live', first.error?.message);
    await writeFile(join(target.dir, 'large.bin'), Buffer.alloc(3_000_000, 'x'));
    const tooLarge = await deploy(platform.provider, target);
    assert.equal(tooLarge.error?.code, 'embedded/disk-full');
    await rm(join(target.dir, 'large.bin'));
    await mkdir(join(disk, 'others'));
    await fill(join(disk, 'others', 'all'));
    await writeFile(join(target.dir, 'version.txt'), '2');
    const noRoom = await deploy(platform.provider, target);
    assert.equal(noRoom.error?.code, 'embedded/disk-full');
    assert.equal(await textFrom(`${first.url ?? ''}/version`), '1');
    await rm(join(disk, 'others'), { recursive: true });
    const again = await deploy(platform.provider, target);
    assert.equal(again.outcome, 'live', again.error?.message);
    assert.equal(await textFrom(`${again.url ?? ''}/version`), '2');
  });
});

async function fill(path: string): Promise<void> {
  await assert.rejects(writeFile(path, Buffer.alloc(3_000_000, 'x')), { code: 'ENOSPC' });
}
