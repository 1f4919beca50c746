import { messageOf } from '../base/errors';
import type { Chunk } from './chunk';
import type { Ignore } from './config/layer';
import type { Finding } from './finding';
import { OptionValues } from './option';
import type { Cell, Question } from './question';
import { isStale } from './question';
import type { Rule, Severity, Visit } from './rule';
import { allRules } from './rules/index.gen';
import type { Spec } from './spec';
import { specSteps } from './spec';
import { SpineNode } from './spine';
import type { Steps } from './steps';
import { finish } from './steps';
import { Silence, suppressionRule } from './suppress/silence';
import type { Told } from './told';
import { Telling, findingOf, inOrder } from './told';
import type { TreeNode } from './tree';
import type { View, VisitType } from './walk';
import { visitTypes } from './walk';

/** The rule under which texts that can't be read are reported. */
export const syntaxRule = 'syntax';

export type Level = Severity | 'off';

export interface CheckOptions {
  /** The rules to run; those of the preset `recommended` when not given. */
  readonly rules?: readonly Rule[];
  /** Severities by rule id. One that is not `off` also adds a rule that would not run. */
  readonly severities?: Readonly<Record<string, Level>>;
  /** Options by rule id and name; what is not said has its default. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Findings to leave out, for this document. */
  readonly ignores?: readonly Ignore[];
  /** What is to be told of the configuration itself, at the top of the document. */
  readonly notes?: readonly Note[];
  /** Rules that there are beside those of the product, on or off. */
  readonly custom?: readonly Rule[];
  /** Milliseconds of any steady clock: with it, what each rule costs is counted. */
  readonly now?: () => number;
}

/** Something that is told of the configuration. */
export interface Note {
  readonly severity: Severity;
  readonly message: string;
}

/** The rule under which the configuration is told of. */
export const configurationRule = 'configuration';

/** Checks a text or a read document; a text that is no API description has no findings. */
export function checkSpec(source: string | Spec, options: CheckOptions = {}): readonly Finding[] {
  const spec = typeof source === 'string' ? finish(specSteps(source)) : source;
  return spec === undefined ? [] : finish(checkSteps(spec, options));
}

/** Runs the rules; findings come in the order of the text. */
export function* checkSteps(spec: Spec, options: CheckOptions = {}): Steps<readonly Finding[]> {
  const told = yield* new Check(spec, options).steps();
  return told.map((one) => findingOf(one, spec));
}

interface Active {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly values: OptionValues;
}

/** What one rule does with nodes of one type. */
interface Task {
  readonly active: Active;
  readonly type: VisitType;
  readonly visit: NonNullable<Visit[VisitType]>;
}

function tasksOf(active: readonly Active[]): ReadonlyMap<VisitType, readonly Task[]> {
  const found = new Map<VisitType, Task[]>();
  for (const one of active)
    for (const type of visitTypes) {
      const visit = one.rule.visit[type];
      if (visit === undefined) continue;
      const tasks = found.get(type);
      if (tasks === undefined) found.set(type, [{ active: one, type, visit }]);
      else tasks.push({ active: one, type, visit });
    }
  return found;
}

function activeRules({ rules, severities = {}, options = {} }: CheckOptions): readonly Active[] {
  return (rules ?? allRules).flatMap((rule) => {
    const isOn = rules !== undefined || rule.presets.includes('recommended');
    const own = Object.hasOwn(severities, rule.id) ? severities[rule.id] : undefined;
    const level = own ?? (isOn ? rule.severity : 'off');
    const values = new OptionValues(Object.hasOwn(options, rule.id) ? options[rule.id] : undefined);
    return level === 'off' ? [] : [{ rule, severity: level, values }];
  });
}

/** What one rule said of one part, and what it asked for that beyond the part. */
interface Linked {
  readonly task: Task;
  cell: Cell<readonly Told[]>;
}

/** What is known of one part: what holds as long as its text does, and what other parts may change. */
interface Known {
  readonly own: readonly Told[];
  readonly linked: readonly Linked[];
  /** Both, in the order of the text. */
  told: readonly Told[];
  /** All that was asked for the linked ones, together: mostly none of it has changed. */
  asked: Cell<undefined>;
}

/** The rules at work on one document: what they found in a part is kept until the part, or what they asked for, changes. */
export class Check {
  readonly #spec: Spec;
  readonly #active: readonly Active[];
  readonly #tasks: ReadonlyMap<VisitType, readonly Task[]>;
  readonly #telling: Telling;
  readonly #known = new WeakMap<View, Known>();
  /** What a comparison with an older version found; it is told with the rest. */
  also: readonly Told[] = [];
  readonly #silence: Silence;
  readonly #options: CheckOptions;
  /** Milliseconds by rule, where there is a clock. */
  readonly costs = new Map<string, number>();

