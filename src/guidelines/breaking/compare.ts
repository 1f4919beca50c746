/** Two versions of a description side by side: what a caller of the old one trips over in the new. */
import { messageOf } from '../../base/errors';
import type { Before } from '../finding';
import type { Rule, Severity } from '../rule';
import { pathFrom } from '../project/address';
import type { Spec } from '../spec';
import { specOf } from '../spec';
import type { Steps } from '../steps';
import type { Told } from '../told';
import { Telling } from '../told';
import type { TreeNode } from '../tree';
import type { BreakingCheck, Change, SubjectKind, Subjects } from './check';
import { changedFiles } from './changed-files';
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
  /** How grave what a check finds in a file is; undefined where it is off, or nobody asks about the file. */
  readonly severityOf: (rule: Rule, file: Spec) => Severity | undefined;
}

/** What was found, by the file that it is written in. */
export type Broken = ReadonlyMap<Spec, readonly Told[]>;

const stepEvery = 16;

/** What breaks callers; each change is told once, in the order in which it was met. */
export function* breakingSteps(versions: Versions): Steps<Broken> {
  const { before, after } = versions;
  const telling = new Tellings(versions);
  const files = changedFiles(before, after);
  if (files.size === 0) return telling.told;
  const unchanged = new Unchanged(before, after, files);
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

/** Hands what was met to the checks, and takes what they tell. */
class Tellings {
  readonly told = new Map<Spec, Told[]>();
  readonly #versions: Versions;
  readonly #seen = new Set<string>();
  readonly #numbers = new Map<TreeNode, number>();
  readonly #tellings = new Map<Spec, Telling>();

  constructor(versions: Versions) {
    this.#versions = versions;
  }

  emit<K extends SubjectKind>(kind: K, subject: Subjects[K]): void {
    for (const check of breakingChecks) {
      const compare = check.compare[kind];
      if (compare === undefined) continue;
      try {
        compare(subject, (change) => this.#tell(check, change));
      } catch (error) {
        const file = this.#fileOf(subject.at);
        this.#start(check, file)?.fail(subject.at, messageOf(error));
        this.#take(file, undefined);
      }
    }
  }

  /** What is reached in two ways, as a shared schema in requests and in responses, is told once. */
  #tell(check: BreakingCheck, { old, ...change }: Change): void {
    const file = this.#fileOf(change.at);
    const telling = this.#start(check, file);
    if (telling === undefined) return;
    const problem = { ...change, message: capitalized(change.message) };
    const key = [check.id, this.#number(problem.at), old === undefined ? problem.message : this.#number(old)];
    if (this.#seen.has(key.join())) return;
    this.#seen.add(key.join());
    telling.report(problem);
    this.#take(file, old && this.#before(old, file));
  }

  #fileOf(node: TreeNode): Spec {
    return specOf(node) ?? this.#versions.after;
  }

  /** Undefined where a check is off, or where nobody can mend anything. */
  #start(check: BreakingCheck, file: Spec): Telling | undefined {
    const severity = file.isOnWeb ? undefined : this.#versions.severityOf(check, file);
    if (severity === undefined) return undefined;
    const telling = this.#tellings.get(file) ?? new Telling(file);
    this.#tellings.set(file, telling);
    telling.start({ rule: check, severity });
    return telling;
  }

  /** What stood there, and where, when that was another file. */
  #before(old: TreeNode, file: Spec): Before | undefined {
    const spec = specOf(old);
    if (spec === undefined) return undefined;
    const [there, here] = [spec.others?.address, file.others?.address];
    const isElsewhere = there !== undefined && here !== undefined && there !== here;
    const { from } = this.#versions;
    return {
      from: isElsewhere ? `${from}, in ${pathFrom(here, there)}` : from,
      ...oldText(old, spec),
    };
  }

  #take(file: Spec, before: Before | undefined): void {
    const told = this.#tellings.get(file)?.take().at(-1);
    if (told === undefined) return;
    const all = this.told.get(file) ?? [];
    this.told.set(file, all);
    all.push(before === undefined ? told : { ...told, before });
  }

  #number(node: TreeNode): number {
    const known = this.#numbers.get(node) ?? this.#numbers.size;
    this.#numbers.set(node, known);
    return known;
  }
}
