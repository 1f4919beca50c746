/** Findings as the engine keeps them: places are counted from the start of the part, so that edits elsewhere don't move them. */
import type { Before, Finding } from './finding';
import type { Problem, Report, Rule, Severity } from './rule';
import type { Spec } from './spec';
import type { Fix } from './rule';
import type { Span, TreeNode, Unit } from './tree';

export interface Told extends Span {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** The part of the document that `start` and `end` are counted in. */
  readonly unit: Pick<Unit, 'start'>;
  readonly at: TreeNode | undefined;
  readonly fix?: Fix;
  readonly before?: Before;
  /** Whether the rule looks at the whole document, so that it is not to be trusted while a part is broken. */
  readonly isOfWhole: boolean;
}

/** Takes what one rule reports. */
export class Telling {
  readonly told: Told[] = [];
  /** The node that the rule looks at: what it would say of another file is said here. */
  here: TreeNode | undefined;
  readonly #rule: Rule;
  readonly #severity: Severity;
  readonly #spec: Spec;

  constructor({ rule, severity }: { readonly rule: Rule; readonly severity: Severity }, spec: Spec) {
    this.#rule = rule;
    this.#severity = severity;
    this.#spec = spec;
  }

  readonly report: Report = (problem) => {
    this.#add(problem, this.#severity);
  };

  fail(node: TreeNode, why: string): void {
    const message = `The rule ${this.#rule.id} failed here and did not finish, which is a bug of Servicewright: ${why}`;
    this.#add({ at: node, message }, 'warning');
  }

  #add(said: Problem, severity: Severity): void {
    const isHere = this.here === undefined || this.#spec.owns(said.at);
    const problem: Problem = isHere ? said : { at: this.here ?? said.at, message: said.message };
    const { at, message, fix } = problem;
    const unit = at.unit;
    const span = spanOf(problem, this.#spec);
    this.told.push({
      rule: this.#rule.id,
      severity,
      message,
      unit,
      start: span.start - unit.start,
      end: span.end - unit.start,
      at,
      isOfWhole: this.#rule.wholeDocument === true,
      ...(fix === undefined ? {} : { fix }),
    });
  }
}

/** What to underline: never more than a line, never the whole of an object. */
function spanOf({ at, on = 'key' }: Problem, spec: Spec): Span {
  if (typeof on === 'object') return on;
  const keys = [at.keySpan, at.kind === 'map' ? at.children[0]?.keySpan : undefined];
  const span = (on === 'key' ? keys.find((one) => one !== undefined) : undefined) ?? at;
  const { lines } = spec.source;
  return {
    start: span.start,
    end: Math.max(span.start, Math.min(span.end, lines.endOf(lines.lineOf(span.start)))),
  };
}

const startOf = (told: Told): number => told.unit.start + told.start;

/** In the order of the text. */
export function inOrder(told: readonly Told[]): readonly Told[] {
  return told.toSorted(
    (a, b) =>
      startOf(a) - startOf(b) || a.unit.start + a.end - (b.unit.start + b.end) || (a.rule < b.rule ? -1 : 1),
  );
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
