import { spanWithin } from '../edit';
import { counted, fact } from '../fact';
import { lyst } from '../guides';
import { segmentsOf } from '../openapi';
import { defineRule } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';

interface Use {
  /** The path before the parameter, with the names of others left out. */
  readonly place: string;
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Nobody writes an address that is longer. */
const mostSegments = 100;

/** The parameters of a path that are whole segments. */
function usesOf(item: TreeNode): readonly Use[] {
  const path = item.key ?? '';
  const segments = segmentsOf(path);
  // The place of each is as long as all before it.
  if (segments.length > mostSegments) return [];
  return segments.flatMap(({ text, start, end }) =>
    /^\{[^{}]+\}$/.test(text)
      ? [
          {
            place: path.slice(0, start).replaceAll(/\{[^{}]*\}/g, '{}'),
            name: text.slice(1, -1),
            start: start + 1,
            end: end - 1,
          },
        ]
      : [],
  );
}

const namings = counted((view) =>
  view.nodes('path').flatMap((item) => usesOf(item).map(({ place, name }) => `${place}\n${name}`)),
);

/** The most used name at each place that has several; what two use alike often is left out. */
const usualNames = fact((spec: Spec): ReadonlyMap<string, string> => {
  const best = new Map<
    string,
    { readonly name: string; readonly count: number; readonly isClear: boolean }
  >();
  for (const [naming, count] of namings(spec)) {
    const [place = '', name = ''] = naming.split('\n');
    const known = best.get(place);
    if (known === undefined || count > known.count) best.set(place, { name, count, isClear: true });
    else if (count === known.count) best.set(place, { ...known, isClear: false });
  }
  return new Map([...best].flatMap(([place, { name, isClear }]) => (isClear ? [[place, name]] : [])));
});

export const pathParamConsistent = defineRule({
  id: 'path-param-consistent',
  summary: 'The items of a collection are called the same in all its paths.',
  why: '`/users/{id}` and `/users/{user_id}/orders` mean the same user. With two names, generated clients take it under two names too, and readers wonder about the difference.',
  severity: 'info',
  source: lyst('Terminology'),
  presets: ['strict', 'lyst', 'heroku'],
  bad: `paths:
  /users/{user_id}: {}
  /users/{user_id}/orders: {}
  /users/{id}/address: {} # want
`,
  good: `paths:
  /users/{user_id}: {}
  /users/{user_id}/orders: {}
  /users/{user_id}/address: {}
`,
  wholeDocument: true,
  visit: {
    path(item, report, spec) {
      for (const { place, name, start, end } of usesOf(item)) {
        const usual = usualNames(spec).get(place);
        if (usual === undefined || usual === name || item.keySpan === undefined) continue;
        report({
          at: item,
          on: spanWithin(spec, item.keySpan, item.key ?? '', [start, end]),
          message: `Elsewhere this is called \`${usual}\`: one name for one thing, so that clients take it under one.`,
        });
      }
    },
  },
});
