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
