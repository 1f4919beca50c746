import type { RollbackPreview } from './provider';

/** What a roll back will change, for people; values of variables are not shown. */
export function previewLines(version: number, preview: RollbackPreview): readonly string[] {
  const { added, changed, removed } = preview.config;
  const keys = (what: string, names: readonly string[]): readonly string[] =>
    names.length === 0 ? [] : [`Variables that ${what}: ${names.join(', ')}.`];
  return [
    ...(preview.image === undefined ? [] : [`v${version} runs ${preview.image}.`]),
    ...keys('come back', added),
    ...keys('get other values', changed),
    ...keys('go away', removed),
    ...preview.notes,
  ];
}

/** Which variables come, change and go; their values stay where they are. */
export function compareKeys(
  now: Readonly<Record<string, string>>,
  then: Readonly<Record<string, string>>,
): RollbackPreview['config'] {
  const keys = (all: Readonly<Record<string, string>>): readonly string[] => Object.keys(all).toSorted();
  return {
    added: keys(then).filter((key) => now[key] === undefined),
    changed: keys(then).filter((key) => now[key] !== undefined && now[key] !== then[key]),
    removed: keys(now).filter((key) => then[key] === undefined),
  };
}
