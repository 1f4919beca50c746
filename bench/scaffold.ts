/**
 * How fast services are made and looked after, beside copier and cookiecutter. `node test/run.mjs bench scaffold`
 *
 * Making: the whole `django-service` with its default answers, without a git repository. The peers get the same template converted
 * mechanically (`scaffold/convert.ts`), and what they write is compared with ours. Cold: the command from start to exit. Warm: the
 * library in a process that has made one before. Ours syncs every file to the disk and renames the folder into place; theirs do not.
 *
 * Drift: 50 services of which one file each was edited. Ours compares hashes that the service recorded. Neither peer can tell drift by
 * itself, so theirs is a new rendering and a comparison; `cruft diff` and `copier check-update` are measured as what a person would type.
 *
 * Needs python3 and PyPI once: the peers are installed into the cache folder (`SERVICEWRIGHT_CACHE`).
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { cacheFolder } from '../src/platform/node/cache-folder';
import { nodeFiles } from '../src/platform/node/files';
import { nodeProcesses } from '../src/platform/node/processes';
import { nodeTrees } from '../src/platform/node/trees';
import { createService, planService, readTemplate } from '../src/scaffold';
import type { Template } from '../src/scaffold';
import { driftOf } from '../src/scaffold/update';
import { cli } from '../test/helpers/cli';
import { toCookiecutter, toCopier } from './scaffold/convert';

const peers = ['copier', 'cookiecutter'] as const;
type Peer = (typeof peers)[number];
const packages = ['copier==9.19.1', 'cookiecutter==2.7.1', 'cruft==2.16.0'];
const answers = { owner: 'team-shop', description: 'Takes the orders of the shop.' };
const services = 50;
/** Of the peers' services only these are made and checked, and their time is scaled up: fifty of each would take minutes. */
const scaled = 10;
const rounds = 9;
const colds = 5;
const never = new AbortController().signal;
const log = { debug() {}, info() {}, warn() {}, error() {} };
const http = {
  send: (): Promise<never> => Promise.reject(new Error('nothing is asked of the network')),
};
const world = {
  files: nodeFiles,
  trees: nodeTrees,
  processes: nodeProcesses,
  http,
  log,
  now: () => new Date(),
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

function row(name: string, ours: number, theirs: Readonly<Record<Peer, number>>): void {
  const cells = peers.map((peer) => `${ms(theirs[peer])} (${(theirs[peer] / ours).toFixed(1)}x)`);
  console.log([name.padEnd(44), ms(ours).padStart(10), ...cells.map((cell) => cell.padStart(22))].join(''));
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The programs of the peers, installed once. */
function install(): string {
  const dir = join(cacheFolder(process.env), `bench-${packages.join('-').replaceAll('==', '-')}`);
  const bin = join(dir, 'bin');
  if (existsSync(join(dir, 'ready'))) return bin;
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dirname(dir), { recursive: true });
  execFileSync('python3', ['-m', 'venv', dir]);
  execFileSync(join(bin, 'pip'), ['install', '--quiet', '--disable-pip-version-check', ...packages], {
    stdio: 'inherit',
  });
  writeFileSync(join(dir, 'ready'), '');
  return bin;
}

interface Bench {
  readonly root: string;
  readonly bin: string;
  readonly template: Template;
  readonly sources: Readonly<Record<'ours' | Peer, string>>;
}

const at = ({ root }: Bench, ...parts: readonly string[]): string => join(root, ...parts);

/** Our template without its git action, and the peers' of the same files. */
async function prepare(root: string, bin: string): Promise<Bench> {
  const sources = {
    ours: join(root, 'templates', 'django-service'),
    copier: join(root, 'copier'),
    cookiecutter: join(root, 'cookiecutter'),
  };
  cpSync(resolve('templates'), join(root, 'templates'), { recursive: true });
  const manifest = join(sources.ours, 'template.yaml');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/^actions:(.*\n)(?:[ \t]+.*\n)*/m, ''));
  const template = await readTemplate(nodeFiles, { dir: sources.ours, source: sources.ours });
  toCopier(template, sources.copier);
  toCookiecutter(template, sources.cookiecutter);
  return { root, bin, template, sources };
}

