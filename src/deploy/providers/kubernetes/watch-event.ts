import { isObject, stringAt } from '../../../base/json';
import { parseJson } from '../lines';
import type { Meta } from './wire';
import { readAny } from './wire';

/** One line of a watch (kubernetes.io/docs/reference/using-api/api-concepts, "Efficient detection of changes"). */
export type WatchEvent<T> =
  | { readonly kind: 'put'; readonly item: T; readonly resourceVersion: string }
  | { readonly kind: 'gone'; readonly name: string; readonly resourceVersion: string }
  /** A bookmark: all up to here was told. */
  | { readonly kind: 'mark'; readonly resourceVersion: string }
  /** From where it was asked for, the server remembers nothing any more; or the line is no event. */
  | { readonly kind: 'lost' };

/** What can't be read is `lost`: who missed something lists again. */
export function readWatchEvent<T extends Meta>(
  line: string,
  read: (value: unknown) => T | undefined,
): WatchEvent<T> {
  const value = parseJson(line);
  const object = isObject(value) ? value['object'] : undefined;
  const meta = isObject(object) ? object['metadata'] : undefined;
  const resourceVersion = stringAt(meta, 'resourceVersion');
  if (resourceVersion === undefined || resourceVersion === '') return { kind: 'lost' };
  switch (stringAt(value, 'type')) {
    case 'ADDED':
    case 'MODIFIED': {
      const item = read(object);
      return item ? { kind: 'put', item, resourceVersion } : { kind: 'lost' };
    }
    case 'DELETED': {
      const gone = readAny(object);
      return gone ? { kind: 'gone', name: gone.name, resourceVersion } : { kind: 'lost' };
    }
    case 'BOOKMARK':
      return { kind: 'mark', resourceVersion };
    default:
      return { kind: 'lost' };
  }
}
