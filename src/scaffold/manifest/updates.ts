import { compareVersions } from '../version';
import { pathFault } from '../paths';
import type { Spot } from '../spot';
import { answerAtSpot, checkKeys, listAt, mapping, matching, textAt } from '../spot';
import type { Migration, Rename } from '../template';
import { keyPattern, migrationKeys, renameKeys } from './keys';

const version = (spot: Spot, key: string): string =>
  matching(spot, key, /^\d{1,9}\.\d{1,9}\.\d{1,9}$/, 'three numbers, as in 1.1.0');

/** Reads one of `renames:`. */
export function readRename(spot: Spot): Rename {
  checkKeys(spot, renameKeys);
  return { since: version(spot, 'since'), from: pathAt(spot, 'from'), to: pathAt(spot, 'to') };
}

function pathAt(spot: Spot, key: string): string {
  const path = textAt(spot, key);
  const why = pathFault(path);
  if (why !== undefined) throw spot.at(key).broken(`${path} is no path of a service; it ${why}`);
  return path;
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
    rename: byKey(spot.at('rename'), (one) => keyOf(one.text('the new key'), one)),
    split: byKey(spot.at('split'), readSplit),
    default: byKey(spot.at('default'), answerAtSpot),
  };
}

function keyOf(key: string, spot: Spot): string {
  if (!keyPattern.test(key)) throw spot.broken(`${key} is no key of an input`);
  return key;
}

function readSplit(spot: Spot): Migration['split'][string] {
  checkKeys(spot, ['into']);
  return byKey(spot.at('into'), (by) => entries(by, answerAtSpot));
}

/** A mapping by keys of inputs. */
function byKey<T>(spot: Spot, read: (spot: Spot) => T): Readonly<Record<string, T>> {
  return entries(spot, (one, key) => {
    keyOf(key, one);
    return read(one);
  });
}

/** A mapping whose values `read` takes; an absent one is empty. */
function entries<T>(spot: Spot, read: (spot: Spot, key: string) => T): Readonly<Record<string, T>> {
  if (spot.value === undefined) return {};
  return Object.fromEntries(Object.keys(mapping(spot)).map((key) => [key, read(spot.at(key), key)]));
}
