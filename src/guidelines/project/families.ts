/** Who belongs together, told from what leads where. */
import type { Spec } from '../spec';
import type { ProjectFile } from './file';
import type { Reach } from './reach';

/** What is referred to from elsewhere, as pointers by file. */
export function usedIn(reaches: readonly Reach[]): ReadonlyMap<ProjectFile, ReadonlySet<string>> {
  const used = new Map<ProjectFile, Set<string>>();
  for (const reach of reaches)
    for (const [file, pointers] of reach.used) {
      const known = used.get(file) ?? new Set();
      used.set(file, known);
      for (const pointer of pointers) known.add(pointer);
    }
  return used;
}

/** Files by whatever leads from one to another, in either direction. */
export function familiesOf(reaches: readonly Reach[]): ReadonlyMap<string, ReadonlySet<string>> {
  const families = new Map<string, Set<string>>();
  const familyOf = (address: string): Set<string> => {
    const known = families.get(address) ?? new Set([address]);
    families.set(address, known);
    return known;
  };
  for (const { uses } of reaches)
    for (const [from, all] of uses)
      for (const to of all) {
        const [one, other] = [familyOf(from.address), familyOf(to.address)];
        if (one === other) continue;
        const [small, big] = one.size < other.size ? [one, other] : [other, one];
        for (const address of small) {
          big.add(address);
          families.set(address, big);
        }
      }
  return families;
}

export function membersOf({ home, expected }: Reach): readonly Spec[] {
  const parts = [...expected.keys()].filter((file) => !file.isDescription);
  return [home, ...parts].flatMap(({ spec }) => spec ?? []);
}
