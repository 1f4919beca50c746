import { compareVersions } from '../version';
import type { Spot } from '../spot';
import { answerAtSpot, checkKeys, listAt, mapping, matching, textAt } from '../spot';
import type { Migration, Rename } from '../template';
import { keyPattern, migrationKeys, renameKeys } from './keys';

const version = (spot: Spot, key: string): string =>
  matching(spot, key, /^\d{1,9}\.\d{1,9}\.\d{1,9}$/, 'three numbers, as in 1.1.0');

/** Reads one of `renames:`. */
export function readRename(spot: Spot): Rename {
  checkKeys(spot, renameKeys);
  return { since: version(spot, 'since'), from: textAt(spot, 'from'), to: textAt(spot, 'to') };
}

/** Reads `migrations:`, sorted by version. */
export function readMigrations(root: Spot): readonly Migration[] {
  const list = listAt(root, 'migrations').map(readMigration);
  return list.toSorted((a, b) => compareVersions(a.version, b.version));
}

function readMigration(spot: Spot): Migration {
  checkKeys(spot, migrationKeys);
  return {
    version: version(spot, 'version'),
    rename: entries(spot.at('rename'), (one) => named(one)),
    split: entries(spot.at('split'), readSplit),
    default: entries(spot.at('default'), answerAtSpot),
  };
}

function named(spot: Spot): string {
  const key = spot.text('the new key');
  if (!keyPattern.test(key)) throw spot.broken(`${key} is no key of an input`);
  return key;
}

function readSplit(spot: Spot): Migration['split'][string] {
  checkKeys(spot, ['into']);
  return entries(spot.at('into'), (by) => entries(by, answerAtSpot));
}

/** A mapping whose values `read` takes; an absent one is empty. */
function entries<T>(spot: Spot, read: (spot: Spot) => T): Readonly<Record<string, T>> {
  if (spot.value === undefined) return {};
  return Object.fromEntries(Object.keys(mapping(spot)).map((key) => [key, read(spot.at(key))]));
}
