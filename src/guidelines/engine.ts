import { messageOf } from '../base/errors';
import { Askers, askedFor } from './askers';
import type { Ignore, Regrade } from './config/layer';
import type { SpecVersion } from './detect';
import type { Finding } from './finding';
import type { Gathered } from './gathered';
import { gathered } from './gathered';
import type { Active, Known, Linked, Task } from './known';
import { certain, partly, tasksOf, together } from './known';
import { OptionValues } from './option';
import type { Question } from './question';
import { isStale } from './question';
import type { Rule, Severity } from './rule';
import { allRules } from './rules/index.gen';
import type { Spec } from './spec';
import { specSteps } from './spec';
import type { Steps } from './steps';
import { finish } from './steps';
import { Silence, suppressionRule } from './suppress/silence';
import type { Told } from './told';
import { Telling, findingOf } from './told';
import { outwards } from './outwards';
import type { TreeNode } from './tree';
import type { VisitType } from './visits';
import type { View } from './walk';

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
  /** Severities that hold at places of this document alone. */
  readonly regrades?: readonly Regrade[];
  /** What is to be told of the configuration itself, at the top of the document. */
  readonly notes?: readonly Note[];
  /** What is to be told of it besides, once the rules have run. */
  readonly late?: (spec: Spec) => readonly Note[];
  /** Rules that there are beside those of the product, on or off. */
  readonly custom?: readonly Rule[];
  /** What holds for descriptions of one version, where that is not the same for all. */
  readonly byVersion?: (version: SpecVersion) => CheckOptions;
  /** Milliseconds of any steady clock: with it, what each rule costs is counted. */
  readonly now?: () => number;
}

/** What of the options holds for a description of a version; the same object for the same version. */
export function optionsIn(options: CheckOptions, version: SpecVersion): CheckOptions {
  return options.byVersion?.(version) ?? options;
}

/** Something that is told of the configuration. */
export interface Note {
  /** The same for the same thing, wherever it is told of. */
  readonly id: string;
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
  const told = yield* new Check(spec, optionsIn(options, spec.version)).steps();
  return told.all.map((one) => findingOf(one, spec));
}

function activeRules({ rules, severities = {}, options = {} }: CheckOptions): readonly Active[] {
  return (rules ?? allRules).flatMap((rule) => {
    const isOn = rules !== undefined || rule.presets.includes('recommended');
    const own = Object.hasOwn(severities, rule.id) ? severities[rule.id] : undefined;
    const level = own ?? (isOn ? rule.severity : 'off');
    const said = Object.hasOwn(options, rule.id) ? options[rule.id] : undefined;
    const values = new OptionValues(said ?? (rules === undefined ? rule.inRecommended : undefined));
    return level === 'off' ? [] : [{ rule, severity: level, values }];
  });
}

