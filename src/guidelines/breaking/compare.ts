/** Two versions of a description side by side: what a caller of the old one trips over in the new. */
import { messageOf } from '../../base/errors';
import type { Before } from '../finding';
import type { Rule, Severity } from '../rule';
import type { Spec } from '../spec';
import type { Steps } from '../steps';
import type { Told } from '../told';
import { Telling } from '../told';
import type { TreeNode } from '../tree';
import type { BreakingCheck, Change, SubjectKind, Subjects } from './check';
import { breakingChecks } from './checks/index.gen';
import { oldText } from './old-text';
import { compareItem, comparePaths, compareRoots } from './paths';
import { Schemas } from './schemas';
import { capitalized } from '../words';
import { Unchanged } from './unchanged';
import type { Walk } from './walk';

export interface Versions {
  readonly before: Spec;
  readonly after: Spec;
  /** What the old version is called, for people: `main at 1a2b3c4`. */
  readonly from: string;
  /** How grave what a check finds is; undefined for one that is off. */
  readonly severityOf: (rule: Rule) => Severity | undefined;
}

const stepEvery = 16;

/** What breaks callers; each change is told once, in the order in which it was met. */
export function* breakingSteps(versions: Versions): Steps<readonly Told[]> {
  const { before, after } = versions;
  const telling = new Tellings(versions);
  if (before.text === after.text) return [];
  const unchanged = new Unchanged(before, after);
  yield* unchanged.findSteps();
  const schemas = new Schemas(unchanged);
  const walk: Walk = {
    before,
    after,
    emit: (kind, subject) => telling.emit(kind, subject),
    schema: (task) => schemas.add(task),
    item: (pair, scope) => compareItem(walk, pair, scope),
    isUnchanged: (a, b) => unchanged.isUnchanged(a, b),
  };
  compareRoots(walk);
  yield* comparePaths(walk);
  for (let count = 1; schemas.next(walk); count += 1) if (count % stepEvery === 0) yield;
  return telling.told;
}

interface Active {
  readonly check: BreakingCheck;
  readonly telling: Telling;
}

/** Hands what was met to the checks, and takes what they tell. */
class Tellings {
  readonly told: Told[] = [];
  readonly #active: readonly Active[];
  readonly #versions: Versions;
  readonly #seen = new Set<string>();
  readonly #numbers = new Map<TreeNode, number>();

  constructor(versions: Versions) {
    this.#versions = versions;
    this.#active = breakingChecks.flatMap((check) => {
      const severity = versions.severityOf(check);
      if (severity === undefined) return [];
      const telling = new Telling(versions.after);
      telling.start({ rule: check, severity });
      return [{ check, telling }];
    });
  }

  emit<K extends SubjectKind>(kind: K, subject: Subjects[K]): void {
    for (const { check, telling } of this.#active) {
      const compare = check.compare[kind];
      if (compare === undefined) continue;
      try {
        compare(subject, (change) => this.#tell(check, telling, change));
      } catch (error) {
        telling.fail(subject.at, messageOf(error));
        this.#take(telling, undefined);
      }
    }
  }

  /** What is reached in two ways, as a shared schema in requests and in responses, is told once. */
  #tell(check: BreakingCheck, telling: Telling, { old, ...change }: Change): void {
    const { before, after, from } = this.#versions;
    // Other files stand as they are today on both sides, and are not told of here.
    if (!after.owns(change.at)) return;
    const problem = { ...change, message: capitalized(change.message) };
    const key = [check.id, this.#number(problem.at), old === undefined ? problem.message : this.#number(old)];
    if (this.#seen.has(key.join())) return;
    this.#seen.add(key.join());
    telling.report(problem);
    this.#take(telling, old && before.owns(old) ? { from, ...oldText(old, before) } : undefined);
  }

  #take(telling: Telling, before: Before | undefined): void {
    const told = telling.take().at(-1);
    if (told !== undefined) this.told.push(before === undefined ? told : { ...told, before });
  }

  #number(node: TreeNode): number {
    const known = this.#numbers.get(node) ?? this.#numbers.size;
    this.#numbers.set(node, known);
    return known;
  }
}
