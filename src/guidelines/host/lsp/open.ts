import type { TextDocumentContentChangeEvent } from 'vscode-languageserver-protocol';
import { TextDocumentContentChangeEvent as ChangeEvent } from 'vscode-languageserver-protocol';
import { looksLikeSpec } from '../../detect';
import type { CheckOptions } from '../../engine';
import { Check } from '../../engine';
import { Spec } from '../../spec';
import type { Steps } from '../../steps';
import type { Told } from '../../told';

/** What is known of one version of a document. */
export interface Checked {
  readonly document: OpenDocument;
  readonly version: number;
  /** Undefined when the document is no API description. */
  readonly spec: Spec | undefined;
  readonly told: readonly Told[];
}

/** A document while it is open: its text, which takes edits as they come, and what has been found in it. */
export class OpenDocument {
  /** No two that were ever open have the same. */
  readonly id: number;
  readonly uri: string;
  version: number;
  /** Where somebody typed last. */
  cursor = 0;
  readonly #spec: Spec;
  #check: { readonly options: CheckOptions; readonly check: Check } | undefined;
  #isSpec = false;

  constructor(id: number, { uri, version, text }: { uri: string; version: number; text: string }) {
    this.id = id;
    this.uri = uri;
    this.version = version;
    this.#spec = new Spec(text);
  }

  get text(): string {
    return this.#spec.text;
  }

  change(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    const { source } = this.#spec;
    for (const change of changes) {
      const { text } = change;
      const isPart = ChangeEvent.isIncremental(change);
      const start = isPart ? source.lines.offsetAt(change.range.start) : 0;
      const end = isPart ? source.lines.offsetAt(change.range.end) : source.length;
      source.edit({ start: Math.min(start, end), end: Math.max(start, end), text });
      this.cursor = start + text.length;
    }
    this.version = version;
  }

  /** Brings what is known up to date. Can be broken off, and goes on from there when it is begun again. */
  *checkSteps(options: CheckOptions): Steps<Checked> {
    const { version } = this;
    const spec = this.#spec;
    // A quick look spares the reading of other files.
    this.#isSpec = (this.#isSpec || looksLikeSpec(spec.text)) && (yield* spec.updateSteps());
    if (!this.#isSpec) return { document: this, version, spec: undefined, told: [] };
    if (this.#check?.options !== options) this.#check = { options, check: new Check(spec, options) };
    return { document: this, version, spec, told: yield* this.#check.check.steps() };
  }
}
