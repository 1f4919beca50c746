import { rm } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { formatSummary, isGreen, nothing, type Counts, type KindResult } from './counts';
import { tell } from './failure';
import { runHostSuite } from './host-suite';
import { installCodeServer } from './install';
import { kubernetesPrograms } from './kubernetes';
import { runNodeTests } from './node-tests';
import { say } from './output';
import { build, packageExtension } from './package';
import { ensure, isRoot } from './system';

export type Kind = {
  readonly name: string;
  /** Runs the tests of this kind; filters are parts of paths. */
  run(filters: readonly string[]): Promise<Counts>;
};

function plain(name: string): Kind {
  return { name, run: (filters) => runNodeTests({ folders: [`test/${name}`], filters, minutes: 2 }) };
}

const protocol: Kind = {
  name: 'protocol',
  run: async (filters) => {
    await build();
    return runNodeTests({ folders: ['test/protocol'], filters, minutes: 10 });
  },
};

const host: Kind = {
  name: 'in-host',
  run: async (filters) => runHostSuite(await packageExtension(), filters),
};

const e2e: Kind = {
  name: 'browser',
  run: async (filters) => {
    const vsix = await packageExtension();
    if (filters.length === 0) await rm('out/screenshots', { recursive: true, force: true });
    // Before the first test, whose deadline is not meant for it.
    await installCodeServer();
    const env = { SERVICEWRIGHT_VSIX: vsix };
    return runNodeTests({ folders: ['test/e2e'], filters, env, minutes: 15, atOnce: 1 });
  },
};

/** What templates make, installed, checked and run for real: far too long for each change, so `all` leaves it out. */
export const templates: Kind = {
  name: 'templates',
  run: async (filters) => {
    await ensure('service');
    // Only root can start a container engine; without it those tests say what is missing.
    if (isRoot()) await ensure('containers');
    await build();
    return runNodeTests({ folders: ['test/templates'], filters, minutes: 120, atOnce: 1 });
  },
};

/** Platforms that are servers of their own, run for real; they are built first, so `all` leaves them out. */
export const platforms: Kind = {
  name: 'platforms',
  run: async (filters) => {
    await ensure('kubernetes');
    const env = { SERVICEWRIGHT_KUBERNETES: await kubernetesPrograms() };
    await build();
    return runNodeTests({ folders: ['test/platforms'], filters, env, minutes: 10, atOnce: 1 });
  },
};

export const kinds = {
  unit: plain('unit'),
  golden: plain('golden'),
  contract: plain('contract'),
  protocol,
  host,
  e2e,
} as const;

/** Every kind in turn, each to its end whatever became of the one before; then the counts. Journeys beside others fail for want of time. */
export async function runAll(): Promise<number> {
  const results: KindResult[] = [];
  for (const kind of Object.values(kinds)) {
    say(`\n── ${kind.name} ──`);
    const started = performance.now();
    const counts = await runTold(kind);
    results.push({ kind: kind.name, counts, seconds: (performance.now() - started) / 1000 });
  }
  say(`\n${formatSummary(results)}`);
  return results.every(({ counts }) => isGreen(counts)) ? 0 : 1;
}

/** A kind that cannot even start is one failure, and told. */
async function runTold(kind: Kind): Promise<Counts> {
  try {
    return await kind.run([]);
  } catch (error) {
    tell(error);
    return { ...nothing, failed: 1 };
  }
}
