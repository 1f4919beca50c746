/** Other linters, as they come from npm. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { cacheFolder } from '../../src/platform/node/cache-folder';

const packages = ['@redocly/cli@2.77.0', '@stoplight/spectral-cli@6.16.3', 'ibm-openapi-validator@1.38.4'];

/** The folder that they are installed in; once, into the cache folder (`SERVICEWRIGHT_CACHE`). */
export function install(): string {
  const home = join(cacheFolder(process.env), 'bench-lint');
  if (!existsSync(join(home, 'node_modules', '.bin', 'lint-openapi'))) {
    mkdirSync(home, { recursive: true });
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', '--prefix', home, ...packages]);
  }
  return home;
}
