/** The values that a path leads to. */
import { addAll } from '../../base/add-all';
import type { Spec } from '../spec';
import type { PathSegment, TreeNode } from '../tree';
import type { Asked } from './filter';
import type { Step } from './path';

/** The way on which a value was met: through `$ref`s, where these are followed. */
export interface Trail {
  readonly up: Trail | undefined;
  readonly segment: PathSegment;
}

export function pathOf(trail: Trail | undefined): readonly PathSegment[] {
  const path: PathSegment[] = [];
  for (let at = trail; at !== undefined; at = at.up) path.push(at.segment);
  return path.toReversed();
}

/** A value that a path leads to, or, with `~`, its key. */
export interface Target {
  readonly node: TreeNode;
  readonly isKey: boolean;
  /** Its key, or its index as a text, where it was met. */
  readonly property: string;
  readonly trail: Trail | undefined;
}

export interface Selecting {
  readonly spec: Spec;
  /** Whether `$ref`s are followed on the way, so that a path leads through them. */
  readonly isResolved: boolean;
  /** Where it starts, when that is not the root. */
  readonly trail?: Trail | undefined;
}

/** More places than this are not looked at for one path: nobody meant it. */
const mostVisits = 2_000_000;

interface Met {
  readonly node: TreeNode;
  readonly property: string;
  readonly parent: TreeNode | undefined;
  readonly isKey: boolean;
  readonly trail: Trail | undefined;
}

/** The targets of a path from a node on, each once, in the order in which they are met. */
export function select(from: TreeNode, steps: readonly Step[], selecting: Selecting): readonly Target[] {
  return new Selection(selecting).run(from, steps);
}

class Selection {
  readonly #spec: Spec;
  readonly #isResolved: boolean;
  readonly #start: Trail | undefined;
  #visits = 0;

  constructor({ spec, isResolved, trail }: Selecting) {
    this.#spec = spec;
    this.#isResolved = isResolved;
    this.#start = trail;
  }

  run(from: TreeNode, steps: readonly Step[]): readonly Target[] {
    const { key: property = '', parent } = from;
    let met: readonly Met[] = [{ node: from, property, parent, isKey: false, trail: this.#start }];
    for (const step of steps) {
      const next = new Map<TreeNode, Met>();
      // One value may be reached by several ways, and is looked at once.
      for (const one of met)
        for (const found of this.#take(step, one)) if (!next.has(found.node)) next.set(found.node, found);
      met = [...next.values()];
    }
    return met;
  }

  readonly follow = (node: TreeNode): TreeNode => {
    const { actual } = node;
    if (!this.#isResolved || actual.kind !== 'map' || actual.stringAt('$ref') === undefined) return actual;
    return this.#spec.deref(actual) ?? actual;
  };

  #take(step: Step, met: Met): readonly Met[] {
    this.#visits += 1;
    if (this.#visits > mostVisits) return [];
    switch (step.kind) {
      case 'names':
        return this.#named(met, step.names);
      case 'all':
        return this.#children(met);
      case 'slice':
        return this.follow(met.node).kind === 'list'
          ? this.#children(met)
              .slice(step.from, step.until)
              .filter((_, at) => at % step.every === 0)
          : [];
      case 'filter':
        return this.#children(met).filter((one) => step.filter(this.#asked(one)));
      case 'below':
        return this.#below(met);
      case 'keys':
        return [{ ...met, isKey: true }];
      case 'parent':
        return met.node.parent === undefined
          ? []
          : [{ ...met, node: met.node.parent, parent: met.node.parent.parent, trail: met.trail?.up }];
    }
  }

  #named(met: Met, names: readonly string[]): readonly Met[] {
    const holder = this.follow(met.node);
    return names.flatMap((property) => {
      const node =
        holder.kind === 'list'
          ? /^\d{1,9}$/.test(property)
            ? holder.children[Number(property)]
            : undefined
          : holder.get(property);
      const segment = holder.kind === 'list' ? Number(property) : property;
      return node === undefined
        ? []
        : [{ node, property, parent: holder, isKey: false, trail: { up: met.trail, segment } }];
    });
  }

  #children({ node, trail }: Met): readonly Met[] {
    const parent = this.follow(node);
    return parent.children.map((child, at) => ({
      node: child,
      property: child.key ?? String(at),
      parent,
      isKey: false,
      trail: { up: trail, segment: child.key ?? at },
    }));
  }

  #below(met: Met): readonly Met[] {
    const found: Met[] = [];
    const seen = new Set<TreeNode>();
    const todo = [met];
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      const behind = this.follow(next.node);
      if (seen.has(behind)) continue;
      seen.add(behind);
      this.#visits += 1;
      if (this.#visits > mostVisits) return found;
      found.push(next);
      addAll(todo, this.#children(next).toReversed());
    }
    return found;
  }

  #asked({ node, parent, trail }: Met): Asked {
    return { node, parent, root: this.#spec.root, path: () => pathOf(trail), follow: this.follow };
  }
}
