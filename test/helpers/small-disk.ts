import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk that is really full: a file system in memory of two megabytes, which only root can make (mount(8)). */
const canMount = process.platform === 'linux' && process.getuid?.() === 0 && tryMount();

/** What a suite that needs a small disk says when there can be none. */
export const skipWithoutSmallDisk = canMount ? false : 'a small file system can only be mounted by root';

export function mountSmallDisk(dir: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', dir]);
}

export function unmount(dir: string): void {
  execFileSync('umount', [dir]);
}

/** Containers often forbid mounting even to root. */
function tryMount(): boolean {
  const dir = mkdtempSync(join(tmpdir(), 'servicewright-mount-'));
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', dir]).status === 0;
  if (isMounted) unmount(dir);
  rmdirSync(dir);
  return isMounted;
}
