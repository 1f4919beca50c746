import { messageOf } from '../base/errors';
import type { Finding } from './finding';
import type { Problem, Rule, Severity, Visit } from './rule';
import { nodeTypes } from './shapes';
import { allRules } from './rules/index.gen';
import type { Spec } from './spec';
import { specSteps } from './spec';
import type { Steps } from './steps';
import { finish } from './steps';
import type { Span, TreeNode } from './tree';

/** The rule under which texts that can't be read are reported. */
export const syntaxRule = 'syntax';

export type Level = Severity | 'off';

export interface CheckOptions {
  /** The rules to run; those of the preset `recommended` when not given. */
  readonly rules?: readonly Rule[];
  /** Severities by rule id. One that is not `off` also adds a rule that would not run. */
  readonly severities?: Readonly<Record<string, Level>>;
}

const stepEvery = 512;

/** Checks a text or a read document; a text that is no API description has no findings. */
export function checkSpec(source: string | Spec, options: CheckOptions = {}): readonly Finding[] {
  const spec = typeof source === 'string' ? finish(specSteps(source)) : source;
  return spec === undefined ? [] : finish(checkSteps(spec, options));
}

/** Runs the rules; findings come in the order of the text. */
export function* checkSteps(spec: Spec, options: CheckOptions = {}): Steps<readonly Finding[]> {
  const collector = new Collector(spec);
  const active = activeRules(options);
  const { problem, certainUntil } = spec.source;
  for (const { rule, severity } of active) {
    if (rule.id === syntaxRule && problem) collector.addSyntax(severity, problem.message, problem);
    // Behind a syntax error the tree may be wrong, so only what ends before it is judged, by rules that look no further.
    if (certainUntil !== Infinity && rule.wholeDocument === true) continue;
    yield* runSteps(rule, severity, collector);
  }
  return collector.findings.toSorted(
    (a, b) => a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : 1),
  );
}

interface Active {
  readonly rule: Rule;
  readonly severity: Severity;
}

function activeRules({ rules, severities = {} }: CheckOptions): readonly Active[] {
  return (rules ?? allRules).flatMap((rule) => {
    const isOn = rules !== undefined || rule.presets.includes('recommended');
    const own = Object.hasOwn(severities, rule.id) ? severities[rule.id] : undefined;
    const level = own ?? (isOn ? rule.severity : 'off');
    return level === 'off' ? [] : [{ rule, severity: level }];
  });
}

function* runSteps(rule: Rule, severity: Severity, collector: Collector): Steps<void> {
  const { spec } = collector;
  let count = 0;
  for (const [type, visit] of visitsOf(rule.visit)) {
    for (const node of nodesOf(spec, type)) {
      if (node.end > spec.source.certainUntil) continue;
      try {
        visit(node, (problem) => collector.add(rule, severity, problem), spec);
      } catch (error) {
        // A broken rule is a finding of its own, not the end of the check.
        collector.addFailure(rule, node, error);
        return;
      }
      count += 1;
      if (count % stepEvery === 0) yield;
    }
  }
}

type VisitType = keyof Visit;

const visitTypes: readonly VisitType[] = [...nodeTypes, 'ref', 'map'];

function visitsOf(visit: Visit): readonly (readonly [VisitType, NonNullable<Visit[VisitType]>])[] {
  return visitTypes.flatMap((type) => {
    const found = visit[type];
    return found === undefined ? [] : [[type, found] as const];
  });
}

function nodesOf(spec: Spec, type: VisitType): readonly TreeNode[] {
  if (type === 'ref') return spec.refs;
  return type === 'map' ? spec.maps : spec.nodes(type);
}

class Collector {
  readonly spec: Spec;
  readonly findings: Finding[] = [];

  constructor(spec: Spec) {
    this.spec = spec;
  }

  add(rule: Rule, severity: Severity, problem: Problem): void {
    this.#push({
      rule: rule.id,
      severity,
      message: problem.message,
      span: spanOf(problem, this.spec),
      path: problem.at.path,
      ...(problem.fix === undefined ? {} : { fix: problem.fix }),
    });
  }

  addSyntax(severity: Severity, message: string, span: Span): void {
    this.#push({ rule: syntaxRule, severity, message, span: { start: span.start, end: span.end }, path: [] });
  }

  addFailure(rule: Rule, node: TreeNode, error: unknown): void {
    this.#push({
      rule: rule.id,
      severity: 'warning',
      message: `The rule ${rule.id} failed here and did not finish, which is a bug of Servicewright: ${messageOf(error)}`,
      span: spanOf({ at: node, message: '' }, this.spec),
      path: node.path,
    });
  }

  #push(finding: Omit<Finding, 'range'>): void {
    this.findings.push({ ...finding, range: this.spec.source.lines.rangeOf(finding.span) });
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
