/** How often each component is referred to, for the lines above them. */
import { counted } from '../fact';
import { formatPointer } from '../pointer';
import { isRefValue } from '../project/links';
import type { Spec } from '../spec';
import type { Place } from './at';
import { nameSpan } from './at';
import { occurrencesIn } from './occurrences';
import type { Files } from './subject';
import { pathIn } from './subject';
import { named } from './targets';

export interface Count extends Place {
  readonly count: number;
}

// Kept from edit to edit: only the parts that changed are counted again.
const refs = counted((view) => {
  const others = view.nodes('discriminator').length + view.nodes('link').length;
  if (others === 0) return view.refValues;
  const named = occurrencesIn(view).flatMap((one) => (one.named.kind === 'ref' ? [one.named.ref] : []));
  return named;
}, 'here');
const mapped = counted((view) =>
  view
    .nodes('discriminator')
    .flatMap((one) => [
      ...one.childrenOf('mapping'),
      ...(one.get('defaultMapping') ? [one.get('defaultMapping')] : []),
    ])
    .flatMap((value) => (value?.string === undefined || isRefValue(value.string) ? [] : [value.string])),
);
const schemes = counted((view) =>
  view.nodes('securityRequirement').flatMap((one) => one.children.flatMap(({ key }) => key ?? [])),
);

/** The named things of a file, each with how many references lead to it or into it. */
export function countsIn({ spec, around }: Files): readonly Count[] {
  const targets = named(spec);
  if (targets.length === 0) return [];
  const counts = new Map(targets.map(({ path }) => [formatPointer(path), 0]));
  const add = (key: string | undefined, count: number): void => {
    const known = key === undefined ? undefined : counts.get(key);
    if (key !== undefined && known !== undefined) counts.set(key, known + count);
  };
  for (const from of around)
    for (const [ref, count] of refs(from)) add(keyOf(ref, from, { to: spec, counts }), count);
  if (!spec.isPart) for (const [key, count] of namedIn(spec)) add(key, count);
  return targets.map(({ node, path }) => ({
    spec,
    span: nameSpan(node),
    count: counts.get(formatPointer(path)) ?? 0,
  }));
}

/** What is named without a reference, as pointers. */
function namedIn(spec: Spec): readonly (readonly [string, number])[] {
  const isOld = spec.version === '2.0';
  const at = (section: string, name: string): string =>
    formatPointer([...(isOld ? [] : ['components']), section, name]);
  return [
    ...[...mapped(spec)].map(
      ([name, count]) => [at(isOld ? 'definitions' : 'schemas', name), count] as const,
    ),
    ...[...schemes(spec)].map(
      ([name, count]) => [at(isOld ? 'securityDefinitions' : 'securitySchemes', name), count] as const,
    ),
  ];
}

interface Looked {
  readonly to: Spec;
  readonly counts: ReadonlyMap<string, number>;
}

/** The pointer of the thing that a reference leads to, or into. */
function keyOf(ref: string, from: Spec, { to, counts }: Looked): string | undefined {
  if (from === to && counts.has(ref.slice(1))) return ref.slice(1);
  const path = pathIn(ref, from, to) ?? [];
  for (let length = path.length; length > 0; length -= 1) {
    const key = formatPointer(path.slice(0, length));
    if (counts.has(key)) return key;
  }
  return undefined;
}
