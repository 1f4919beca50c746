import { availableParallelism } from 'node:os';
import process from 'node:process';
import { bundle, findTests } from './bundle';
import { filesWithoutTests, nothing, parseNodeTestCounts, type Counts } from './counts';
import { complain } from './output';
import { run } from './processes';

export type NodeTests = {
  readonly folders: readonly string[];
  readonly filters: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** A file that has not ended by then is ended, and has failed. */
  readonly minutes: number;
  /** How many files run at once: one for suites that share something heavy; as many as the machine has cores unless said. */
  readonly atOnce?: number;
};

/** Bundles and runs the node:test files below the folders whose path holds one of the filters (all without filters). */
export async function runNodeTests(tests: NodeTests): Promise<Counts> {
  const all = await findTests(tests.folders);
  const chosen = all.filter(
    (file) => tests.filters.length === 0 || tests.filters.some((filter) => file.includes(filter)),
  );
  if (chosen.length === 0) {
    const filter = tests.filters.length > 0 ? ` that match ${tests.filters.join(', ')}` : '';
    complain(`There are no tests in ${tests.folders.join(', ')}${filter}.`);
    return nothing;
  }
  const bundles = await bundle(chosen);
  const deadline = `--test-timeout=${tests.minutes * 60_000}`;
  const flags = ['--test', '--enable-source-maps', '--test-reporter=spec', deadline];
  // node leaves one core free for itself, which is half of two.
  flags.push(`--test-concurrency=${tests.atOnce ?? availableParallelism()}`);
  const { output, code } = await run(process.execPath, [...flags, ...bundles], {
    env: { ...process.env, ...tests.env },
  });
  return judge(output, code);
}

function judge(output: string, code: number): Counts {
  const counts = parseNodeTestCounts(output) ?? nothing;
  const empty = filesWithoutTests(output);
  for (const file of empty) complain(`${file} holds no test.`);
  const failed = counts.failed + empty.length;
  // node can end badly without a failed test, for example when a file leaves a handle open and is killed.
  const unexplained = code !== 0 && failed === 0 ? 1 : 0;
  return { ...counts, passed: counts.passed - empty.length, failed: failed + unexplained };
}
