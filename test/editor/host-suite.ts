import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { onlyVariable, parseEvents, resultsVariable, type HostEvent } from '../host/runner/results';
import { bundle, findTests } from './bundle';
import { formatCounts, type Counts } from './counts';
import { withEditor } from './driver';
import { HarnessFailure } from './failure';
import { say } from './output';
import { packageHostRunner, withWorkspaceCopy } from './package';

/** The suite is given up when it tells nothing for this long. */
const silenceMs = 180_000;

/** Bundles the in-host suite and gives the file that exports its `run()`. */
export async function bundleHostSuite(): Promise<string> {
  const tests = await findTests(['test/host']);
  const [suite] = await bundle(['test/host/index.ts', ...tests]);
  if (suite === undefined) throw new HarnessFailure('The in-host suite has no test/host/index.ts.');
  await removeStale('out/test/host');
  return resolve(suite);
}

/** The suite takes every bundle that lies in its folder: those of removed tests have to go. */
async function removeStale(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith('.test.js')) continue;
    const source = join('test', 'host', name.replace(/\.js$/u, '.ts'));
    if (!existsSync(source)) await rm(join(folder, name));
  }
}

/** Runs the in-host suite in code-server, in the packaged extension's own extension host; `only` are parts of paths. */
export async function runHostSuite(vsix: string, only: readonly string[] = []): Promise<Counts> {
  const suite = await bundleHostSuite();
  const runner = await packageHostRunner();
  return withWorkspaceCopy((workspace) =>
    withResults(async (results) => {
      const wanted = only.length === 0 ? {} : { [onlyVariable]: only.join(',') };
      const env = { SERVICEWRIGHT_HOST_SUITE: suite, [resultsVariable]: results.file, ...wanted };
      await withEditor({ workspace, vsix: [vsix, runner], env, journey: 'host' }, () => results.whenEnded());
      const counts = await results.counts();
      say(formatCounts(counts));
      return counts;
    }),
  );
}

type Results = {
  readonly file: string;
  whenEnded(): Promise<void>;
  counts(): Promise<Counts>;
};

/** A file that the suite writes to, its events printed as they come. */
export async function withResults<T>(use: (results: Results) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'servicewright-results-'));
  const file = join(folder, 'results.jsonl');
  try {
    await writeFile(file, '');
    const read = async (): Promise<readonly HostEvent[]> => parseEvents(await readFile(file, 'utf8'));
    return await use({
      file,
      whenEnded: () => followToEnd(read),
      counts: async () => countEvents(await read()),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function countEvents(events: readonly HostEvent[]): Counts {
  const count = (name: HostEvent['event']): number => events.filter(({ event }) => event === name).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

/** Looks again and again: the suite may have begun, or ended, before anybody could watch its file. */
async function followToEnd(read: () => Promise<readonly HostEvent[]>): Promise<void> {
  let shown = 0;
  let last = Date.now();
  while (Date.now() - last < silenceMs) {
    const events = await read();
    for (const event of events.slice(shown)) show(event);
    if (events.length > shown) last = Date.now();
    shown = events.length;
    if (events.some(({ event }) => event === 'end')) return;
    await delay(100);
  }
  throw new HarnessFailure(`The in-host suite told nothing for ${silenceMs / 1000} s.`);
}

function show(event: HostEvent): void {
  switch (event.event) {
    case 'passed':
      say(`✔ ${event.title} (${event.ms} ms)`);
      break;
    case 'failed':
      say(`✖ ${event.title}\n${event.error.replaceAll(/^/gmu, '    ')}`);
      break;
    case 'skipped':
      say(`- ${event.title}`);
      break;
    case 'end':
      break;
  }
}
