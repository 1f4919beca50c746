import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { HarnessFailure } from './failure';
import { say } from './output';
import { run, runOrFail } from './processes';

/** What a machine must have beyond Node, as Debian names it. */
export type Need = {
  readonly name: string;
  readonly why: string;
  isThere(): Promise<boolean> | boolean;
};

export type Purpose = 'build-editor' | 'browser' | 'service' | 'containers' | 'kubernetes';

const isLinux = process.platform === 'linux';

/** The packages for a purpose. Checks ask for the thing itself, not for the package: it may come from elsewhere. */
export function needsFor(purpose: Purpose): readonly Need[] {
  switch (purpose) {
    case 'build-editor':
      return [
        { name: 'g++', why: 'builds native parts of the editor', isThere: () => onPath('g++') },
        { name: 'make', why: 'builds native parts of the editor', isThere: () => onPath('make') },
        { name: 'python3', why: 'builds native parts of the editor', isThere: () => onPath('python3') },
        { name: 'libkrb5-dev', why: 'headers for the editor’s kerberos module', isThere: hasKerberosHeaders },
      ];
    case 'browser':
      return [
        {
          name: 'chromium',
          why: 'the window of the editor in tests',
          isThere: hasChromium,
        },
        { name: 'fonts-dejavu-core', why: 'letters in the screenshots', isThere: hasFonts },
      ];
    case 'service':
      return [
        { name: 'git', why: 'new services are repositories', isThere: () => onPath('git') },
        { name: 'make', why: 'services are worked on by make targets', isThere: () => onPath('make') },
        { name: 'python3-venv', why: 'services run in a virtual environment', isThere: hasVenv },
        { name: 'postgresql', why: 'each service has its own database', isThere: hasPostgres },
      ];
    case 'containers':
      return [
        {
          name: 'docker.io',
          why: 'builds and runs images',
          isThere: () => onPath('dockerd') && onPath('docker'),
        },
        { name: 'iptables', why: 'the engine asks for it', isThere: () => onPath('iptables') },
        { name: 'debootstrap', why: 'makes a base image of packages', isThere: () => onPath('debootstrap') },
        { name: 'redis-server', why: 'the broker of tasks', isThere: () => onPath('redis-server') },
        { name: 'docker-compose', why: 'reads compose files', isThere: () => onPath('docker-compose') },
      ];
    case 'kubernetes':
      return [
        { name: 'apt', why: 'fetches the sources of Kubernetes', isThere: () => onPath('apt-get') },
        { name: 'dpkg-dev', why: 'unpacks the sources', isThere: () => onPath('dpkg-source') },
        { name: 'openssl', why: 'makes the certificates of a cluster', isThere: () => onPath('openssl') },
        { name: 'python3', why: 'runs the services of the tests', isThere: () => onPath('python3') },
        { name: 'bsdutils', why: 'gives commands a terminal', isThere: () => onPath('script') },
      ];
  }
}

/** Installs what is missing where that is possible (Debian or a relative, as root), else says what to install. */
export async function ensure(...purposes: readonly Purpose[]): Promise<void> {
  const missing = await missingFor(...purposes);
  if (missing.length === 0) return;
  if (!onPath('apt-get') || !isRoot()) throw new HarnessFailure(describeMissing(missing, onPath('apt-get')));
  await installDebian(missing.map((need) => need.name));
}

/** What this machine lacks. */
export async function missingFor(...purposes: readonly Purpose[]): Promise<readonly Need[]> {
  const missing = new Map<string, Need>();
  for (const need of purposes.flatMap(needsFor)) {
    if (!(await need.isThere())) missing.set(need.name, need);
  }
  return [...missing.values()];
}

export const isRoot = (): boolean => process.getuid?.() === 0;

/** The message for a person who has to install something by hand. */
export function describeMissing(needs: readonly Need[], isDebian: boolean): string {
  const list = needs.map((need) => `  ${need.name} (${need.why})`).join('\n');
  const command = `sudo apt-get install ${needs.map((need) => need.name).join(' ')}`;
  const advice = isDebian
    ? `Install it with:\n  ${command}`
    : 'Install it, or what your system calls it, and try again.';
  return `This machine lacks:\n${list}\n${advice}`;
}

/** Chromium or Chrome: `CHROMIUM_PATH` when set, else the usual places. */
export function chromiumPath(): string | undefined {
  const asked = process.env['CHROMIUM_PATH'];
  if (asked !== undefined) return existsSync(asked) ? asked : undefined;
  return [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ].find((path) => existsSync(path));
}

/** A path that was asked for is the user's matter: nothing is installed in its place. */
function hasChromium(): boolean {
  return process.env['CHROMIUM_PATH'] !== undefined || chromiumPath() !== undefined;
}

async function installDebian(packages: readonly string[]): Promise<void> {
  say(`Installing Debian packages: ${packages.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = true;
  const install = (names: readonly string[]): Promise<string> =>
    runOrFail('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...names], { env, quiet });
  await runOrFail('apt-get', ['update', '-q'], { env, quiet });
  if (packages.includes('postgresql')) {
    await install(['postgresql-common']);
    await declineCluster();
  }
  await install(packages);
}

/** Debian would make and start a database cluster of its own; only the programs are wanted here. */
async function declineCluster(): Promise<void> {
  const path = '/etc/postgresql-common/createcluster.conf';
  const text = existsSync(path) ? await readFile(path, 'utf8') : '';
  await writeFile(path, declineMainCluster(text));
}

/** The text of Debian's `createcluster.conf`, with no cluster made at installation. */
export function declineMainCluster(text: string): string {
  const others = text.replaceAll(/^#?\s*create_main_cluster\s*=.*\n?/gmu, '').trimEnd();
  return `${others}\ncreate_main_cluster = false\n`;
}

function onPath(program: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => folder !== '' && existsSync(join(folder, program)));
}

function hasKerberosHeaders(): boolean {
  return !isLinux || existsSync('/usr/include/gssapi.h') || existsSync('/usr/include/gssapi/gssapi.h');
}

function hasFonts(): boolean {
  return !isLinux || (existsSync('/usr/share/fonts') && readdirSync('/usr/share/fonts').length > 0);
}

async function hasVenv(): Promise<boolean> {
  if (!onPath('python3')) return false;
  const { code } = await run('python3', ['-c', 'import ensurepip, venv'], { quiet: true });
  return code === 0;
}

function hasPostgres(): boolean {
  if (onPath('initdb')) return true;
  const versions = '/usr/lib/postgresql';
  if (!existsSync(versions)) return false;
  return readdirSync(versions).some((version) => existsSync(join(versions, version, 'bin', 'initdb')));
}
