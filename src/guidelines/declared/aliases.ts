/** Names for paths, as rule sets declare them: `#PathItem.get`. */
import type { SpecVersion } from '../detect';
import { versionsOf } from './formats';

export interface AliasPath {
  readonly path: string;
  /** The formats of documents in which it is meant; all when not given. */
  readonly formats?: readonly string[];
}

export type Aliases = ReadonlyMap<string, readonly AliasPath[]>;

/** A path, and for which versions; undefined for all. */
export interface Meant {
  readonly path: string;
  readonly versions: ReadonlySet<SpecVersion> | undefined;
}

const deepest = 8;

/** `#PathItem.get` with the paths that the alias stands for in its place; what is no alias stays as it is. */
export function expanded(path: string, aliases: Aliases, depth = 0): readonly Meant[] {
  const found = /^#([\w-]+)(.*)$/s.exec(path);
  const behind = found === null ? undefined : aliases.get(found[1] ?? '');
  if (found === null || behind === undefined || depth > deepest) return [{ path, versions: undefined }];
  return behind.flatMap(({ path: start, formats }) =>
    expanded(start, aliases, depth + 1).map((one) => ({
      path: one.path + (found[2] ?? ''),
      versions: both(one.versions, formats === undefined ? undefined : versionsOf(formats)),
    })),
  );
}

function both(a: Meant['versions'], b: Meant['versions']): Meant['versions'] {
  return a === undefined || b === undefined ? (a ?? b) : new Set([...a].filter((one) => b.has(one)));
}
