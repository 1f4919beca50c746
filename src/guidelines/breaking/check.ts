/** What a check of compatibility is, and what it is given: pairs of things that two versions of a description say. */
import type { Rule, Severity } from '../rule';
import type { Spec } from '../spec';
import type { Span, TreeNode } from '../tree';
import type { SchemaShape } from './shape';

/** Who sends what is described: the callers (`request`) or the service (`response`). */
export type Direction = 'request' | 'response';

export interface Scope {
  readonly direction: Direction;
  /** `GET /orders`, for messages. */
  readonly label: string;
  readonly before: Spec;
  readonly after: Spec;
  /** The path in which parameters are looked for, as each version writes it: the operation may stand in a file that does not say. */
  readonly templates: { readonly before: string; readonly after: string };
}

/** Something that both versions may have; `$ref`s are followed. */
export interface Pair {
  readonly name: string;
  /** Undefined when it came with the new version. */
  readonly before: TreeNode | undefined;
  /** Undefined when it is gone. */
  readonly after: TreeNode | undefined;
  /** Where it is written in the new version or, when it is gone, the nearest thing that held it and is still there. */
  readonly at: TreeNode;
  readonly scope: Scope;
}

/** A schema of both versions, with what its `allOf` and its `$ref`s bring together. */
export interface SchemaPair {
  /** As it stands in messages, with its marks: a name in backticks, or `the body`. */
  readonly name: string;
  readonly before: SchemaShape;
  readonly after: SchemaShape;
  readonly at: TreeNode;
  readonly scope: Scope;
}

export interface PropertyPair extends Pair {
  readonly wasRequired: boolean;
  /** Where the new version says that it is required. */
  readonly required: TreeNode | undefined;
}

export interface VariantPair extends Pair {
  readonly schema: SchemaPair;
}

/** What a check can look at, by kind. */
export interface Subjects {
  /** The roots. */
  readonly document: Pair;
  /** A path item under `paths`; its name is the path as the old version writes it. */
  readonly path: Pair;
  readonly webhook: Pair;
  readonly operation: Pair;
  readonly parameter: Pair;
  readonly requestBody: Pair;
  readonly response: Pair;
  readonly header: Pair;
  readonly mediaType: Pair;
  readonly securityScheme: Pair;
  readonly schema: SchemaPair;
  readonly property: PropertyPair;
  readonly variant: VariantPair;
}
export type SubjectKind = keyof Subjects;

export interface Change {
  /** In the new version. */
  readonly at: TreeNode;
  readonly on?: 'key' | 'value' | Span;
  /** One or two sentences: what changed, and whom it breaks. */
  readonly message: string;
  /** What stood there in the old version. */
  readonly old: TreeNode | undefined;
}

export type Tell = (change: Change) => void;

export type Compare = { readonly [K in SubjectKind]?: (subject: Subjects[K], tell: Tell) => void };

/** A rule about two versions; its examples are a description before, and what may or may not become of it. */
export interface BreakingCheck extends Rule {
  readonly before: string;
  readonly compare: Compare;
}

type Declared = Pick<BreakingCheck, 'id' | 'summary' | 'why' | 'before' | 'bad' | 'good' | 'compare'> & {
  readonly severity?: Severity;
};

/** Declares a check; one file under `checks/` holds one. Its severity is `error` where nothing else is said. */
export function defineBreaking({ severity = 'error', ...declared }: Declared): BreakingCheck {
  return {
    ...declared,
    severity,
    source: {
      guideline: 'Zalando RESTful API Guidelines',
      ref: '106',
      url: 'https://opensource.zalando.com/restful-api-guidelines/#106',
    },
    presets: ['recommended', 'strict'],
    visit: {},
  };
}
