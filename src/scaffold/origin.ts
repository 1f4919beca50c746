import type { Template } from './template';

/** A template by which it is told from all others that are offered: two of different sources may have one id. */
export const templateKey = ({ id, source }: Pick<Template, 'id' | 'source'>): string =>
  source === 'bundled' ? id : source;

/** Where a template is from, in a few words; empty for those of the extension. */
export function originOf({ source, commit }: Pick<Template, 'source' | 'commit'>): string {
  if (source === 'bundled') return '';
  return commit === undefined ? `from ${source}` : `from ${source} at ${commit.slice(0, 12)}`;
}
