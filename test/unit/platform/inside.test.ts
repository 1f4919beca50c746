import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { nodeInside } from '../../../src/platform/node/inside';

describe('reading within a folder', () => {
  let dir = '';
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'servicewright-inside-'));
    await mkdir(join(dir, 'w/sub'), { recursive: true });
    await mkdir(join(dir, 'w-other'));
    await writeFile(join(dir, 'w/a.yaml'), 'a: 1');
    await writeFile(join(dir, 'secret.yaml'), 'key: 1');
    await writeFile(join(dir, 'w-other/b.yaml'), 'b: 1');
    await symlink('../a.yaml', join(dir, 'w/sub/link.yaml'));
    await symlink('../secret.yaml', join(dir, 'w/out.yaml'));
    await symlink(dir, join(dir, 'w/up'));
    await symlink('loop.yaml', join(dir, 'w/loop.yaml'));
    await symlink('gone.yaml', join(dir, 'w/dangling.yaml'));
    await symlink(join(dir, 'w'), join(dir, 'also'));
    execFileSync('mkfifo', [join(dir, 'w/pipe.yaml')]);
  });
  after(() => rm(dir, { recursive: true }));
  const read = (path: string, folder = 'w'): ReturnType<typeof nodeInside.read> =>
    nodeInside.read(join(dir, path), join(dir, folder));
  const faultOf = async (path: string): Promise<string> => {
    const found = await read(path);
    assert.ok(typeof found === 'object');
    return found.fault;
  };

  test('follows links that stay in it, also when a link leads to the folder itself', async () => {
    for (const path of ['w/a.yaml', 'w/sub/link.yaml', 'w/up/w/a.yaml'])
      assert.equal(await read(path), 'a: 1', path);
    assert.equal(await read('also/a.yaml', 'also'), 'a: 1');
    assert.equal(await read('also/sub/link.yaml', 'also'), 'a: 1');
  });

  test('follows none that leads out, and says where to', async () => {
    assert.match(
      await faultOf('w/out.yaml'),
      /^is a symbolic link out of the workspace folder, to `.*secret\.yaml`/,
    );
    assert.match(await faultOf('w/up/secret.yaml'), /^is a symbolic link out of/);
    // A folder whose name only starts the same is another.
    assert.match(await faultOf('w/up/w-other/b.yaml'), /^is a symbolic link out of/);
  });

  test('waits for nothing and follows nothing for ever', async () => {
    assert.equal(await faultOf('w/loop.yaml'), 'is a symbolic link that leads to itself');
    assert.equal(await faultOf('w/pipe.yaml'), 'is no regular file');
    for (const path of ['w/dangling.yaml', 'w/gone.yaml', 'w/sub', 'w/a.yaml/b'])
      assert.equal(await read(path), undefined, path);
  });
});
