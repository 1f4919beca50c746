import type { Answer, Answers } from './answer';
import type { Condition } from './condition';

interface InputBase {
  readonly key: string;
  readonly title: string;
  /** What the answer is for, and its format. */
  readonly prompt: string;
  /** Over the answers before it; where it does not hold, the input is not asked, not recorded, and reads as `''`, `false` or `[]`. */
  readonly when?: Condition;
}

interface TextBase extends InputBase {
  readonly placeholder?: string;
  readonly pattern?: RegExp;
  readonly maxLength: number;
  /** What to say when `pattern` or `maxLength` refuse an answer. */
  readonly message: string;
  /** Answers that can't be taken, because their Python module would shadow another. */
  readonly reserved: ReadonlySet<string>;
  readonly reservedMessage: string;
}

export interface StringInput extends TextBase {
  readonly type: 'string';
  /** An expression over the answers before it, as in `The {{title name}} service.` Without one the answer is required. */
  readonly default?: string;
}

/** A text that is never recorded and never stands in a command line. */
export interface SecretInput extends TextBase {
  readonly type: 'secret';
}

/** One of the values of a choice or a multi-choice. */
export interface Choice {
  readonly value: string;
  readonly title: string;
  readonly description?: string;
  readonly when?: Condition;
  /** Why it can't be chosen where `when` does not hold. */
  readonly reason: string;
}

export interface ChoiceInput extends InputBase {
  readonly type: 'choice';
  readonly choices: readonly Choice[];
  /** A value, or an expression that gives one. Without one the answer is required. */
  readonly default?: string;
}

export interface MultiChoiceInput extends InputBase {
  readonly type: 'multi-choice';
  readonly choices: readonly Choice[];
  /** A value that can't be chosen, or whose own condition does not hold, is left out. */
  readonly default: readonly { readonly value: string; readonly when?: Condition }[];
  /** How many must be chosen at least. */
  readonly minimum: number;
}

export interface BooleanInput extends InputBase {
  readonly type: 'boolean';
  readonly default: boolean | Condition;
}

/** What a template asks. */
export type TemplateInput = StringInput | SecretInput | ChoiceInput | MultiChoiceInput | BooleanInput;

export const inputTypes = ['string', 'secret', 'choice', 'multi-choice', 'boolean'] as const;

/** Answers under a name; a person's own come before them. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly answers: Answers;
}

/** A managed file is updated with the template; a sample is written once and then the service's own. */
export type FileClass = 'managed' | 'sample';
export const fileClasses: readonly FileClass[] = ['managed', 'sample'];

/** The class of a file is that of the first rule that matches it and has one; it is written only if `when` holds in every rule that matches. */
export interface FileRule {
  readonly match: string;
  readonly class?: FileClass;
  readonly when?: Condition;
}

/** A path of an older version that this one calls otherwise; both as they are written, after rendering. */
export interface Rename {
  /** The version that first had the new name. */
  readonly since: string;
  readonly from: string;
  readonly to: string;
}

/** What to do with answers that a version before `version` recorded: first rename, then split, then default. */
export interface Migration {
  readonly version: string;
  /** Old key to new key. */
  readonly rename: Readonly<Record<string, string>>;
  /** Old key to what comes of it: each new key with its answer by the old answer. */
  readonly split: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Answer>>>>>>;
  /** Answers to questions that were not asked then. */
  readonly default: Answers;
}

/** A program that the service needs; shown before anything is written, and never a reason not to write. */
export interface Constraint {
  readonly tool: string;
  /** As in `>=3.11`, several parted by spaces; any version without one. */
  readonly version?: string;
  readonly why: string;
}

export const actionTypes = ['git-init', 'lock-dependencies', 'run-task', 'open', 'add-to-workspace'] as const;
export type ActionType = (typeof actionTypes)[number];

/** What is done once the files are written. It never fails the creation: then `manual` is shown. */
export interface TemplateAction {
  readonly type: ActionType;
  readonly title: string;
  /** How to do it by hand. */
  readonly manual: string;
  /** The target of the service's Makefile that `run-task` and `lock-dependencies` run. */
  readonly task?: string;
  readonly when?: Condition;
}

export interface TemplateFile {
  /** Relative to the template's `files/`, as it stands there. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly executable: boolean;
  /** Where it is from, for messages, when that is not `files/` in the template's folder. */
  readonly from?: string;
}

/** A text that `{{> name}}` puts into files. */
export interface TemplatePartial {
  readonly text: string;
  /** Where it is from, for messages. */
  readonly from: string;
}

/** What `template.yaml` says. */
export interface TemplateManifest {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  /** Folders of `shared/` beside the template's folder. */
  readonly include: readonly string[];
  readonly inputs: readonly TemplateInput[];
  readonly presets: readonly Preset[];
  /** Values made of answers, in order: key and expression. */
  readonly computed: readonly (readonly [key: string, expression: string])[];
  readonly files: readonly FileRule[];
  readonly renames: readonly Rename[];
  /** In the order of their versions. */
  readonly migrations: readonly Migration[];
  readonly constraints: readonly Constraint[];
  readonly actions: readonly TemplateAction[];
  /** Commands to go on with, shown at the end. */
  readonly next: readonly string[];
}

export interface Template extends TemplateManifest {
  /** The template's own folder, absolute; for messages. */
  readonly dir: string;
  /** `bundled`, or the folder, or `git+https://host/x.git#v3:subdir`, as a service records it. Only a bundled one may run programs. */
  readonly source: string;
  /** The commit of a template from git. */
  readonly commit?: string;
  readonly sources: readonly TemplateFile[];
  /** By name: `partials/<name>.hbs`. */
  readonly partials: ReadonlyMap<string, TemplatePartial>;
}
