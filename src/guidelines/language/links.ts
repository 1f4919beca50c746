/** Document links: each reference to another file opens that file. */
import { nameSpan } from './at';
import type { Place } from './at';
import { spanWithin } from '../edit';
import type { Spec } from '../spec';
import type { Span } from '../tree';
import { allOccurrences } from './occurrences';

export interface DocumentLink {
  readonly span: Span;
  readonly target: Place;
}

export function linksIn(spec: Spec): readonly DocumentLink[] {
  const links: DocumentLink[] = [];
  for (const { node, named } of allOccurrences(spec)) {
    if (named.kind !== 'ref' || named.ref.startsWith('#')) continue;
    const lead = spec.others?.leadOf(named.ref);
    if (lead?.kind !== 'file') continue;
    const target = spec.resolve(named.ref);
    const span = target === undefined ? { start: 0, end: 0 } : nameSpan(target);
    const whole = { start: node.start, end: node.end };
    links.push({
      span: spanWithin(spec, whole, named.ref, [0, named.ref.length]),
      target: { spec: lead.spec, span },
    });
  }
  return links;
}
