/** Go to definition: from a name to where what it names is written. */
import type { Spec } from '../spec';
import type { Span } from '../tree';
import type { Place } from './at';
import { nameSpan } from './at';
import { occurrenceAt } from './occurrences';
import { definitionsOf, subjectOf } from './subject';

export interface Definition {
  /** What was pointed at, to be underlined. */
  readonly origin: Span;
  readonly targets: readonly (Place & { /** All of it, for a peek. */ readonly whole: Span })[];
}

/** Where what is named at an offset is written; undefined when nothing is named there, or it leads nowhere. */
export function definitionAt(spec: Spec, offset: number): Definition | undefined {
  const occurrence = occurrenceAt(spec, offset);
  const subject = occurrence && subjectOf(occurrence.named, spec);
  if (occurrence === undefined || subject === undefined) return undefined;
  const { node, on } = occurrence;
  const origin =
    on === 'key' && node.keySpan !== undefined ? node.keySpan : { start: node.start, end: node.end };
  const targets = definitionsOf(subject).map((one) => {
    const span = one.on === 'key' ? nameSpan(one.node) : { start: one.node.start, end: one.node.end };
    const holder = one.on === 'key' ? one.node : (one.node.parent ?? one.node);
    return {
      spec: one.spec,
      span,
      whole: { start: Math.min(span.start, holder.start), end: Math.max(span.end, holder.end) },
    };
  });
  return targets.length === 0 ? undefined : { origin, targets };
}