/** The rules at work on one document: what they found in a part is kept until the part, or what they asked for, changes. */
export class Check {
  readonly #spec: Spec;
  readonly #active: readonly Active[];
  /** The rules at work that do not concern all parts. */
  readonly #choosy: readonly Active[];
  readonly #tasks: ReadonlyMap<VisitType, readonly Task[]>;
  readonly #telling: Telling;
  readonly #known = new WeakMap<View, Known>();
  readonly #askers = new Askers();
  /** What was known of the parts when all had been looked at last: mostly they are the same, at the same places. */
  #list: readonly Known[] = [];
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
    this.#choosy = this.#active.filter(({ rule }) => rule.concerns !== undefined);
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
      regrades: options.regrades ?? [],
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
  *steps(): Steps<Gathered> {
    const { ownViews: views } = this.#spec;
    const list: Known[] = [];
    while (list.length < views.length) if (this.#advance(views, list)) yield;
    const { round } = this.#spec.notebook;
    for (const known of this.#askers.stale(round)) if (this.#renew(known)) yield;
    this.#askers.settle(list, round);
    this.#spec.unasked.forget(round);
    this.#list = list;
    return this.#silence.apply(this.#gather(list));
  }

  /**
   * What is told of the parts around a place, and on from there until there is something that is wanted: for those who wait, as `steps`
   * tells all of it again, with the rest. The whole text is read by then, so that nothing of it is taken back. Nothing while a part of the
   * text is broken.
   */
  *around(place: number, reach: number, isWanted: (told: Told) => boolean): Steps<readonly Told[]> {
    if (!this.#spec.isSoundAround) return [];
    const left = this.#silence.sieve();
    const found: Told[] = [];
    for (const { view, away } of outwards(this.#spec.ownViews, place)) {
      if (away > reach && found.length > 0) break;
      const { home } = this.#known.get(view) ?? this.#visit(view);
      for (const one of left(home.told)) if (isWanted(one)) found.push(one);
      yield;
    }
    return found;
  }

  /** Looks at parts until one had to be visited; false when that was the last. Most need nothing, and a generator is slow at that. */
  #advance(views: readonly View[], list: Known[]): boolean {
    for (let at = list.length; at < views.length; at += 1) {
      const view = views[at];
      if (view === undefined) continue;
      const known = this.#knownOf(view, at);
      list.push(known ?? this.#visit(view));
      if (known === undefined) return true;
    }
    return false;
  }

  /** What is known of all parts, in the order of the text. */
  #gather(list: readonly Known[]): Gathered {
    const anywhere = [...this.#syntax(), ...this.#notes(), ...this.also];
    return gathered(this.#spec.isSoundAround ? list : list.flatMap(partly), anywhere);
  }

  #notes(): readonly Told[] {
    const at = this.#spec.ownRoot.children[0];
    if (at === undefined) return [];
    const { unit } = at;
    const span = at.keySpan ?? at;
    const place = { unit, start: span.start - unit.start, end: span.end - unit.start, at };
    const { notes = [], late } = this.#options;
    return [...notes, ...(late?.(this.#spec) ?? [])].map((note) => ({
      ...note,
      ...place,
      rule: configurationRule,
      isOfWhole: false,
    }));
  }

  #syntax(): readonly Told[] {
    const active = this.#active.find(({ rule }) => rule.id === syntaxRule);
    if (active === undefined) return [];
    const broken = this.#spec.source.chunks.find((chunk) => chunk.problem !== undefined);
    const told = { rule: syntaxRule, severity: active.severity, at: undefined, isOfWhole: false };
    if (broken?.problem !== undefined) return [{ ...told, ...broken.problem, unit: broken }];
    const { strange } = this.#spec;
    if (strange === undefined) return [];
    const { at, message } = strange;
    const { unit } = at;
    return [{ ...told, message, unit, start: at.start - unit.start, end: at.end - unit.start }];
  }

  #knownOf(view: View, at: number): Known | undefined {
    const known = this.#list[at];
    return known?.view === view ? known : this.#known.get(view);
  }

  #visit(view: View): Known {
    const own: Told[] = [];
    const linked: Linked[] = [];
    const { round } = this.#spec.notebook;
    const idle = this.#idleIn(view);
    for (const [type, nodes] of view.byType) {
      const tasks = this.#tasks.get(type);
      if (tasks === undefined) continue;
      const sure = certain(nodes, view);
      for (const task of tasks) {
        if (idle.includes(task.active)) continue;
        const asked = this.#run(task, sure);
        const value = this.#telling.take();
        if (asked !== undefined) linked.push({ task, cell: { value, asked, round } });
        else for (const one of value) own.push(one);
      }
    }
    const known = { view, own, linked, ...together(view, own, linked), asked: askedFor(linked, round) };
    this.#known.set(view, known);
    this.#askers.note(known);
    return known;
  }

  /** The rules that the text of a part is nothing to. */
  #idleIn({ unit }: View): readonly Active[] {
    const { text } = unit.table;
    return this.#choosy.filter(({ rule }) => rule.concerns?.(text) === false);
  }

  /** Runs again what asked for something that has changed; gives whether there was any. */
  #renew(known: Known): boolean {
    const { view } = known;
    const { round } = this.#spec.notebook;
    if (!isStale(known.asked, round)) return false;
    for (const one of known.linked)
      if (isStale(one.cell, round)) {
        const asked = this.#run(one.task, certain(view.nodes(one.task.type), view));
        one.cell = { value: this.#telling.take(), asked, round };
      }
    known.asked = askedFor(known.linked, round);
    this.#askers.note(known);
    Object.assign(known, together(view, known.own, known.linked));
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
        if (node === undefined) continue;
        telling.here = node;
        visit(node, report, spec, values);
      }
    } catch (error) {
      // A broken rule is a finding of its own, not the end of the check.
      telling.fail(nodes[at] ?? spec.ownRoot, messageOf(error));
    }
  }
}
