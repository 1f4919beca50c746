/** A rule made of given and then, as it runs. */
import type { SpecVersion } from '../detect';
import { formatPointer } from '../pointer';
import type { Problem, Report, Rule, Severity } from '../rule';
import { defineRule, severities } from '../rule';
import type { Spec } from '../spec';
import type { TreeNode } from '../tree';
import type { Ask, Asking, Fault, Question, Subject } from './functions';
import type { Step } from './path';
import { fieldNames, parsePath } from './path';
import type { Target, Trail } from './select';
import { pathOf, select } from './select';

/** What must hold for each value. */
export interface Then {
  /** Steps from the value to what is asked; `keys` asks each key of a map. */
  readonly field: readonly Step[] | 'keys';
  /** For messages, when the field is not there. */
  readonly fieldName: string | undefined;
  readonly ask: Ask;
}

/** Where to look. */
export interface Given {
  readonly steps: readonly Step[];
  /** Undefined for all. */
  readonly versions: ReadonlySet<SpecVersion> | undefined;
}

export interface Declared {
  readonly id: string;
  readonly summary: string;
  readonly why: string;
  /** As it is written; undefined when it is not. */
  readonly description: string | undefined;
  readonly severity: Severity;
  /** What a finding says; undefined says what the function says. */
  readonly message: string | undefined;
  readonly given: readonly Given[];
  readonly then: readonly Then[];
  readonly isResolved: boolean;
  /** Undefined for all. */
  readonly versions: ReadonlySet<SpecVersion> | undefined;
  readonly source: { readonly guideline: string; readonly url?: string | undefined };
  readonly documentation?: string | undefined;
}

/** The steps of a field: `a.b[0]`, `$.a[*]`, or `@key`. Throws a SyntaxError. */
export function fieldOf(field: string | undefined): Then['field'] {
  if (field === undefined) return [];
  if (field === '@key') return 'keys';
  if (field.startsWith('$')) return parsePath(field);
  return fieldNames(field).map((name) => ({ kind: 'names', names: [name] }));
}

/** Finds the values once more whenever anything of the document has changed. */
export function declaredRule(declared: Declared): Rule {
  const { id, summary, why, severity, source } = declared;
  return defineRule({
    id,
    summary,
    why,
    severity,
    source: { guideline: source.guideline, ...(source.url === undefined ? {} : { url: source.url }) },
    presets: [],
    bad: '',
    good: '',
    wholeDocument: true,
    visit: { document: (root, report, spec) => run(declared, { root, report, spec }) },
  });
}

interface Run {
  readonly root: TreeNode;
  readonly report: Report;
  readonly spec: Spec;
}

function run(declared: Declared, { report, spec }: Run): void {
  const { versions, given, isResolved } = declared;
  if (versions?.has(spec.version) === false) return;
  // Whatever changes, the rule is asked again: it may have looked anywhere.
  if (spec.views.length === 0) return;
  const meant = given.filter((one) => one.versions?.has(spec.version) !== false);
  const all = meant.flatMap(({ steps }) =>
    select(spec.root, steps, { spec, isResolved }).flatMap((target) => asksOf(declared, target, spec)),
  );
  for (const then of declared.then)
    then.ask.ahead?.(
      spec,
      all.filter((one) => one.then === then),
    );
  const told = new Set<string>();
  for (const one of all)
    for (const problem of problemsOf(declared, one)) {
      const key = `${problem.at.unit.start + problem.at.row} ${problem.message}`;
      if (told.has(key)) continue;
      told.add(key);
      report(problem);
    }
}

interface Asked extends Found, Question {
  readonly then: Then;
}

/** What is asked of a target. */
function asksOf(declared: Declared, target: Target, spec: Spec): readonly Asked[] {
  return declared.then.flatMap((then) =>
    subjectsOf(then, target, { spec, isResolved: declared.isResolved }).map((found) => ({
      ...found,
      then,
      asking: askingOf(declared, found, spec),
    })),
  );
}

function problemsOf(declared: Declared, asked: Asked): readonly Problem[] {
  return asked.then.ask(asked.subject, asked.asking).map((fault): Problem => {
    const at = fault.at === undefined ? asked.at : written(fault.at, asked.subject.follow);
    return { at, message: messageOf(declared, { ...asked, ...fault, at }) };
  });
}

