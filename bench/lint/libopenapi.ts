/** The library that vacuum reads descriptions with, built from Go's module proxy: a lower bound for vacuum, whose own module is not to be had there. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { messageOf } from '../../src/base/errors';
import { cacheFolder } from '../../src/platform/node/cache-folder';

const sources = join('bench', 'lint', 'libopenapi');
const files = ['main.go', 'go.mod', 'go.sum'];

/** The built program; undefined, with a line that says why, where Go is not on the path or can't build it. */
export function buildLibopenapi(): string | undefined {
  const home = join(cacheFolder(process.env), 'bench-libopenapi');
  const program = join(home, 'libopenapi');
  const isFresh = files.every((name) => isSame(join(sources, name), join(home, name)));
  if (isFresh && existsSync(program)) return program;
  mkdirSync(home, { recursive: true });
  for (const name of files) copyFileSync(join(sources, name), join(home, name));
  try {
    execFileSync('go', ['build', '-o', program, '.'], { cwd: home, stdio: ['ignore', 'ignore', 'pipe'] });
    return program;
  } catch (error) {
    console.log(`libopenapi is left out: ${messageOf(error)}\n`);
    return undefined;
  }
}

const isSame = (one: string, other: string): boolean =>
  existsSync(other) && readFileSync(one, 'utf8') === readFileSync(other, 'utf8');
