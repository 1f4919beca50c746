/**
 * Puts all of `more` behind what is in the list. `list.push(...more)` lays each on the stack, which a hundred thousand of them overflow.
 */
export function addAll<T>(list: T[], more: Iterable<T>): void {
  for (const one of more) list.push(one);
}
