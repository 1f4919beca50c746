/** Follows the references of a description from file to file. What is reached is noted once, so that circles end. */
import type { SpecVersion } from '../detect';
import type { Expectation } from '../expected';
import type { Refusal } from '../others';
import type { Question } from '../question';
import type { NodeType } from '../shapes';
import type { Steps } from '../steps';
import { targetOf } from './address';
import type { ProjectFile } from './file';
import type { Link } from './links';
import { linksBelow, linksOut } from './links';

/** The most files that one description is followed into. */
export const mostFiles = 2000;

/** What a description leads to. */
export interface Reach {
  readonly home: ProjectFile;
  /** Other files, in the order in which they are met, with what is expected in each. */
  readonly expected: Map<ProjectFile, Expectation[]>;
  /** Places that are referred to from another file, as pointers by file. */
  readonly used: Map<ProjectFile, Set<string>>;
  /** Which files refer to which others. */
  readonly uses: Map<ProjectFile, Set<ProjectFile>>;
}

export interface Finder {
  /** What those ask who look whether a reference may be followed. */
  readonly folders: Question;
  /** The file at an address, known or to be read. */
  fileAt(address: string): ProjectFile;
  find(address: string): ProjectFile | undefined;
  /** Why a reference that leads from one file to another is not followed; undefined when it is. */
  refusalOf(way: Way): Refusal | undefined;
}

/** Where a reference leads, and for which description. */
export interface Way {
  readonly home: string;
  readonly from: string;
  readonly to: string;
}

export function* reachSteps(home: ProjectFile, version: SpecVersion, finder: Finder): Steps<Reach> {
  const walk = new ReachWalk(home, version, finder);
  yield* walk.steps();
  return walk;
}

interface Place {
  readonly file: ProjectFile;
  readonly pointer: string;
  readonly type: NodeType;
}

class ReachWalk implements Reach {
  readonly home: ProjectFile;
  readonly expected = new Map<ProjectFile, Expectation[]>();
  readonly used = new Map<ProjectFile, Set<string>>();
  readonly uses = new Map<ProjectFile, Set<ProjectFile>>();
  readonly #version: SpecVersion;
  readonly #finder: Finder;
  readonly #seen = new Map<ProjectFile, Set<string>>();
  readonly #todo: Place[] = [];
  readonly #outlined = new Set<ProjectFile>();

  constructor(home: ProjectFile, version: SpecVersion, finder: Finder) {
    this.home = home;
    this.#version = version;
    this.#finder = finder;
  }

  *steps(): Steps<void> {
    const { spec } = this.home;
    for (const view of spec?.ownViews ?? []) for (const link of linksOut(view)) this.#follow(this.home, link);
    // What is found on the way is put behind.
    for (let at = 0; at < this.#todo.length; at += 1) {
      const place = this.#todo[at];
      if (place === undefined) continue;
      yield* this.#outline(place.file);
      this.#enter(place);
    }
  }

  *#outline(file: ProjectFile): Steps<void> {
    if (this.#outlined.has(file)) return;
    this.#outlined.add(file);
    if (file.spec !== undefined) yield* file.spec.outlineSteps();
  }

  #follow(from: ProjectFile, { ref, type }: Link): void {
    const target = this.#targetOf(from, ref);
    if (target === undefined) return;
    const { file, pointer } = target;
    if (file !== from) add(this.uses, from, file);
    if (!ref.startsWith('#')) add(this.used, file, pointer);
    if (file === this.home) return;
    if (!this.expected.has(file)) this.expected.set(file, []);
    // A description knows by itself what stands in it.
    if (!file.isDescription && add(this.#seen, file, `${pointer} ${type}`))
      this.#todo.push({ file, pointer, type });
  }

  /** Undefined when a reference is not followed. */
  #targetOf(from: ProjectFile, ref: string): Pick<Place, 'file' | 'pointer'> | undefined {
    const target = targetOf(from.address, ref);
    if (target.kind !== 'file' && target.kind !== 'web') return undefined;
    const { address, pointer } = target;
    const way = { home: this.home.address, from: from.address, to: address };
    if (this.#finder.refusalOf(way) !== undefined) return undefined;
    if (this.expected.size >= mostFiles && this.#finder.find(address) === undefined) return undefined;
    return { file: this.#finder.fileAt(address), pointer };
  }

  #enter({ file, pointer, type }: Place): void {
    const { spec } = file;
    const node = spec?.resolve(`#${pointer}`)?.actual;
    if (spec === undefined || node === undefined) return;
    this.expected.get(file)?.push({ pointer, type });
    for (const link of linksBelow(node, type, { spec, version: this.#version })) this.#follow(file, link);
  }
}

/** Adds to the set under a key; gives whether it is new there. */
function add<K, V>(sets: Map<K, Set<V>>, key: K, value: V): boolean {
  const known = sets.get(key);
  if (known === undefined) sets.set(key, new Set([value]));
  else if (known.has(value)) return false;
  else known.add(value);
  return true;
}