  constructor(spec: Spec, options: CheckOptions = {}) {
    this.#spec = spec;
    this.#options = options;
    this.#active = activeRules(options);
    this.#tasks = tasksOf(this.#active);
    this.#telling = new Telling(spec);
    // What is found by comparing is not known of a document alone.
    const own = this.#active.filter(({ rule }) => rule.before === undefined);
    const active = new Set(own.map(({ rule }) => rule.id));
    const known = new Set(
      [...allRules, ...(options.rules ?? []), ...(options.custom ?? [])].map(({ id }) => id),
    );
    this.#silence = new Silence(spec, {
      ignores: options.ignores ?? [],
      active,
      isKnown: (id) => known.has(id),
      severity: this.#active.find(({ rule }) => rule.id === suppressionRule)?.severity,
    });
  }

  /** How grave the findings of a rule are here; undefined when it is off. */
  severityOf({ id }: Rule): Severity | undefined {
    return this.#active.find(({ rule }) => rule.id === id)?.severity;
  }

  /** Brings the findings up to date. Can be broken off and begun again; what was found meanwhile is kept. */
  *steps(): Steps<readonly Told[]> {
    const all: Told[] = [...this.#syntax(), ...this.#notes(), ...this.also];
    const { isSound, views } = this.#spec;
    for (const view of views) {
      let known = this.#known.get(view);
      if (known === undefined) {
        known = this.#visit(view);
        this.#known.set(view, known);
        yield;
      } else if (this.#renew(view, known)) yield;
      // Of a map that holds something broken nothing is told.
      if (!isSound && view.unit instanceof SpineNode && !view.unit.isSound) continue;
      for (const one of known.told) if (isSound || !one.isOfWhole) all.push(one);
    }
    return inOrder(this.#silence.apply(all));
  }

  #notes(): readonly Told[] {
    const at = this.#spec.root.children[0];
    if (at === undefined) return [];
    const { unit } = at;
    const span = at.keySpan ?? at;
    const place = { unit, start: span.start - unit.start, end: span.end - unit.start, at };
    return (this.#options.notes ?? []).map((note) => ({
      ...note,
      ...place,
      rule: configurationRule,
      isOfWhole: false,
    }));
  }

  #syntax(): readonly Told[] {
    const active = this.#active.find(({ rule }) => rule.id === syntaxRule);
    const broken = this.#spec.source.chunks.find((chunk) => chunk.problem !== undefined);
    if (active === undefined || broken?.problem === undefined) return [];
    const { start, end, message } = broken.problem;
    const { severity } = active;
    return [
      { rule: syntaxRule, severity, message, unit: broken, start, end, at: undefined, isOfWhole: false },
    ];
  }

  #visit(view: View): Known {
    const own: Told[] = [];
    const linked: Linked[] = [];
    const { round } = this.#spec.notebook;
    for (const [type, nodes] of view.byType) {
      const tasks = this.#tasks.get(type);
      if (tasks === undefined) continue;
      const sure = certain(nodes, view);
      for (const task of tasks) {
        const asked = this.#run(task, sure);
        const value = this.#telling.take();
        if (asked !== undefined) linked.push({ task, cell: { value, asked, round } });
        else for (const one of value) own.push(one);
      }
    }
    return { own, linked, told: together(own, linked), asked: this.#askedBy(linked) };
  }

  #askedBy(linked: readonly Linked[]): Cell<undefined> {
    const asked = new Set<Question>();
    for (const { cell } of linked) for (const one of cell.asked ?? []) asked.add(one);
    return { value: undefined, asked: [...asked], round: this.#spec.notebook.round };
  }

  /** Runs again what asked for something that has changed; gives whether there was any. */
  #renew(view: View, known: Known): boolean {
    const { round } = this.#spec.notebook;
    if (!isStale(known.asked, round)) return false;
    for (const one of known.linked)
      if (isStale(one.cell, round)) {
        const asked = this.#run(one.task, certain(view.nodes(one.task.type), view));
        one.cell = { value: this.#telling.take(), asked, round };
      }
    known.asked = this.#askedBy(known.linked);
    known.told = together(known.own, known.linked);
    return true;
  }

  /** Shows nodes to a rule, and gives what it asked for; what it tells is to be taken. */
  #run(task: Task, nodes: readonly TreeNode[]): readonly Question[] | undefined {
    const { now } = this.#options;
    const start = now?.() ?? 0;
    const { notebook } = this.#spec;
    notebook.begin();
    this.#show(task, nodes);
    const asked = notebook.end();
    if (now === undefined) return asked;
    const { id } = task.active.rule;
    this.costs.set(id, (this.costs.get(id) ?? 0) + now() - start);
    return asked;
  }

  #show({ active, visit }: Task, nodes: readonly TreeNode[]): void {
    const telling = this.#telling;
    const spec = this.#spec;
    const { report } = telling;
    const { values } = active;
    telling.start(active);
    let at = 0;
    try {
      for (; at < nodes.length; at += 1) {
        const node = nodes[at];
        if (node !== undefined) visit(node, report, spec, values);
      }
    } catch (error) {
      // A broken rule is a finding of its own, not the end of the check.
      telling.fail(nodes[at] ?? spec.root, messageOf(error));
    }
  }
}

/** All that is known of a part, in the order of the text: so the order of the whole costs little. */
function together(own: readonly Told[], linked: readonly Linked[]): readonly Told[] {
  const all = [...own];
  for (const { cell } of linked) for (const one of cell.value) all.push(one);
  return inOrder(all);
}

/** Nodes of a part that are sure to be what they seem. */
function certain(nodes: readonly TreeNode[], view: View): readonly TreeNode[] {
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
