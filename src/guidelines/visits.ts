/** The kinds of nodes that rules are given. */
import type { NodeType } from './shapes';
import { nodeTypes } from './shapes';

/** Schemas by what their `type` says or lists; in Swagger 2.0 also parameters and headers, which say it themselves. */
const typedSchemas = [
  'stringSchema',
  'integerSchema',
  'numberSchema',
  'booleanSchema',
  'arraySchema',
  'objectSchema',
] as const;

/** Keywords that few schemas have: a rule that asks for one sees only those, which costs nearly nothing. */
const keywords = [
  'allOf',
  'anyOf',
  'default',
  'discriminator',
  'enum',
  'example',
  'examples',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'nullable',
  'oneOf',
  'pattern',
  'required',
  'writeOnly',
] as const;
type KeywordVisit = `schema.${(typeof keywords)[number]}`;

/**
 * Types of nodes, and kinds that cut across them: entries of `paths`, references that tools follow, every map, typed schemas,
 * those of days and instants, and schemas with a keyword.
 */
export type VisitType =
  NodeType | 'path' | 'ref' | 'map' | 'momentSchema' | (typeof typedSchemas)[number] | KeywordVisit;

export const keywordVisits: readonly KeywordVisit[] = keywords.map((keyword) => `schema.${keyword}` as const);
export const visitOfKeyword: ReadonlyMap<string, KeywordVisit> = new Map(
  keywords.map((keyword) => [keyword, `schema.${keyword}`]),
);
export const visitTypes: readonly VisitType[] = [
  ...nodeTypes,
  'path',
  'ref',
  'map',
  'momentSchema',
  ...typedSchemas,
  ...keywordVisits,
];

/** Schemas of days and instants: their `format` is `date` or `date-time`. */
export const momentFormats: ReadonlySet<string | undefined> = new Set(['date', 'date-time']);

export const kindByType: ReadonlyMap<string | undefined, VisitType> = new Map(
  typedSchemas.map((kind) => [kind.slice(0, -'Schema'.length), kind]),
);
