import { defaultSuffixes, specialTargets } from './builtins';
import type { Makefile, Override, Target } from './makefile';
import { isPattern, parsePattern, stemOf } from './patterns';
import { hasUnknown } from './text';
import type { Place } from './place';
import type { PrerequisiteSource } from './prerequisites';

/** A rule while it is read: its recipe lines come after its head. */
export interface Rule {
  readonly file: string;
  readonly doubleColon: boolean;
  /** Not in a branch that make may pass over. */
  readonly isSure: boolean;
  readonly prerequisites: PrerequisiteSource;
  /** Worked out only when asked for, since most lists need only to know whether there are any. */
  resolve(target: string): readonly string[];
  readonly description: string | undefined;
  readonly section: string | undefined;
  readonly recipe: string[];
  /** Zero-based; set by the first recipe line. */
  recipeLine: number | undefined;
}

interface Entry {
  readonly rule: Rule;
  readonly place: Place;
}

/** Collects rules into targets. */
export interface TargetTable {
  add(name: string, rule: Rule, place: Place): void;
  addPhony(names: readonly string[], place: Place, description: string | undefined): void;
  /** `.SUFFIXES:` without a name forgets them all. */
  addSuffixes(suffixes: readonly string[]): void;
  /** The first name that a plain `make` would take. */
  readonly firstGoal: string | undefined;
  readonly size: number;
  finish(): Pick<Makefile, 'targets' | 'patterns' | 'overrides'>;
}

interface Phony {
  readonly place: Place;
  readonly description: string | undefined;
}

export function createTargetTable(): TargetTable {
  const rules = new Map<string, Entry[]>();
  const phony = new Map<string, Phony>();
  const suffixes = new Set(defaultSuffixes);
  let firstGoal: string | undefined;
  return {
    add(name, rule, place) {
      const entries = rules.get(name);
      if (entries) entries.push({ rule, place });
      else rules.set(name, [{ rule, place }]);
      if (firstGoal === undefined && canBeGoal(name, suffixes)) firstGoal = name;
    },
    addPhony(names, place, description) {
      for (const name of names)
        if (!phony.has(name))
          phony.set(name, { place, description: names.length === 1 ? description : undefined });
    },
    addSuffixes(more) {
      if (more.length === 0) suffixes.clear();
      for (const suffix of more) suffixes.add(suffix);
    },
    get firstGoal() {
      return firstGoal;
    },
    get size() {
      return rules.size + phony.size;
    },
    finish: () => finish(rules, phony, suffixes),
  };
}

function canBeGoal(name: string, suffixes: ReadonlySet<string>): boolean {
  if (isPattern(name) || isSuffixRule(name, suffixes)) return false;
  return !name.startsWith('.') || name.includes('/');
}

/** `.c` or `.c.o`, of suffixes that make knows. */
function isSuffixRule(name: string, suffixes: ReadonlySet<string>): boolean {
  if (!name.startsWith('.')) return false;
  const second = name.indexOf('.', 1);
  if (second < 0) return suffixes.has(name);
  return suffixes.has(name.slice(0, second)) && suffixes.has(name.slice(second));
}

function finish(
  rules: ReadonlyMap<string, readonly Entry[]>,
  phony: ReadonlyMap<string, Phony>,
  suffixes: ReadonlySet<string>,
): Pick<Makefile, 'targets' | 'patterns' | 'overrides'> {
  const names = [...new Set([...rules.keys(), ...phony.keys()])].filter(
    (name) => name !== '' && !specialTargets.has(name),
  );
  const all = names.flatMap((name) => {
    const entries = rules.get(name) ?? [];
    if (isSuffixRule(name, suffixes) && !hasPrerequisites(name, entries)) return [];
    const target = createTarget(name, entries, phony.get(name));
    return target ? [{ target, explicit: isExplicit(target, entries) }] : [];
  });
  return {
    targets: all.filter(({ explicit }) => explicit).map(({ target }) => target),
    patterns: all.map(({ target }) => target).filter(({ pattern }) => pattern),
    overrides: names.flatMap((name) => (isPattern(name) ? [] : overridesOf(name, rules.get(name) ?? []))),
  };
}

/** Recipes that a later rule for the same target takes the place of; make warns of them. */
function overridesOf(name: string, entries: readonly Entry[]): readonly Override[] {
  const withRecipe = entries.filter(({ rule }) => rule.recipeLine !== undefined && rule.isSure);
  return withRecipe.slice(1).flatMap((later, index) => {
    const earlier = withRecipe[index];
    const isSame = earlier?.rule === later.rule || later.rule.doubleColon;
    return earlier && !isSame ? [{ name, place: later.place, before: earlier.place }] : [];
  });
}

/** A pattern is a target of its own only when it is phony; a name with neither recipe nor prerequisite gives make nothing to do. */
function isExplicit(target: Target, entries: readonly Entry[]): boolean {
  return target.phony || (!target.pattern && (target.hasRecipe || hasPrerequisites(target.name, entries)));
}

function hasPrerequisites(name: string, entries: readonly Entry[]): boolean {
  return entries.some(({ rule }) => {
    const { text, again, staticPattern } = rule.prerequisites;
    if (!/[^\s|]/.test(text)) return false;
    if (staticPattern !== undefined)
      return hasUnknown(staticPattern) || stemOf(parsePattern(staticPattern), name) !== undefined;
    return !again || !text.includes('$') || rule.resolve(name).length > 0;
  });
}

function createTarget(name: string, entries: readonly Entry[], phony: Phony | undefined): Target | undefined {
  const withRecipe = entries.filter(({ rule }) => rule.recipeLine !== undefined);
  const main = mainEntry(entries, withRecipe);
  const place = main?.place ?? phony?.place;
  if (!place) return undefined;
  const used = main?.rule.doubleColon === true ? withRecipe : withRecipe.slice(-1);
  return {
    name,
    place,
    phony: phony !== undefined,
    pattern: isPattern(name),
    description: descriptionOf(main, entries) ?? phony?.description,
    section: main?.rule.section,
    hasRecipe: used.length > 0,
    recipeAt: startOf(used[0]?.rule),
    // Worked out when asked: ten thousand targets of one static pattern rule may have ten thousand prerequisites each.
    get prerequisites() {
      return prerequisitesOf(name, entries);
    },
    get recipe() {
      return used.flatMap(({ rule }) => rule.recipe);
    },
  };
}

/** The last recipe is the one that make runs. */
function mainEntry(entries: readonly Entry[], withRecipe: readonly Entry[]): Entry | undefined {
  return withRecipe.at(-1) ?? entries.find(({ rule }) => rule.prerequisites.text !== '') ?? entries[0];
}

function descriptionOf(main: Entry | undefined, entries: readonly Entry[]): string | undefined {
  return (
    main?.rule.description ?? entries.find(({ rule }) => rule.description !== undefined)?.rule.description
  );
}

function startOf(rule: Rule | undefined): Target['recipeAt'] {
  return rule?.recipeLine === undefined ? undefined : { file: rule.file, line: rule.recipeLine };
}

function prerequisitesOf(name: string, entries: readonly Entry[]): readonly string[] {
  return [...new Set(entries.flatMap(({ rule }) => rule.resolve(name)))];
}
