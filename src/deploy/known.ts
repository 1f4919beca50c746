import type { Process } from './provider';
import type { Release } from './release';

/** What could be asked after a deploy whose end was not told. */
export interface Seen {
  /** The newest release before the deploy; undefined where there was none. */
  readonly before: number | undefined;
  /** The newest first; undefined where they could not be asked for. */
  readonly releases: readonly Release[] | undefined;
  readonly processes: readonly Process[] | undefined;
}

/** What is known, in sentences: whether a release was made, and what runs. Nothing is concluded from silence. */
export function tellWhatIsKnown(seen: Seen): string {
  return `${tellReleases(seen)} ${tellProcesses(seen.processes)}`;
}

function tellReleases({ before, releases }: Seen): string {
  if (!releases) return 'Its releases could not be asked for.';
  const [newest] = releases;
  if (!newest) return 'It has no release so far.';
  if (before !== undefined && newest.version <= before)
    return `No new release was made so far; v${newest.version} is the newest.`;
  return `Release v${newest.version} was made (${newest.description}).`;
}

function tellProcesses(processes: readonly Process[] | undefined): string {
  if (!processes) return 'What runs could not be asked for.';
  if (processes.length === 0) return 'No process runs.';
  const counts = new Map<string, number>();
  for (const { release, state } of processes) {
    const kind = `${release === undefined ? '' : `of v${release} `}${state === '' ? 'in no known state' : state}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const parts = [...counts].map(([kind, count]) => `${count} ${kind}`);
  return `Processes: ${parts.join(', ')}.`;
}
