/** What need not be compared: texts that are the same and lead to nothing that is not. */
import { componentSections } from '../openapi';
import { parsePointer } from '../pointer';
import type { Spec } from '../spec';
import { specOf } from '../spec';
import { SpineNode } from '../spine';
import type { Steps } from '../steps';
import type { TreeNode, Unit } from '../tree';
import type { View } from '../walk';
import { fileOf } from './changed-files';

const refMark = /\$ref["']?\s*:\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s,}"']+))/g;
const refs = new WeakMap<TreeNode, readonly string[]>();

/** Whether two values are written the same, to the letter; a value with aliases says more than its text. */
export function isSameText(before: TreeNode, after: TreeNode): boolean {
  if (before instanceof SpineNode || after instanceof SpineNode) return false;
  if (before.table.hasAliases || after.table.hasAliases) return false;
  return before.end - before.start === after.end - after.start && before.source === after.source;
}

/** The `$ref`s in the text of a value. */
function refsIn(node: TreeNode): readonly string[] {
  // What is read in pieces may lead anywhere.
  if (node instanceof SpineNode) return ['#'];
  let found = refs.get(node);
  if (found === undefined) {
    found = [
      ...new Set([...node.source.matchAll(refMark)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')),
    ];
    refs.set(node, found);
  }
  return found;
}

const unitOf = ({ unit }: View): Unit => (unit instanceof SpineNode ? unit.unit : unit);

/** Which components changed, or lead to one that did. */
export class Unchanged {
  readonly #before: Spec;
  readonly #after: Spec;
  readonly #depth: number;
  /** The `$ref`s in each part of the new version, and whether one of them leads to a change. */
  readonly #refsOf: ReadonlyMap<Unit, readonly string[]>;
  readonly #leading = new Map<Unit, boolean>();
  #changed: ReadonlySet<string> = new Set();
  /** Files that changed, or lead to one that did, where there are several. */
  readonly #files: ReadonlySet<string>;

  constructor(before: Spec, after: Spec, files: ReadonlySet<string>) {
    this.#files = files;
    this.#refsOf = new Map(after.ownViews.map((view) => [unitOf(view), view.refValues]));
    this.#before = before;
    this.#after = after;
    this.#depth = after.version === '2.0' ? 2 : 3;
  }

  /** Whether a value of both versions is the same, with all that it leads to. */
  isUnchanged(before: TreeNode, after: TreeNode): boolean {
    if (!isSameText(before, after)) return false;
    const [old, now] = [specOf(before), specOf(after)];
    if (now !== undefined && now !== this.#after) return this.#isUnchangedPart(after, old, now);
    return !this.#unitLeads(after.unit) || !refsIn(after).some((ref) => this.#leadsToChange(ref));
  }

  /** Of other files only the whole is known: one that changed may lead to the change. */
  #isUnchangedPart(after: TreeNode, old: Spec | undefined, now: Spec): boolean {
    const address = now.others?.address ?? '';
    const isMoved = old?.others?.address !== address;
    return !refsIn(after).some((ref) => isMoved || this.#files.has(fileOf(ref, address) ?? ''));
  }

  /** Whether anything in a part leads to a change: mostly nothing does, and no text need be searched. */
  #unitLeads(unit: Unit): boolean {
    let leads = this.#leading.get(unit);
    if (leads === undefined) {
      leads = (this.#refsOf.get(unit) ?? ['#']).some((ref) => this.#leadsToChange(ref));
      this.#leading.set(unit, leads);
    }
    return leads;
  }

  #leadsToChange(ref: string): boolean {
    const name = this.#nameOf(ref);
    // What stands in the middle of this document may be anything.
    return name === undefined ? ref.startsWith('#') || this.#isChangedFile(ref) : this.#changed.has(name);
  }

  #isChangedFile(ref: string): boolean {
    return this.#files.size > 0 && this.#files.has(fileOf(ref, this.#after.others?.address ?? '') ?? '');
  }

  /** The component that a reference leads into. */
  #nameOf(ref: string): string | undefined {
    if (!ref.startsWith('#/')) return undefined;
    const segments = parsePointer(ref.slice(1));
    const isComponent = this.#depth === 2 || segments[0] === 'components';
    return isComponent && segments.length >= this.#depth && segments[0] !== 'paths'
      ? segments.slice(0, this.#depth).join('\n')
      : undefined;
  }

  /** Finds out which components changed; nothing may be asked before. */
  *findSteps(): Steps<void> {
    const old = componentsOf(this.#before);
    const changed = new Set(old.keys());
    const users = new Map<string, string[]>();
    for (const [name, node] of componentsOf(this.#after)) {
      yield;
      const before = old.get(name);
      if (before !== undefined && isSameText(before, node)) changed.delete(name);
      else changed.add(name);
      for (const ref of this.#refsIn(node)) {
        const used = this.#nameOf(ref);
        // A reference into a path, say, may lead to anything.
        if (used === undefined && this.#leadsToChange(ref)) changed.add(name);
        else if (used !== undefined) listOf(users, used).push(name);
      }
    }
    const queue = [...changed];
    for (let name = queue.pop(); name !== undefined; name = queue.pop())
      for (const user of users.get(name) ?? []) {
        if (changed.has(user)) continue;
        changed.add(user);
        queue.push(user);
      }
    this.#changed = changed;
  }

  /** A component is mostly a part of its own. */
  #refsIn(node: TreeNode): readonly string[] {
    const known = node.unit.owner === undefined ? undefined : this.#refsOf.get(node.unit);
    return known ?? refsIn(node);
  }
}

function listOf(lists: Map<string, string[]>, key: string): string[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

function componentsOf(spec: Spec): ReadonlyMap<string, TreeNode> {
  const found = new Map<string, TreeNode>();
  const prefix = spec.version === '2.0' ? '' : 'components\n';
  for (const section of componentSections(spec))
    for (const node of section.children) found.set(`${prefix}${section.key ?? ''}\n${node.key ?? ''}`, node);
  return found;
}
