/** The parts of a text by how far they are from a place in it. */
import { SpineNode } from './spine';
import type { View } from './walk';

export interface Away {
  readonly view: View;
  /** UTF-16 code units between the part and the place; 0 for the one that holds it. */
  readonly away: number;
}

/** The nearest first; maps whose entries are parts of their own, and a text that was not cut, are left out. */
export function outwards(views: readonly View[], place: number): readonly Away[] {
  const found = views.flatMap((view) => {
    const { unit } = view;
    if (unit instanceof SpineNode || unit.kind === 'whole') return [];
    return [{ view, away: Math.max(0, unit.start - place, place - unit.start - unit.text.length) }];
  });
  return found.toSorted((a, b) => a.away - b.away);
}
