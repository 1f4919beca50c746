/** Which files of a description are not what they were, or lead to one that is not. */
import { targetOf } from '../project/address';
import type { Spec } from '../spec';

type SpecAt = (address: string) => Spec | undefined;

/** The addresses, as they are now; that of the description is among them when its text changed. */
export function changedFiles(before: Spec, after: Spec): ReadonlySet<string> {
  const here = after.others?.address ?? '';
  const specIn = (home: Spec): SpecAt => {
    return (address) => (address === here ? home : home.others?.specAt(address));
  };
  const [old, now] = [specIn(before), specIn(after)];
  const users = usersOf(here, now);
  const changed = new Set([...users.keys()].filter((one) => old(one)?.text !== now(one)?.text));
  for (const address of changed) for (const user of users.get(address) ?? []) changed.add(user);
  return changed;
}

/** All files that can be reached from one, each with those that refer to it. */
function usersOf(here: string, specAt: SpecAt): ReadonlyMap<string, ReadonlySet<string>> {
  const users = new Map<string, Set<string>>([[here, new Set()]]);
  // What is found on the way is put behind.
  for (const address of users.keys()) {
    const spec = specAt(address);
    for (const target of spec === undefined ? [] : filesOf(spec, address)) {
      const known = users.get(target) ?? new Set();
      known.add(address);
      users.set(target, known);
    }
  }
  return users;
}

/** The other files that a file refers to. */
function filesOf(spec: Spec, address: string): ReadonlySet<string> {
  const files = new Set<string>();
  for (const view of spec.ownViews)
    for (const ref of view.refValues) {
      const file = ref.startsWith('#') ? undefined : fileOf(ref, address);
      if (file !== undefined && file !== address) files.add(file);
    }
  return files;
}

/** The file that a reference leads to; undefined for none. */
export function fileOf(ref: string, from: string): string | undefined {
  const target = targetOf(from, ref);
  return target.kind === 'file' || target.kind === 'web' ? target.address : undefined;
}
