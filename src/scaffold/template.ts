/** What a template asks; every answer is text. */
export interface TemplateInput {
  readonly key: string;
  readonly title: string;
  /** What the answer is for, and its format. */
  readonly prompt: string;
  readonly placeholder?: string;
  /** An expression over the answers before it, as in `The {{title name}} service.` Without one the answer is required. */
  readonly default?: string;
  readonly pattern?: RegExp;
  readonly maxLength: number;
  /** What to say when `pattern` or `maxLength` refuse an answer. */
  readonly message: string;
  /** Answers that can't be taken, because their Python module would shadow another. */
  readonly reserved: ReadonlySet<string>;
  readonly reservedMessage: string;
}

/** A managed file is updated with the template; a sample is written once and then the service's own. */
export type FileClass = 'managed' | 'sample';

export interface FileRule {
  readonly match: string;
  readonly class: FileClass;
}

export interface TemplateFile {
  /** Relative to the template's `files/`, as it stands there. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly executable: boolean;
}

export const templateActions = ['git-init', 'open'] as const;
export type TemplateAction = (typeof templateActions)[number];

/** What `template.yaml` says. */
export interface TemplateManifest {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly inputs: readonly TemplateInput[];
  /** Values made of answers, in order: key and expression. */
  readonly computed: readonly (readonly [key: string, expression: string])[];
  readonly files: readonly FileRule[];
  readonly actions: readonly TemplateAction[];
  /** Commands to go on with, shown at the end. */
  readonly next: readonly string[];
}

export interface Template extends TemplateManifest {
  /** The template's own folder, absolute. */
  readonly dir: string;
  readonly sources: readonly TemplateFile[];
}
