/** What is known of the parts of a document: which rules look at what, and what each found in a part and asked for that. */
import type { Chunk } from './chunk';
import type { OptionValues } from './option';
import type { Cell } from './question';
import type { Rule, Severity, Visit } from './rule';
import { severities } from './rule';
import { SpineNode } from './spine';
import type { Told } from './told';
import { inOrder } from './told';
import type { TreeNode } from './tree';
import type { VisitType } from './visits';
import { visitTypes } from './visits';
import type { View } from './walk';

export interface Active {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly values: OptionValues;
}

/** What one rule does with nodes of one type. */
export interface Task {
  readonly active: Active;
  readonly type: VisitType;
  readonly visit: NonNullable<Visit[VisitType]>;
}

type Visits = readonly (readonly [VisitType, Task['visit']])[];
const visits = new WeakMap<Rule, Visits>();

/** What a rule visits, looked up once: rules are checked against many documents. */
function visitsOf(rule: Rule): Visits {
  const known = visits.get(rule);
  if (known !== undefined) return known;
  const found = visitTypes.flatMap((type) => {
    const visit = rule.visit[type];
    return visit === undefined ? [] : [[type, visit] as const];
  });
  visits.set(rule, found);
  return found;
}

export function tasksOf(active: readonly Active[]): ReadonlyMap<VisitType, readonly Task[]> {
  const found = new Map<VisitType, Task[]>();
  for (const one of active)
    for (const [type, visit] of visitsOf(one.rule)) {
      const tasks = found.get(type);
      if (tasks === undefined) found.set(type, [{ active: one, type, visit }]);
      else tasks.push({ active: one, type, visit });
    }
  return found;
}

/** What one rule said of one part, and what it asked for that beyond the part. */
export interface Linked {
  readonly task: Task;
  cell: Cell<readonly Told[]>;
}

/** What is known of one part: what holds as long as its text does, and what other parts may change. */
export interface Known {
  readonly view: View;
  readonly own: readonly Told[];
  readonly linked: readonly Linked[];
  /** What both say of the part itself, in the order of the text; and what they say of others. */
  home: Graded;
  far: readonly Told[];
  /** All that was asked for the linked ones, together: mostly none of it has changed. */
  asked: Cell<undefined>;
}

/** Findings in the order of the text, how grave each is, and how many there are of each grade. */
export interface Graded {
  readonly told: readonly Told[];
  readonly grades: Uint8Array;
  readonly counts: readonly number[];
}

/** Severities as numbers: their places in `severities`. */
const gradeOf: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2, hint: 3 };

/** So many severities there are. */
export const gradeCount = severities.length;

const nothing: readonly Told[] = [];
const noneGraded: Graded = { told: nothing, grades: new Uint8Array(0), counts: severities.map(() => 0) };

export function gradedOf(told: readonly Told[]): Graded {
  if (told.length === 0) return noneGraded;
  const grades = new Uint8Array(told.length);
  const counts = severities.map(() => 0);
  for (let at = 0; at < grades.length; at += 1) {
    const grade = gradeOf[told[at]?.severity ?? 'hint'];
    grades[at] = grade;
    counts[grade] = (counts[grade] ?? 0) + 1;
  }
  return { told, grades, counts };
}

/** All that is known of a part, in the order of the text: so the order of the whole costs little. */
export function together(
  { unit }: View,
  own: readonly Told[],
  linked: readonly Linked[],
): Pick<Known, 'home' | 'far'> {
  const home: Told[] = [];
  const far: Told[] = [];
  for (const one of own) (one.unit === unit ? home : far).push(one);
  for (const { cell } of linked) for (const one of cell.value) (one.unit === unit ? home : far).push(one);
  const ordered = home.length === 0 ? noneGraded : gradedOf(inOrder(home));
  return { home: ordered, far: far.length === 0 ? nothing : far };
}

/** What holds while a part of the document is broken: of a map with something broken in it nothing. */
export function partly(known: Known): readonly Known[] {
  const { unit } = known.view;
  if (unit instanceof SpineNode && !unit.isSound) return [];
  const holds = (one: Told): boolean => !one.isOfWhole;
  return [{ ...known, home: gradedOf(known.home.told.filter(holds)), far: known.far.filter(holds) }];
}

/** Nodes of a part that are sure to be what they seem. */
export function certain(nodes: readonly TreeNode[], view: View): readonly TreeNode[] {
  const { unit } = view;
  if (unit instanceof SpineNode || unit.broken.length === 0) return nodes;
  return nodes.filter((node) => isCertain(node, unit));
}

/** Where the text is broken the tree may be wrong, so what holds such a place, or lies in it, is not judged. */
function isCertain(node: TreeNode, unit: Chunk): boolean {
  const from = (node.keySpan?.start ?? node.start) - unit.start;
  const until = node.end - unit.start;
  return unit.broken.every(({ start, end }) => until <= start || from >= end);
}