const python = (
  bench: Bench,
  order: object,
): { readonly seconds: readonly number[]; readonly found: number } => {
  const run = spawnSync(join(bench.bin, 'python'), ['bench/scaffold/peers.py'], {
    input: JSON.stringify(order),
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(run.stderr);
  const said: unknown = JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '');
  return said as { readonly seconds: readonly number[]; readonly found: number };
};

/** Milliseconds of each round of one peer, without its first, which loads it. */
function warm(bench: Bench, tool: Peer, order: object): readonly number[] {
  const { seconds } = python(bench, { tool, source: bench.sources[tool], answers, keep: false, ...order });
  return seconds.slice(1).map((one) => one * 1000);
}

const each = async (work: (peer: Peer) => Promise<number> | number): Promise<Record<Peer, number>> => ({
  copier: await work('copier'),
  cookiecutter: await work('cookiecutter'),
});

/** The command of a peer that makes a service in `dir`. */
function peerCommand(bench: Bench, peer: Peer, dir: string): void {
  const set = Object.entries({ ...answers, name: dir.split('/').at(-1) ?? '' }).map(
    ([key, value]) => `${key}=${value}`,
  );
  const args =
    peer === 'copier'
      ? [
          'copy',
          '--quiet',
          '--defaults',
          '--vcs-ref=HEAD',
          ...set.flatMap((one) => ['--data', one]),
          bench.sources.copier,
          dir,
        ]
      : ['--no-input', '--output-dir', dirname(dir), bench.sources.cookiecutter, ...set];
  execFileSync(join(bench.bin, peer), args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

async function ourCommand(bench: Bench, dir: string): Promise<void> {
  const set = Object.entries(answers).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const made = await cli(['new', bench.sources.ours, dir, ...set]);
  if (made.code !== 0) throw new Error(made.stderr);
}

async function repeat(count: number, work: (round: number) => unknown): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < count; round += 1) times.push(await timed(() => work(round)));
  return times;
}

/** Files that a peer's service has not, or otherwise than ours; what each records of itself left out. */
function differing(ours: string, theirs: string): readonly string[] {
  const files = readdirSync(ours, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const paths = files.map((one) => join(one.parentPath, one.name).slice(ours.length + 1));
  return paths.filter(
    (path) =>
      path !== 'servicewright.yaml' &&
      !(
        existsSync(join(theirs, path)) &&
        readFileSync(join(ours, path)).equals(readFileSync(join(theirs, path)))
      ),
  );
}

async function making(bench: Bench): Promise<void> {
  console.log(
    `\nMaking django-service, ${bench.template.sources.length} template files (peers in brackets: times ours)\n`,
  );
  console.log(
    ['', 'ours', ...peers]
      .map((one, index) => (index === 0 ? one.padEnd(44) : one.padStart(index === 1 ? 10 : 22)))
      .join(''),
  );
  const ours = median(
    await repeat(colds, (round) => ourCommand(bench, at(bench, 'cold', `orders-${round}`))),
  );
  const theirs = await each(async (peer) =>
    median(
      await repeat(colds, (round) => {
        mkdirSync(at(bench, 'cold', peer), { recursive: true });
        peerCommand(bench, peer, at(bench, 'cold', peer, `orders-${round}`));
      }),
    ),
  );
  row('the command, cold (median of 5)', ours, theirs);
  for (const peer of peers) {
    const other = differing(at(bench, 'cold', 'orders-0'), at(bench, 'cold', peer, 'orders-0'));
    if (other.length > 0) console.log(`  ${peer} differs in ${other.join(', ')}`);
  }
  const library = await repeat(rounds + 1, (round) =>
    createService(
      bench.template,
      at(bench, 'warm', `orders-${round}`),
      { ...answers, name: 'orders' },
      { ...world, signal: never },
    ),
  );
  const targets = (peer: Peer): readonly string[] =>
    Array.from({ length: rounds + 1 }, (_, round) => at(bench, 'warm', peer, `orders-${round}`));
  for (const peer of peers) mkdirSync(at(bench, 'warm', peer), { recursive: true });
  row(
    `the library, warm (median of ${rounds})`,
    median(library.slice(1)),
    await each((peer) => median(warm(bench, peer, { what: 'make', targets: targets(peer) }))),
  );
  await parts(bench);
}

/** Where our time goes. */
async function parts({ template, root }: Bench): Promise<void> {
  const given = { ...answers, name: 'orders' };
  const dir = join(root, 'parts', 'orders');
  const planned = await repeat(rounds, () => planService(template, dir, given, world));
  const { files } = await planService(template, dir, given, world);
  const synced = await repeat(rounds, (round) =>
    nodeTrees.create(`${dir}-${round}`, files, { signal: never }),
  );
  const plain = await repeat(rounds, async (round) => {
    for (const folder of new Set(files.map((file) => dirname(join(`${dir}-plain-${round}`, file.path)))))
      mkdirSync(folder, { recursive: true });
    await Promise.all(files.map((file) => writeFile(join(`${dir}-plain-${round}`, file.path), file.bytes)));
  });
  console.log(
    `\n  ours in parts: rendering ${ms(median(planned))}, writing ${files.length} files ${ms(median(synced))} synced to the disk, ${ms(median(plain))} not synced`,
  );
}

async function drifting(bench: Bench): Promise<void> {
  console.log(`\nDrift of ${services} services, one file edited in each\n`);
  const names = Array.from({ length: services }, (_, index) => `orders-${index}`);
  const dirs = names.map((name) => at(bench, 'ours-made', name));
  for (const dir of dirs)
    await createService(
      bench.template,
      dir,
      { ...answers, name: dir.split('/').at(-1) ?? '' },
      { ...world, signal: never },
    );
  for (const peer of peers) {
    mkdirSync(at(bench, peer, '..', `${peer}-made`), { recursive: true });
    const targets = names.slice(0, scaled).map((name) => at(bench, `${peer}-made`, name));
    python(bench, { what: 'make', tool: peer, source: bench.sources[peer], answers, keep: true, targets });
  }
  for (const made of ['ours', ...peers])
    for (const name of made === 'ours' ? names : names.slice(0, scaled))
      writeFileSync(at(bench, `${made}-made`, name, 'Makefile'), 'edited:\n');
  const check = async (): Promise<number> => {
    const drifts = await Promise.all(dirs.map((dir) => driftOf(dir, bench.template.version, nodeFiles)));
    return sum(drifts.map(({ files }) => files.filter((file) => file.state === 'edited').length));
  };
  if ((await check()) !== services) throw new Error('our drift check misses an edit');
  const ours = median(await repeat(5, check));
  const theirs = await each((peer) => {
    const targets = names.slice(0, scaled).map((name) => at(bench, `${peer}-made`, name));
    const { seconds, found } = python(bench, {
      what: 'drift',
      tool: peer,
      source: bench.sources[peer],
      answers,
      targets,
    });
    if (found < scaled) throw new Error(`${peer} misses an edit`);
    return (sum(seconds) * 1000 * services) / scaled;
  });
  row('the library, all 50 (theirs: render, compare)', ours, theirs);
  await driftCommands(bench, dirs);
}

/** What a person types for one service, times fifty. */
async function driftCommands(bench: Bench, dirs: readonly string[]): Promise<void> {
  const ours = median(await repeat(colds, (round) => cli(['update', dirs[round] ?? '', '--check'])));
  const copier = median(
    await repeat(colds, (round) =>
      spawnSync(
        join(bench.bin, 'copier'),
        ['check-update', '--quiet', at(bench, 'copier-made', `orders-${round}`)],
        { stdio: 'ignore' },
      ),
    ),
  );
  const cruftable = at(bench, 'cruft');
  mkdirSync(cruftable);
  const set = JSON.stringify({ ...answers, name: 'orders' });
  execFileSync(
    join(bench.bin, 'cruft'),
    ['create', bench.sources.cookiecutter, '--no-input', '--output-dir', cruftable, '--extra-context', set],
    { stdio: 'ignore' },
  );
  const diff = median(
    await repeat(colds, () =>
      spawnSync(join(bench.bin, 'cruft'), ['diff', '--project-dir', join(cruftable, 'orders')], {
        stdio: 'ignore',
      }),
    ),
  );
  row('the command, one service (below)', ours, { copier, cookiecutter: diff });
  console.log(
    '\n  commands: servicewright update --check (drift and version); copier check-update (version alone); cruft diff (drift alone)',
  );
}

async function main(): Promise<void> {
  const bin = install();
  const root = mkdtempSync(join(tmpdir(), 'servicewright-bench-'));
  try {
    const bench = await prepare(root, bin);
    console.log(
      `${packages.join(', ')}; ${execFileSync(join(bin, 'python'), ['--version'], { encoding: 'utf8' }).trim()}, Node ${process.version}`,
    );
    await making(bench);
    await drifting(bench);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

void main();
