import type { Position, TextDocumentContentChangeEvent } from 'vscode-languageserver-protocol';
import { TextDocumentContentChangeEvent as ChangeEvent } from 'vscode-languageserver-protocol';
import type { CodeAccess } from '../../code/functions';
import type { ConfigProblem } from '../../config/text';
import { looksLikeSpec } from '../../detect';
import type { CheckOptions } from '../../engine';
import { Check, optionsIn } from '../../engine';
import type { Change } from '../../document';
import { Gathered } from '../../gathered';
import type { Rule, Severity } from '../../rule';
import type { Spec } from '../../spec';
import type { Steps } from '../../steps';
import { finish } from '../../steps';
import type { Told } from '../../told';
import { distinct, inOrder } from '../../told';
import type { Unit } from '../../tree';

/** What is known of one version of a document. */
export interface Checked {
  readonly document: OpenDocument;
  readonly version: number;
  /** Undefined when the document is no API description. */
  readonly spec: Spec | undefined;
  readonly told: Gathered;
  /** Whether this is only what stands around the cursor, told ahead of the rest. */
  readonly isEarly?: true;
}

/** In shorter texts everything is found before somebody waits. */
const longText = 500_000;
/** How far from the cursor is looked first, in UTF-16 code units, some screens; and farther when nothing is to be told there. */
const reach = 40_000;
/** What may be many more than are shown comes with the rest: of these, those that are told ahead would go again. */
const grave: ReadonlySet<Severity> = new Set(['error', 'warning']);

/** A document while it is open: its text, which takes edits as they come, and what has been found in it. */
export class OpenDocument {
  /** No two that were ever open have the same. */
  readonly id: number;
  readonly uri: string;
  version: number;
  /** Where somebody typed last. */
  cursor = 0;
  readonly #spec: Spec;
  #isChecked = false;
  #check: { readonly options: CheckOptions; readonly check: Check } | undefined;
  #isSpec = false;
  /** What the last comparison of each description with its older version found here; it moves with the text until the next. */
  readonly #breaking = new Map<string, readonly Told[]>();

  constructor(id: number, { uri, version }: { uri: string; version: number }, spec: Spec) {
    this.id = id;
    this.uri = uri;
    this.version = version;
    this.#spec = spec;
  }

  get text(): string {
    return this.#spec.text;
  }

  /** What stands in a line before a place. */
  lineBefore({ line, character }: Position): string {
    const { lines } = this.#spec.source;
    return this.#spec.source.slice(
      lines.offsetAt({ line, character: 0 }),
      lines.offsetAt({ line, character }),
    );
  }

  /** The description, or part of one, without any findings; undefined when it is none. */
  read(): Spec | undefined {
    const spec = this.#spec;
    this.#isSpec = (this.#isSpec || looksLikeSpec(spec.text)) && finish(spec.updateSteps());
    return this.#isSpec || spec.isPart ? spec : undefined;
  }

  holds(spec: Spec): boolean {
    return this.#spec === spec;
  }

  /** What went wrong with functions of rule sets when this was checked last. */
  faultsOf(code: CodeAccess): readonly ConfigProblem[] {
    return typeof code === 'string' ? [] : code.faultsOf(this.#spec);
  }

  /** How grave the findings of a rule are; undefined when it is off, or nothing was checked yet. */
  severityOf(rule: Rule): Severity | undefined {
    return this.#check?.check.severityOf(rule);
  }

  /** Takes what a comparison of a description found here; gives whether that is something else than before. */
  breaks(description: string, told: readonly Told[]): boolean {
    const before = this.#broken();
    if (told.length === 0) this.#breaking.delete(description);
    else this.#breaking.set(description, told.map(settled));
    return JSON.stringify(before.map(factsOf)) !== JSON.stringify(this.#broken().map(factsOf));
  }

  /** What two descriptions lead to is told once. */
  #broken(): readonly Told[] {
    return distinct([...this.#breaking.values()].flat());
  }

  change(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    const { source } = this.#spec;
    for (const change of changes) {
      const { text } = change;
      const isPart = ChangeEvent.isIncremental(change);
      const start = isPart ? source.lines.offsetAt(change.range.start) : 0;
      const end = isPart ? source.lines.offsetAt(change.range.end) : source.length;
      const edit = { start: Math.min(start, end), end: Math.max(start, end), text };
      source.edit(edit);
      for (const [description, told] of this.#breaking) this.#breaking.set(description, movedBy(edit, told));
      this.cursor = start + text.length;
    }
    this.version = version;
  }

  /**
   * Brings what is known up to date. Can be broken off, and goes on from there when it is begun again. Of a long text that was not
   * checked before, `tell` gets what stands around the cursor as soon as it is known.
   */
  *checkSteps(options: CheckOptions, tell: (early: Checked) => void): Steps<Checked> {
    const { version } = this;
    const spec = this.#spec;
    // A quick look spares the reading of other files.
    this.#isSpec = (this.#isSpec || looksLikeSpec(spec.text)) && (yield* spec.updateSteps());
    if (!this.#isSpec && !spec.isPart)
      return { document: this, version, spec: undefined, told: Gathered.of([]) };
    const own = optionsIn(options, spec.version);
    if (this.#check?.options !== own) this.#check = { options: own, check: new Check(spec, own) };
    const { check } = this.#check;
    if (!this.#isChecked && spec.source.length > longText) {
      const told = inOrder(yield* check.around(this.cursor, reach, ({ severity }) => grave.has(severity)));
      if (told.length > 0) tell({ document: this, version, spec, told: Gathered.of(told), isEarly: true });
      yield;
    }
    check.also = this.#broken();
    const told = yield* check.steps();
    this.#isChecked = true;
    return { document: this, version, spec, told };
  }
}

/** Counted from the start of the document. */
const everything: Pick<Unit, 'start'> = { start: 0 };

function settled(told: Told): Told {
  const { unit, start, end } = told;
  return { ...told, unit: everything, start: unit.start + start, end: unit.start + end };
}

const factsOf = ({ rule, severity, message, start, end, before }: Told): readonly unknown[] => [
  rule,
  severity,
  message,
  start,
  end,
  before,
];

/** Findings where they are after an edit; those in what was replaced go. */
function movedBy({ start, end, text }: Change, told: readonly Told[]): readonly Told[] {
  const by = text.length - (end - start);
  return told.flatMap((one) => {
    if (one.end <= start) return [one];
    if (one.start >= end) return [{ ...one, start: one.start + by, end: one.end + by }];
    return one.start <= start && end <= one.end ? [{ ...one, end: one.end + by }] : [];
  });
}
