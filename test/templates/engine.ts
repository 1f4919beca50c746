import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Ended } from './trials';
import { run, runOrThrow } from './trials';

/** A container engine of this test's own, apart from any other on the machine, without bridges and firewall rules. */
export interface Engine {
  /** What a client of it has in its environment. */
  readonly env: Readonly<Record<string, string>>;
  docker(...args: readonly string[]): Promise<Ended>;
  /** As `docker`; throws when it does not end well. */
  ok(...args: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

export const delay = (milliseconds: number): Promise<void> =>
  new Promise((done) => setTimeout(done, milliseconds));

/** Asks again and again until it gets something else than undefined; throws what `late` says after the seconds. */
export async function until<T>(
  ask: () => Promise<T | undefined>,
  seconds: number,
  late: () => Promise<string>,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(await late());
    await delay(100);
  }
}

/** Starts dockerd on a socket of its own. Root only. */
export async function startEngine(): Promise<Engine> {
  const home = await mkdtemp(join(tmpdir(), 'engine-'));
  const host = `unix://${home}/docker.sock`;
  const flags = ['--data-root', join(home, 'data'), '--exec-root', join(home, 'exec'), '-H', host];
  const network = ['--iptables=false', '--ip6tables=false', '--bridge=none'];
  const child = spawn('dockerd', [...flags, '--pidfile', join(home, 'docker.pid'), ...network], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-20_000)));
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const kill = (): void => void child.kill();
  process.once('exit', kill);
  // The builder of this age needs no other program; without it a client asks for one.
  const env = { DOCKER_HOST: host, DOCKER_BUILDKIT: '0', DOCKER_CONFIG: join(home, 'config') };
  const docker = (...args: readonly string[]): Promise<Ended> => run('docker', args, { env });
  const ok = (...args: readonly string[]): Promise<string> => runOrThrow('docker', args, { env });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    process.removeListener('exit', kill);
    // The engine leaves the host's network mounted, in which its containers ran.
    await run('umount', [join(home, 'exec/netns/default')]);
    await rm(home, { recursive: true, force: true });
  };
  try {
    const up = async (): Promise<true | undefined> => {
      if (child.exitCode !== null) throw new Error(`dockerd ended:\n${said}`);
      return (await docker('version')).code === 0 ? true : undefined;
    };
    await until(up, 60, async () => `dockerd does not answer:\n${said}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { env, docker, ok, stop };
}

/** What images of the public registry are replaced by: Debian's own packages, Python among them. */
const packages = 'ca-certificates,python3-venv,python-is-python3';

/** A root file system as an archive, made once for each machine (some minutes). */
async function baseArchive(): Promise<string> {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'servicewright');
  const archive = join(cache, 'base-bookworm.tar');
  if (existsSync(archive)) return archive;
  await mkdir(cache, { recursive: true });
  const root = await mkdtemp(join(tmpdir(), 'base-'));
  try {
    await runOrThrow('debootstrap', [
      '--variant=minbase',
      `--include=${packages}`,
      'bookworm',
      root,
      await mirror(),
    ]);
    const partial = `${archive}.${process.pid}`;
    await runOrThrow('tar', ['-C', root, '--exclude=./var/cache/apt/*', '-cf', partial, '.']);
    await rename(partial, archive);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
  return archive;
}

/** Where this machine's own packages come from. */
async function mirror(): Promise<string> {
  const { output } = await run('apt-get', ['indextargets', '--format', '$(SITE) $(RELEASE)']);
  const line = output.split('\n').find((one) => one.endsWith(' bookworm'));
  return line?.split(' ')[0] ?? 'http://deb.debian.org/debian';
}

const certificates = '/etc/ssl/certs/ca-certificates.crt';

/** Gives the engine an image under each of these names, as if it had pulled them. What this machine trusts, they trust. */
export async function tagBases(engine: Engine, names: readonly string[]): Promise<void> {
  const [first, ...others] = names;
  if (first === undefined) return;
  await engine.ok('import', '--change', `ENV PIP_CERT=${certificates}`, await baseArchive(), 'base:plain');
  const home = await mkdtemp(join(tmpdir(), 'trust-'));
  try {
    await runOrThrow('cp', [certificates, join(home, 'ca.crt')]);
    await runOrThrow('sh', [
      '-c',
      `printf 'FROM base:plain\\nCOPY ca.crt ${certificates}\\n' > ${home}/Dockerfile`,
    ]);
    await engine.ok('build', '--quiet', '--tag', first, home);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
  for (const name of others) await engine.ok('tag', first, name);
}

/** The images that a Dockerfile begins from, its arguments filled in with their defaults. */
export function basesOf(dockerfile: string): readonly string[] {
  const defaults = new Map(
    [...dockerfile.matchAll(/^ARG (\w+)=(\S+)/gm)].map((match) => [match[1] ?? '', match[2] ?? '']),
  );
  const fill = (text: string): string =>
    text.replaceAll(/\$\{?(\w+)\}?/g, (whole, name: string) => defaults.get(name) ?? whole);
  const froms = [...dockerfile.matchAll(/^FROM (\S+)(?: AS (\S+))?/gim)];
  const stages = new Set(froms.map((match) => match[2]));
  return [...new Set(froms.map((match) => fill(match[1] ?? '')))].filter((name) => !stages.has(name));
}

/** What the kernel says of a container's first process. */
async function statusOf(engine: Engine, container: string): Promise<string> {
  const pid = (await engine.ok('inspect', '--format', '{{.State.Pid}}', container)).trim();
  return readFile(`/proc/${pid}/status`, 'utf8');
}

/** The user that it runs as. */
export async function userOf(engine: Engine, container: string): Promise<number> {
  return Number(/^Uid:\s+(\d+)/m.exec(await statusOf(engine, container))?.[1]);
}

/** Whether it can be told to end: the first process of a container gets no signal that it does not catch. */
export async function catchesTerm(engine: Engine, container: string): Promise<boolean> {
  const caught = /^SigCgt:\s+([0-9a-f]+)/m.exec(await statusOf(engine, container))?.[1] ?? '0';
  return (BigInt(`0x${caught}`) & (1n << 14n)) !== 0n;
}
