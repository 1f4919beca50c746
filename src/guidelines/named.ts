/** Rules that go by names. */
import { remembered } from './remembered';
import type { Report, Visit } from './rule';
import type { Spec } from './spec';
import type { TreeNode } from './tree';

type Test = (name: string) => boolean;
type Tell = (node: TreeNode, report: Report, spec: Spec) => void;

type Found = ReadonlyMap<number, readonly TreeNode[]>;

/**
 * What many rules look for among the properties of an object, found for all of them in one walk: a name is tried once with each test,
 * and a property is looked at once for all.
 */
class Lookout {
  readonly #tests: Test[] = [];
  readonly #found = new WeakMap<TreeNode, Found>();
  readonly #nothing: Found = new Map();
  readonly #passing = remembered((name): readonly number[] =>
    this.#tests.flatMap((test, at) => (test(name) ? [at] : [])),
  );

  add(test: Test): number {
    return this.#tests.push(test) - 1;
  }

  /** The properties whose names pass the test that was added under this number. */
  of(properties: TreeNode, which: number): readonly TreeNode[] {
    let found = this.#found.get(properties);
    if (found === undefined) {
      found = this.#look(properties);
      this.#found.set(properties, found);
    }
    return found.get(which) ?? [];
  }

  #look(properties: TreeNode): Found {
    const found = new Map<number, TreeNode[]>();
    for (const property of properties.children) {
      const passing = this.#passing(property.key ?? '');
      if (passing.length === 0 || property.kind !== 'map') continue;
      for (const which of passing) {
        const known = found.get(which);
        if (known === undefined) found.set(which, [property]);
        else known.push(property);
      }
    }
    return found.size === 0 ? this.#nothing : found;
  }
}

const lookout = new Lookout();

/** A visit of all properties with a name that passes the test, each with its schema. */
export function propertiesNamed(test: Test, tell: Tell): NonNullable<Visit['properties']> {
  const which = lookout.add(test);
  return (properties, report, spec) => {
    for (const property of lookout.of(properties, which)) tell(property, report, spec);
  };
}

/** A visit of all parameters that stand in one of `places` with a name that passes the test. */
export function parametersNamed(
  places: readonly string[],
  test: (name: string) => boolean,
  tell: Tell,
): NonNullable<Visit['parameter']> {
  const passes = remembered(test);
  return (parameter, report, spec) => {
    const name = parameter.get('name');
    if (name?.string === undefined || !places.includes(parameter.stringAt('in') ?? '')) return;
    if (passes(name.string)) tell(parameter, report, spec);
  };
}
