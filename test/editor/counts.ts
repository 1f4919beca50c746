// How many tests of a kind ran, and what became of them. Pure: reading and writing of counts only.

export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

export type KindResult = { readonly kind: string; readonly counts: Counts; readonly seconds: number };

export const nothing: Counts = { passed: 0, failed: 0, skipped: 0 };

/**
 * Reads the closing lines of node:test's spec reporter (`ℹ pass 3`, `ℹ fail 0`, …).
 * Cancelled tests count as failed and `todo` tests as skipped. Undefined when the lines are not there.
 */
export function parseNodeTestCounts(output: string): Counts | undefined {
  const found = new Map<string, number>();
  for (const match of output.matchAll(/^ℹ (pass|fail|cancelled|skipped|todo) (\d+)$/gmu)) {
    found.set(match[1] ?? '', Number(match[2]));
  }
  const of = (name: string): number => found.get(name) ?? 0;
  if (!found.has('pass') || !found.has('fail')) return undefined;
  return {
    passed: of('pass'),
    failed: of('fail') + of('cancelled'),
    skipped: of('skipped') + of('todo'),
  };
}

/**
 * Files that node:test counts as one passed test although they hold none: it reports them by their path.
 */
export function filesWithoutTests(output: string): readonly string[] {
  return [...output.matchAll(/^✔ (\S*\.test\.js) \(/gmu)].map((match) => match[1] ?? '');
}

export function addCounts(all: readonly Counts[]): Counts {
  return all.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
    }),
    nothing,
  );
}

/** `3 passed, 0 failed`, with `, 1 skipped` when there is something to say. */
export function formatCounts(counts: Counts): string {
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  return `${counts.passed} passed, ${counts.failed} failed${skipped}`;
}

/** A kind is green when nothing failed and at least one test passed: an empty suite proves nothing. */
export function isGreen(counts: Counts): boolean {
  return counts.failed === 0 && counts.passed > 0;
}

/** A kind without a test is a failure, and counts as one in the sum. */
export function withEmptyAsFailure(counts: Counts): Counts {
  return counts.passed + counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

/** One line per kind, then the sum alone on the last line. */
export function formatSummary(results: readonly KindResult[]): string {
  const width = Math.max(...results.map((result) => result.kind.length));
  const lines = results.map((result) => {
    const empty = result.counts.passed + result.counts.failed === 0 ? ' (no test ran: a failure)' : '';
    return `${result.kind.padEnd(width)}  ${formatCounts(result.counts)}${empty}  ${result.seconds.toFixed(1)} s`;
  });
  const sum = addCounts(results.map((result) => withEmptyAsFailure(result.counts)));
  return [...lines, formatCounts(sum)].join('\n');
}
