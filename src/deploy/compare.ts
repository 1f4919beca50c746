import { UserError, isAbort } from '../base/errors';
import type { Processes } from '../base/ports';
import type { CommitLine } from './git';
import { commitsBetween } from './git';
import type { Provider, Target } from './provider';
import type { Release } from './release';

/** What is known of one release. */
export interface ReleaseSide {
  readonly release: Release;
  /** Undefined where the platform does not tell the variables of that release. Values never leave this module's callers' memory. */
  readonly config?: Readonly<Record<string, string>>;
}

/** Two releases beside each other, the older first. */
export interface Comparison {
  readonly older: ReleaseSide;
  readonly newer: ReleaseSide;
  /** Names of variables, sorted; undefined where one side is not told. */
  readonly config?: KeyChanges;
  /** Commits that the newer has and the older has not, newest first, as far as this repository knows. */
  readonly commits?: readonly CommitLine[];
}

export interface KeyChanges {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** Asks the platform for what two releases were. Throws what the provider throws when releases can't be asked for at all. */
export async function compareReleases(
  { provider, target }: { readonly provider: Provider; readonly target: Target },
  releases: readonly [Release, Release],
  processes: Processes,
  signal: AbortSignal,
): Promise<Comparison> {
  const [first, second] = releases;
  const [a, b] = first.version <= second.version ? [first, second] : [second, first];
  const [older, newer] = await Promise.all([
    sideOf(provider, target, a, signal),
    sideOf(provider, target, b, signal),
  ]);
  const range = a.commit !== undefined && b.commit !== undefined && { from: a.commit, to: b.commit };
  const commits = range ? await commitsBetween(target.dir, range, processes, signal) : undefined;
  const isTold = older.config && newer.config;
  return {
    older,
    newer,
    ...(isTold ? { config: keyChanges(older.config, newer.config) } : {}),
    ...(commits ? { commits } : {}),
  };
}

// oxlint-disable-next-line max-params
async function sideOf(
  provider: Provider,
  target: Target,
  release: Release,
  signal: AbortSignal,
): Promise<ReleaseSide> {
  if (!provider.config) return { release };
  try {
    return { release, config: await provider.config.read(target, release.version, signal) };
  } catch (error) {
    if (isAbort(error) || !(error instanceof UserError)) throw error;
    return { release };
  }
}

export function keyChanges(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): KeyChanges {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return {
    added: names.filter((name) => before[name] === undefined),
    removed: names.filter((name) => after[name] === undefined),
    changed: names.filter(
      (name) => before[name] !== undefined && after[name] !== undefined && before[name] !== after[name],
    ),
  };
}

export const hiddenValue = '••••••';

/** The two as documents that a diff editor compares: values of variables are hidden, and those that differ marked. */
export function comparisonTexts(comparison: Comparison): { readonly older: string; readonly newer: string } {
  const changed = new Set(comparison.config?.changed ?? []);
  return {
    older: sideText(comparison.older, changed, 'other value', undefined),
    newer: sideText(comparison.newer, changed, 'changed', comparison.commits),
  };
}

// oxlint-disable-next-line max-params
function sideText(
  { release, config }: ReleaseSide,
  changed: ReadonlySet<string>,
  mark: string,
  commits: readonly CommitLine[] | undefined,
): string {
  const fields = [
    ['release', `v${release.version} (${release.status})`],
    ['made', release.createdAt],
    ['by', release.user],
    ['why', release.description],
    ['image', release.image],
    ['commit', release.commit && `${release.commit}${release.dirty ? ' with local changes' : ''}`],
  ] as const;
  const head = fields.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}: ${value}`],
  );
  return `${[
    ...head,
    ...table('Processes', release.processes, ([type, command]) => `${type}: ${command}`),
    ...table('Quantities', release.quantities, ([type, n]) => `${type}=${n}`),
    '',
    '# Config',
    ...configLines(config, changed, mark),
    ...(commits && commits.length > 0
      ? ['', '# Commits since then', ...commits.map((one) => `${one.commit.slice(0, 7)} ${one.subject}`)]
      : []),
  ].join('\n')}\n`;
}

function table<T>(
  title: string,
  entries: Readonly<Record<string, T>> | undefined,
  line: (entry: readonly [string, T]) => string,
): readonly string[] {
  if (!entries || Object.keys(entries).length === 0) return [];
  return ['', `# ${title}`, ...Object.entries(entries).toSorted(byName).map(line)];
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

function configLines(
  config: Readonly<Record<string, string>> | undefined,
  changed: ReadonlySet<string>,
  mark: string,
): readonly string[] {
  if (!config) return ['The platform does not tell the variables of this release.'];
  const names = Object.keys(config).toSorted();
  return names.length === 0
    ? ['none']
    : names.map((name) => `${name}=${hiddenValue}${changed.has(name) ? `  (${mark})` : ''}`);
}
