import { messageOf } from '../base/errors';
import type { Ignore } from './config/layer';
import type { Finding } from './finding';
import { OptionValues } from './option';
import type { Cell } from './question';
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
  /** What is to be told of it besides, once the rules have run. */
  readonly late?: (spec: Spec) => readonly Note[];
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
  readonly visits: readonly (readonly [VisitType, NonNullable<Visit[VisitType]>])[];
}

function activeRules({ rules, severities = {}, options = {} }: CheckOptions): readonly Active[] {
  return (rules ?? allRules).flatMap((rule) => {
    const isOn = rules !== undefined || rule.presets.includes('recommended');
    const own = Object.hasOwn(severities, rule.id) ? severities[rule.id] : undefined;
    const level = own ?? (isOn ? rule.severity : 'off');
    const values = new OptionValues(Object.hasOwn(options, rule.id) ? options[rule.id] : undefined);
    return level === 'off' ? [] : [{ rule, severity: level, values, visits: visitsOf(rule.visit) }];
  });
}

function visitsOf(visit: Visit): Active['visits'] {
  return visitTypes.flatMap((type) => {
    const found = visit[type];
    return found === undefined ? [] : [[type, found] as const];
  });
}

/** What one rule said of one part, and what it asked for that beyond the part. */
interface Linked {
  readonly active: Active;
  cell: Cell<readonly Told[]>;
}

/** What is known of one part: what holds as long as its text does, and what other parts may change. */
interface Known {
  readonly own: readonly Told[];
  readonly linked: readonly Linked[];
  /** All that was asked for the linked ones, together: mostly none of it has changed. */
  asked: Cell<undefined>;
}

/** The rules at work on one document: what they found in a part is kept until the part, or what they asked for, changes. */
export class Check {
  readonly #spec: Spec;
  readonly #active: readonly Active[];
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
    const all: Told[] = [...this.#syntax(), ...this.#notes(this.#options.notes), ...this.also];
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
      put(known.own, all, isSound);
      for (const { cell } of known.linked) put(cell.value, all, isSound);
    }
    all.push(...this.#notes(this.#options.late?.(this.#spec)));
    return inOrder(this.#silence.apply(all));
  }

  #notes(notes: readonly Note[] = []): readonly Told[] {
    const at = this.#spec.root.children[0];
    if (at === undefined) return [];
    const { unit } = at;
    const span = at.keySpan ?? at;
    const place = { unit, start: span.start - unit.start, end: span.end - unit.start, at };
    return notes.map((note) => ({
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
    for (const active of this.#active) {
      if (!active.visits.some(([type]) => view.nodes(type).length > 0)) continue;
      const cell = this.#run(active, view);
      if (cell.asked !== undefined) linked.push({ active, cell });
      else own.push(...cell.value);
    }
    return { own, linked, asked: this.#together(linked) };
  }

  #together(linked: readonly Linked[]): Cell<undefined> {
    const asked = new Set(linked.flatMap(({ cell }) => cell.asked ?? []));
    return { value: undefined, asked: [...asked], round: this.#spec.notebook.round };
  }

  /** Runs again what asked for something that has changed; gives whether there was any. */
  #renew(view: View, known: Known): boolean {
    const { round } = this.#spec.notebook;
    if (!isStale(known.asked, round)) return false;
    for (const one of known.linked) if (isStale(one.cell, round)) one.cell = this.#run(one.active, view);
    known.asked = this.#together(known.linked);
    return true;
  }

  #run(active: Active, view: View): Cell<readonly Told[]> {
    const { now } = this.#options;
    if (now === undefined) return this.#runOn(active, view);
    const start = now();
    const cell = this.#runOn(active, view);
    const { id } = active.rule;
    this.costs.set(id, (this.costs.get(id) ?? 0) + now() - start);
    return cell;
  }

  #runOn(active: Active, view: View): Cell<readonly Told[]> {
    return this.#spec.notebook.record(() => {
      const telling = new Telling(active, this.#spec);
      for (const [type, visit] of active.visits)
        for (const node of view.nodes(type)) {
          if (!isCertain(node, view)) continue;
          if (!this.#safely(() => visit(node, telling.report, this.#spec, active.values), telling, node))
            return telling.told;
        }
      return telling.told;
    });
  }

  #safely(work: () => void, telling: Telling, node: TreeNode): boolean {
    try {
      work();
      return true;
    } catch (error) {
      // A broken rule is a finding of its own, not the end of the check.
      telling.fail(node, messageOf(error));
      return false;
    }
  }
}

function put(told: readonly Told[], all: Told[], isSound: boolean): void {
  for (const one of told) if (isSound || !one.isOfWhole) all.push(one);
}

/** Where the text is broken the tree may be wrong, so what holds such a place, or lies in it, is not judged. */
function isCertain(node: TreeNode, { unit }: View): boolean {
  if (unit instanceof SpineNode || unit.broken.length === 0) return true;
  const from = (node.keySpan?.start ?? node.start) - unit.start;
  const until = node.end - unit.start;
  return unit.broken.every(({ start, end }) => until <= start || from >= end);
}
