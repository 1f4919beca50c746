/** Findings as the engine keeps them: places are counted from the start of the part, so that edits elsewhere don't move them. */
import type { Range } from '../base/text';
import { entranceTo } from './entrance';
import type { Before, Finding } from './finding';
import type { Problem, Report, Rule, Severity } from './rule';
import type { Spec } from './spec';
import type { Fix } from './rule';
import { SpineNode } from './spine';
import { column, form, width } from './table';
import type { PathSegment, Span, TreeNode, Unit } from './tree';

export interface Told extends Span {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** The part of the document that `start` and `end` are counted in. */
  readonly unit: Pick<Unit, 'start'>;
  readonly at: TreeNode | undefined;
  readonly fix?: Fix | undefined;
  readonly before?: Before;
  /** Whether the rule looks at the whole document, so that it is not to be trusted while a part is broken. */
  readonly isOfWhole: boolean;
}

/** Takes what the rules report, one rule after the other. */
export class Telling {
  /** The node that the rule looks at: what it would say of another file is said here. */
  here: TreeNode | undefined;
  readonly #spec: Spec;
  #rule: Rule | undefined;
  #severity: Severity = 'warning';
  #told: Told[] = [];

  constructor(spec: Spec) {
    this.#spec = spec;
  }

  /** From here on it is this rule that reports. */
  start({ rule, severity }: { readonly rule: Rule; readonly severity: Severity }): void {
    this.#rule = rule;
    this.#severity = severity;
  }

  /** What was reported since `start`. */
  take(): readonly Told[] {
    if (this.#told.length === 0) return nothing;
    const told = this.#told;
    this.#told = [];
    return told;
  }

  readonly report: Report = (problem) => {
    this.#add(problem, this.#severity);
  };

  fail(node: TreeNode, why: string): void {
    const message = `The rule ${this.#rule?.id} failed here and did not finish, which is a bug of Servicewright: ${why}`;
    this.#add({ at: node, message }, 'warning');
  }

  /** What stands in another file is told of where this one leads there. */
  #placed(said: Problem): Problem {
    if (this.here === undefined || this.#spec.owns(said.at)) return said;
    // A rule that looks at one node means that; one that looks at all of the document says nothing by it.
    const isAll = this.here.parent === undefined;
    const entrance = isAll ? entranceTo(said.at, this.#spec) : undefined;
    return { at: entrance ?? this.here, on: entrance ? 'value' : 'key', message: said.message };
  }

  #add(said: Problem, severity: Severity): void {
    const problem = this.#placed(said);
    const { at, message, fix } = problem;
    const { unit } = at;
    const { start, end } = spanOf(problem, this.#spec);
    this.#told.push({
      rule: this.#rule?.id ?? '',
      severity,
      message,
      unit,
      start,
      end,
      at,
      isOfWhole: this.#rule?.wholeDocument === true,
      fix,
    });
  }
}

const nothing: readonly Told[] = [];

/** What to underline, counted from the start of the unit: never more than a line, never the whole of an object. */
function spanOf({ at, on = 'key' }: Problem, spec: Spec): Span {
  const { unit } = at;
  if (typeof on === 'object') return { start: on.start - unit.start, end: on.end - unit.start };
  if (at instanceof SpineNode) return spanOfSpine(at, on, spec);
  const { rows, text } = at.table;
  let from = at.row * width;
  let which: number = column.start;
  if (on === 'key' && hasKey(rows, from)) which = column.keyStart;
  else if (on === 'key' && (rows[from] ?? 0) <= form.flowMap && hasFirst(rows, from)) {
    from += width;
    which = column.keyStart;
  }
  return spanIn(text, rows, from, which);
}

/** The span that starts in a column of the row at `from`; the column behind says where it ends. */
function spanIn(text: string, rows: Int32Array, from: number, which: number): Span {
  const start = rows[from + which] ?? 0;
  const end = endOfLine(text, start, rows[from + which + 1] ?? start);
  return end > start ? { start, end } : spanOfNothing(text, start, rows, from);
}

