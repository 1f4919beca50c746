/** Paths as resources: collections, their items, actions on them. */
import { counted } from './fact';
import { segmentsOf } from './openapi';
import { remembered } from './remembered';
import type { Spec } from './spec';
import { wordsOf } from './words';

const isParameter = (segment: string): boolean => segment.includes('{');

/** How many paths there are one parameter below each path: `/orders/{id}/lines` counts for `/orders`. */
const itemPaths = counted((view) =>
  view.nodes('path').flatMap((item) => {
    const path = item.key ?? '';
    return segmentsOf(path).flatMap(({ text, start }) =>
      text.startsWith('{') ? [path.slice(0, start - 1)] : [],
    );
  }),
);

/** Whether a path is that of a collection: the document knows single items below it. */
export function isCollection(path: string, spec: Spec): boolean {
  return !path.endsWith('}') && itemPaths(spec).has(path.replace(/\/$/, ''));
}

/** Whether a path ends in a parameter: it is that of one item. */
export function isItem(path: string): boolean {
  return /\}\/?$/.test(path);
}

const uncountable: ReadonlySet<string> = new Set(
  (
    'advice audio cache capacity cash compliance config configuration consent content context correspondence credit data debt ' +
    'education email equipment evidence feedback furniture geo hardware health help history info information infrastructure ' +
    'intelligence inventory it knowledge legal logging luggage mail management media metadata money music news research security ' +
    'software staff stock storage support telemetry traffic training transport travel usage weather work'
  ).split(' '),
);
const irregular: ReadonlySet<string> = new Set(
  'people children men women feet teeth mice geese oxen criteria phenomena indices matrices vertices schemata alumni fungi nuclei foci radii stimuli'.split(
    ' ',
  ),
);
const singularInS = /(?:ss|us|ysis|asis|axis|isis|esis|osis|opsis|redis|gas|lens|alias|atlas|canvas)$/;
const pluralAnyway = /(?:series|species|menus|gurus|skus|[cg]pus)$/;

/** Whether a word can stand for many: a plural, or one that has none (`data`). Only the last word of a name counts. */
export const isPlural = remembered((name: string): boolean => {
  const words = wordsOf(name);
  // What `codes_of_conduct` counts stands before the `of`.
  const last = words[words.lastIndexOf('of') - 1] ?? words.at(-1) ?? '';
  if (last.length < 3 || uncountable.has(last) || irregular.has(last) || /\d$/.test(last)) return true;
  if (pluralAnyway.test(last)) return true;
  return last.endsWith('s') && !singularInS.test(last);
});

/** The plural of a word, for a message. */
export function pluralOf(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  if (/(?:s|x|z|ch|sh)$/.test(word)) return `${word}es`;
  if (word.endsWith('person')) return word.replace(/person$/, 'people');
  return word.endsWith('child') ? `${word}ren` : `${word}s`;
}

export interface PathName {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Whether one parameter follows, which then names one item; two make a key of their own, and `{path}` stands for many segments. */
  readonly hasItem: boolean;
}

/** The segments of a path that are names, not parameters. */
export function namesOf(path: string): readonly PathName[] {
  const segments = segmentsOf(path);
  return segments.flatMap((segment, at) => {
    if (isParameter(segment.text)) return [];
    const next = segments[at + 1]?.text ?? '';
    const hasItem =
      next.startsWith('{') &&
      !/^\{\W*(?:\w*path|rest|filename)\W*\}$/i.test(next) &&
      segments[at + 2]?.text.startsWith('{') !== true;
    return [{ ...segment, hasItem }];
  });
}
