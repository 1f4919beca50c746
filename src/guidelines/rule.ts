import type { JsonObject } from '../base/json';
import type { Edit } from './edit';
import type { OptionValues, RuleOption } from './option';
import type { Spec } from './spec';
import type { Span, TreeNode } from './tree';
import type { VisitType } from './visits';

export const severities = ['error', 'warning', 'info', 'hint'] as const;
export type Severity = (typeof severities)[number];

/** Sets of rules that go together. `recommended` is what runs when nothing else is said. */
export const presets = [
  'recommended',
  'strict',
  'spectral-oas',
  'redocly-recommended',
  'zalando',
  'heroku',
  'lyst',
  'google',
  'owasp',
] as const;
export type Preset = (typeof presets)[number];

/** Where a rule comes from: a guideline, the place in it, and its address. */
export interface Source {
  readonly guideline: string;
  readonly ref?: string;
  readonly url?: string;
}

/** A change of the text that mends a finding. */
export interface Fix {
  /** What it does, in the imperative: `Rename to …`. */
  readonly title: string;
  /** Whether it can be applied unseen, with all others: it changes no address and invents no words. */
  readonly safe: boolean;
  /** Computed when somebody asks for it. */
  edits(): readonly Edit[];
}

/** What a rule says about one node. */
export interface Problem {
  readonly at: TreeNode;
  /** What is underlined: the key (the default; the value where there is no key), the value, or a part of the text. */
  readonly on?: 'key' | 'value' | Span;
  /** One or two sentences that say what is wrong and why it matters or what to do. */
  readonly message: string;
  readonly fix?: Fix | undefined;
}

export type Report = (problem: Problem) => void;

/** A rule sees all nodes of the types it names, each once, where it is written; `options.get(…)` gives what a team set. */
export type Visit = {
  readonly [T in VisitType]?: (node: TreeNode, report: Report, spec: Spec, options: OptionValues) => void;
};

export interface Rule {
  /** Same as the name of its file. */
  readonly id: string;
  /** One sentence, present tense: what holds when the rule is kept. */
  readonly summary: string;
  /** Why it matters to those who call or keep the API. */
  readonly why: string;
  readonly severity: Severity;
  readonly source: Source;
  readonly presets: readonly Preset[];
  /** For a rule that compares two versions: the fragment of which `bad` and `good` are later versions. */
  readonly before?: string;
  /** A fragment of a description in YAML that breaks the rule on each line that is marked `# want`. */
  readonly bad: string;
  /** A fragment that keeps this rule and every other. */
  readonly good: string;
  /** Whether some of its findings come with a fix. */
  readonly fixable?: true;
  /** Whether it looks beyond the node it visits, so that it can't be trusted while the text has a syntax error. */
  readonly wholeDocument?: boolean;
  /** Whether a part of a description with this text may hold what it tells of; asked once for each part, and most are passed over. */
  readonly concerns?: (text: string) => boolean;
  /** What a team can set of it beside the severity. */
  readonly options?: readonly RuleOption<unknown>[];
  /** Options that the preset `recommended` sets, so that it tells less than the rule could; other presets have the defaults. */
  readonly inRecommended?: JsonObject;
  readonly visit: Visit;
}

/** Declares a rule; one file under `rules/` holds one. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