/** A value that is left out: its key is underlined, or the mark before it. */
function spanOfNothing(text: string, at: number, rows: Int32Array, from: number): Span {
  const [keyStart, keyEnd] = [rows[from + column.keyStart] ?? -1, rows[from + column.keyEnd] ?? -1];
  if (keyStart >= 0 && keyEnd > keyStart) return { start: keyStart, end: endOfLine(text, keyStart, keyEnd) };
  const mark = text.slice(0, at).trimEnd().length;
  return mark > 0 ? { start: mark - 1, end: mark } : { start: at, end: at };
}

const hasKey = (rows: Int32Array, from: number): boolean => (rows[from + column.keyStart] ?? -1) >= 0;

/** Whether a map has an entry, and that a key. */
const hasFirst = (rows: Int32Array, from: number): boolean =>
  (rows[from + column.next] ?? 0) > from / width + 1 && hasKey(rows, from + width);

/** `end`, or where the line ends before it. */
function endOfLine(text: string, start: number, end: number): number {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d) return at;
  }
  return Math.max(start, end);
}

function spanOfSpine(at: SpineNode, on: 'key' | 'value', spec: Spec): Span {
  const keys = on === 'key' ? [at.keySpan, at.entries[0]?.keySpan] : [];
  const { start, end } = keys.find((one) => one !== undefined) ?? at;
  const { lines } = spec.source;
  const until = Math.max(start, Math.min(end, lines.endOf(lines.lineOf(start))));
  return { start: start - at.unit.start, end: until - at.unit.start };
}

/** Where it starts in the document, at present. */
export const startOf = (told: Told): number => told.unit.start + told.start;

const compare = (a: Told, b: Told): number =>
  startOf(a) - startOf(b) || a.unit.start + a.end - (b.unit.start + b.end) || (a.rule < b.rule ? -1 : 1);

/** In the order of the text. */
export function inOrder(told: readonly Told[]): readonly Told[] {
  return told.length < 2 ? told : told.toSorted(compare);
}

/** Two lists in the order of the text as one; few of the second are to be put in. */
export function merged(many: readonly Told[], few: readonly Told[]): readonly Told[] {
  if (few.length === 0) return many;
  const all: Told[] = [];
  let from = 0;
  for (const one of few) {
    let [low, high] = [from, many.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = many[middle];
      if (other !== undefined && compare(other, one) <= 0) low = middle + 1;
      else high = middle;
    }
    for (; from < low; from += 1) push(all, many[from]);
    all.push(one);
  }
  for (; from < many.length; from += 1) push(all, many[from]);
  return all;
}

function push(all: Told[], one: Told | undefined): void {
  if (one !== undefined) all.push(one);
}

/** A finding that looks for its place when it is asked: of very many findings most are asked for their line alone, or for nothing. */
export class LazyFinding implements Finding {
  readonly #told: Told;
  readonly #spec: Spec;

  constructor(told: Told, spec: Spec) {
    this.#told = told;
    this.#spec = spec;
  }

  get rule(): string {
    return this.#told.rule;
  }

  get severity(): Severity {
    return this.#told.severity;
  }

  get message(): string {
    return this.#told.message;
  }

  get span(): Span {
    return { start: startOf(this.#told), end: this.#told.unit.start + this.#told.end };
  }

  get range(): Range {
    return this.#spec.source.lines.rangeOf(this.span);
  }

  get path(): readonly PathSegment[] {
    return this.#told.at?.path ?? [];
  }

  get fix(): Fix | undefined {
    return this.#told.fix;
  }

  get before(): Before | undefined {
    return this.#told.before;
  }
}

/** Each finding once, though it was found in more than one way. */
export function distinct(all: readonly Told[]): readonly Told[] {
  const seen = new Set<string>();
  return all.filter((one) => {
    const key = [one.rule, startOf(one), one.end - one.start, one.message].join(' ');
    return seen.size !== seen.add(key).size;
  });
}

/** The finding as every host sees it, at its present place. */
export function findingOf(told: Told, spec: Spec): Finding {
  const { rule, severity, message, fix, at, before } = told;
  const span = { start: startOf(told), end: told.unit.start + told.end };
  return {
    rule,
    severity,
    message,
    span,
    range: spec.source.lines.rangeOf(span),
    path: at?.path ?? [],
    ...(fix === undefined ? {} : { fix }),
    ...(before === undefined ? {} : { before }),
  };
}
