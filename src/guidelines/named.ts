/** Rules that go by names. The same names stand thousands of times in a description, so what is told by a name is worked out once. */
import type { Report, Visit } from './rule';
import type { Spec } from './spec';
import type { TreeNode } from './tree';

const most = 20_000;

/** Keeps what `of` says of each text; forgets all when there are too many. */
export function remembered<T extends string | number | boolean | object>(
  of: (text: string) => T,
): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= most) known.clear();
    const value = of(text);
    known.set(text, value);
    return value;
  };
}

type Tell = (node: TreeNode, report: Report, spec: Spec) => void;

/** A visit of all properties with a name that passes the test, each with its schema. */
export function propertiesNamed(
  test: (name: string) => boolean,
  tell: Tell,
): NonNullable<Visit['properties']> {
  const passes = remembered(test);
  return (properties, report, spec) => {
    for (const property of properties.children)
      if (property.kind === 'map' && passes(property.key ?? '')) tell(property, report, spec);
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
