/** Whether what is listed is sorted. */
import { isObject, isString } from '../../base/json';
import type { Scalar } from '../tree';
import type { Looked } from './assertion-values';
import { scalarOf } from './assertion-values';
import { entriesOf } from './redocly-walk';

/** Asks the items of a list, or the keys of an object, for an order: `asc`, `desc`, or one of these with a property. */
export function sorted(value: unknown): (looked: Looked) => readonly { readonly why: string }[] {
  const direction = isObject(value) && isString(value['direction']) ? value['direction'] : value;
  const property = isObject(value) && isString(value['property']) ? value['property'] : undefined;
  const isUp = direction === 'asc';
  const by = property === undefined ? '' : ` by \`${property}\``;
  const why = `must be sorted ${isUp ? 'upwards' : 'downwards'}${by}`;
  return (looked) => {
    const { value: list, isKeys } = looked;
    if (list === undefined || (list.kind === 'map' && !isKeys) || list.kind === 'scalar') return [];
    const items = list.kind === 'list' ? list.children : entriesOf(list);
    if (property === undefined && list.kind === 'list' && items[0]?.actual.kind === 'map')
      return [{ why: 'has objects, so the assertion has to name the `property` that they are sorted by' }];
    const found = items.map((item): Scalar | undefined => {
      if (list.kind === 'map') return property === undefined ? (item.key ?? '') : undefined;
      const of = property === undefined ? item : item.actual.get(property);
      return of === undefined ? undefined : scalarOf(of);
    });
    return isSorted(found, isUp, property !== undefined) ? [] : [{ why }];
  };
}

function isSorted(values: readonly (Scalar | undefined)[], isUp: boolean, isByProperty: boolean): boolean {
  return values.every((value, at) => {
    if (at === 0) return true;
    const before = values[at - 1];
    if (value === undefined || before === undefined) return !isByProperty;
    return isUp ? isInOrder(before, value) : isInOrder(value, before);
  });
}

/** Whether one may stand before the other; texts without regard to the case. */
function isInOrder(a: Scalar, b: Scalar): boolean {
  if (isString(a) && isString(b)) return a.toLowerCase() <= b.toLowerCase();
  return Number(a) <= Number(b);
}
