/** How often each component is referred to, for the lines above them: one pass over all files for all components. */
import { formatPointer } from '../pointer';
import type { Spec } from '../spec';
import type { Place } from './at';
import { nameSpan } from './at';
import type { Named } from './occurrences';
import { allOccurrences } from './occurrences';
import type { Files } from './subject';
import { pathIn, subjectOf } from './subject';
import { named } from './targets';

export interface Count extends Place {
  readonly count: number;
}

/** The named things of a file, each with how many references lead to it or into it. */
export function countsIn(files: Files): readonly Count[] {
  const targets = named(files.spec);
  if (targets.length === 0) return [];
  const keys = new Set(targets.map(({ path }) => formatPointer(path)));
  const counts = new Map<string, number>();
  for (const from of files.around)
    for (const one of allOccurrences(from)) {
      const key = keyOf(one.named, from, { to: files.spec, keys });
      if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  return targets.map(({ node, path }) => ({
    spec: files.spec,
    span: nameSpan(node),
    count: counts.get(formatPointer(path)) ?? 0,
  }));
}

interface Looked {
  readonly to: Spec;
  readonly keys: ReadonlySet<string>;
}

/** The pointer of the thing that an occurrence names, or that it leads into. */
function keyOf(what: Named, from: Spec, { to, keys }: Looked): string | undefined {
  if (what.kind === 'schema') {
    const subject = subjectOf(what, from);
    return subject?.kind === 'place' && subject.spec === to ? formatPointer(subject.path) : undefined;
  }
  if (what.kind === 'scheme' && !what.isDefinition && from.home === to.home)
    return [`/components/securitySchemes/${what.name}`, `/securityDefinitions/${what.name}`].find((key) =>
      keys.has(key),
    );
  if (what.kind !== 'ref') return undefined;
  const path = pathIn(what.ref, from, to) ?? [];
  for (let length = path.length; length > 0; length -= 1) {
    const key = formatPointer(path.slice(0, length));
    if (keys.has(key)) return key;
  }
  return undefined;
}