function askingOf(declared: Declared, { trail }: Found, spec: Spec): Asking {
  const { id, summary, message = null, severity, isResolved } = declared;
  const rule = {
    name: id,
    description: summary,
    message,
    severity: severities.indexOf(severity),
    resolved: isResolved,
  };
  return { spec, isResolved, path: () => pathOf(trail), rule };
}

interface Found {
  readonly subject: Subject;
  readonly at: TreeNode;
  readonly property: string;
  readonly trail: Trail | undefined;
}

type Looking = Parameters<typeof select>[2];

function subjectsOf({ field, fieldName }: Then, target: Target, looking: Looking): readonly Found[] {
  const follow = followOf(looking);
  const { node, isKey, property, trail } = target;
  if (isKey || (field === 'keys' && follow(node).kind !== 'scalar')) {
    const keyed = isKey ? [node] : follow(node).children;
    return keyed.map((one, at) => {
      const key = one.key ?? (isKey ? property : String(at));
      return {
        subject: { node: one, scalar: key, follow },
        at: one,
        property: key,
        trail: isKey ? trail : { up: trail, segment: one.key ?? at },
      };
    });
  }
  // A field of what has none is the value itself.
  if (field === 'keys' || field.length === 0 || follow(node).kind === 'scalar')
    return [{ subject: subjectOf(node, follow), at: written(node, follow), property, trail }];
  const found = select(node, fieldIn(follow(node), { field, fieldName }), { ...looking, trail });
  if (found.length === 0)
    return [
      {
        subject: { node: undefined, scalar: undefined, follow },
        at: written(deepest(node, field, looking), follow),
        property: fieldName ?? property,
        trail: fieldName === undefined ? trail : { up: trail, segment: fieldName },
      },
    ];
  return found.map((one) => ({
    subject: subjectOf(one.node, follow),
    at: written(one.node, follow),
    property: one.property,
    trail: one.trail,
  }));
}

/** A name with dots in it, such as that of a media type, may be one key. */
function fieldIn(holder: TreeNode, { field, fieldName = '' }: Field): readonly Step[] {
  return holder.get(fieldName) === undefined ? field : [{ kind: 'names', names: [fieldName] }];
}

interface Field {
  readonly field: readonly Step[];
  readonly fieldName: string | undefined;
}

/** How far the steps of a field lead that leads nowhere: of `401.content` to `401`, where that is there. */
function deepest(node: TreeNode, field: readonly Step[], looking: Looking): TreeNode {
  for (let count = field.length - 1; count > 0; count -= 1) {
    const [one] = select(node, field.slice(0, count), looking);
    if (one !== undefined) return one.node;
  }
  return node;
}

function followOf({ spec, isResolved }: Looking): Subject['follow'] {
  return (node) => (isResolved ? (spec.deref(node) ?? node.actual) : node.actual);
}

/** Where a value is written: behind a `$ref`, not at it. */
function written(node: TreeNode, follow: Subject['follow']): TreeNode {
  const behind = follow(node);
  return behind === node.actual ? node : behind;
}

function subjectOf(node: TreeNode, follow: Subject['follow']): Subject {
  const behind = follow(node);
  return { node, scalar: behind.kind === 'scalar' ? behind.value : undefined, follow };
}

type Words = Pick<Found, 'subject' | 'at' | 'property'> & Pick<Fault, 'why' | 'isSentence'>;

function messageOf({ message, summary, description = '' }: Declared, words: Words): string {
  const { why, at, property, subject, isSentence = false } = words;
  const of = isSentence || property === '' ? '' : `\`${property}\`, `;
  const text = message ?? `${summary.replace(/[.!?]$/, '')}: ${of}${why}${isSentence ? '' : '.'}`;
  const value = printed(subject);
  const known: Readonly<Record<string, () => string>> = {
    error: () => why,
    property: () => property,
    value: () => value,
    path: () => `#${formatPointer(at.path.map(String))}`,
    description: () => description,
  };
  return text.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) =>
    Object.hasOwn(known, name) ? (known[name]?.() ?? whole) : whole,
  );
}

/** A value in a message: maps and lists by what they are. */
function printed({ node, scalar, follow }: Subject): string {
  if (scalar !== undefined || node === undefined) return scalar === undefined ? '' : String(scalar);
  return follow(node).kind === 'list' ? 'Array[]' : 'Object{}';
}
