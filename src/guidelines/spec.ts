import type { SpecVersion } from './detect';
import { claimsToBeSpec, looksLikeSpec, versionOf } from './detect';
import type { Chunk } from './chunk';
import type { Change } from './document';
import { SpecDocument } from './document';
import type { Expected } from './expected';
import type { Others } from './others';
import { nodeBehind } from './others';
import { Looked, Unasked } from './kept';
import { resolvePointer } from './pointer';
import type { Question } from './question';
import { Derived, Notebook } from './question';
import type { Listener } from './spine';
import { SpineNode, rootUnit } from './spine';
import type { Strange } from './strange';
import { strangeVersion } from './strange';
import type { Steps } from './steps';
import { finish } from './steps';
import type { TreeNode } from './tree';
import type { View } from './walk';
import { Views, usualVersion } from './views';
import { isWeb } from './web/access';

const maxHops = 32;
/** Which description each document is read by. */
const readers = new WeakMap<object, Spec>();

/** The description, or part of one, that a node stands in. */
export function specOf(node: TreeNode): Spec | undefined {
  return readers.get(node.unit.document);
}

/**
 * An API description as the rules see it, now and after each edit. Nothing is inlined: a `$ref` stays where it is written, and is
 * followed when asked. Whoever asks for something beyond his node is noted, so that he is asked again when the answer changes.
 */
export class Spec implements Listener {
  readonly source: SpecDocument;
  /** Files that refer to each other share one, so that an answer of one is known to be stale to the other. */
  readonly notebook: Notebook;
  readonly unasked = new Unasked();
  /** The other files, where there may be any. */
  others: Others | undefined;
  readonly #spine: SpineNode;
  readonly #resolved = new Map<string, () => TreeNode | undefined>();
  readonly #everything: Question & { changed: number } = { changed: 0, refresh: () => undefined };
  /** Changes when a document that is not cut comes or goes: it has a root of its own. */
  readonly #whichRoot: Question & { changed: number } = { changed: 0, refresh: () => undefined };
  #wasWhole = false;
  /** The version of a document that has no views. */
  #outlined: SpecVersion | undefined;
  /** What is said of a version that is not known. */
  strange: Strange | undefined;
  readonly #views: Views;
  /** The round in which its own text changed last. */
  #changed = 0;
  #cuts = -1;
  #cutRound = 0;

  constructor(text: string, notebook = new Notebook()) {
    this.notebook = notebook;
    this.source = new SpecDocument(text);
    this.#spine = new SpineNode(rootUnit(this.source), 0, this);
    this.#views = new Views(this.source, this.#spine);
    readers.set(this.source, this);
  }

  get version(): SpecVersion {
    return this.#views.version ?? this.#outlined ?? usualVersion;
  }

  /** Changes with the version: nearly every answer depends on it. */
  get whichVersion(): Question {
    return this.#views.whichVersion;
  }

  get text(): string {
    return this.source.text;
  }

  /** The root of the description: of this text, or of the one that this is a part of. */
  get root(): TreeNode {
    return this.home.ownRoot;
  }

  /** The root of this text. */
  get ownRoot(): TreeNode {
    this.note(this.#whichRoot);
    return this.source.isWhole ? (this.source.chunks[0]?.root ?? this.#spine) : this.#spine;
  }

  /** What references expect here, when this is no description by itself. */
  get expected(): Expected | undefined {
    return this.#views.expected;
  }

  /** The description that this is a part of, mostly itself. */
  get home(): Spec {
    return this.others?.home ?? this;
  }

  /** Whether this is no description by itself, but holds something of one. */
  get isPart(): boolean {
    return this.#views.expected !== undefined;
  }

  /** The parts of the description in all its files, with what they hold. */
  get views(): readonly View[] {
    const members = this.others?.members ?? [];
    return members.length < 2 ? this.ownViews : members.flatMap((one) => one.ownViews);
  }

  /** The parts of this text. */
  get ownViews(): readonly View[] {
    this.note(this.#everything);
    return this.#views.all;
  }

  /** Whether this is what stands on the web: nobody can write there from here. */
  get isOnWeb(): boolean {
    return isWeb(this.others?.address ?? '');
  }

  /** Whether every part of this text could be read to its end, and is of a version that is known. */
  get isSound(): boolean {
    return this.strange === undefined && this.source.problem === undefined;
  }

  /** The same of all files of the description. */
  get isSoundAround(): boolean {
    return this.isSound && (this.others?.members ?? []).every((one) => one.isSound);
  }

  /** Whether a node stands in this text. */
  owns(node: TreeNode): boolean {
    return node.unit.document === this.source;
  }

  edit(change: Change): void {
    this.source.edit(change);
  }

  /** Reads what was edited, and looks what that changed. Gives false when this is no API description. Can be broken off and begun again. */
  *updateSteps(): Steps<boolean> {
    if (!(yield* this.outlineSteps())) return false;
    this.#expect(undefined);
    if (this.strange === undefined) yield* this.#views.steps(this.#outlined, this.#changed);
    else this.#views.forget();
    return true;
  }

  /** As `updateSteps`, for a text that is no description by itself: it is looked at as what references expect in it. */
  *partSteps(expected: Expected): Steps<void> {
    yield* this.outlineSteps();
    this.#expect(expected);
    yield* this.#views.steps(expected.version, this.#changed);
  }

  /** No reference leads here any more. */
  standAlone(): void {
    this.#expect(undefined);
  }

  /** The round in which this text changed last, once it was read again. */
  get changed(): number {
    return this.#changed;
  }

  /** Forgets what its parts were taken for, when that is no longer what they are. */
  #expect(expected: Expected | undefined): void {
    if (!this.#views.expect(expected)) return;
    this.notebook.round += 1;
    this.#changed = this.notebook.round;
    this.#everything.changed = this.notebook.round;
  }

  /** As `updateSteps`, but for the views: for a document that is only looked things up in. */
  *outlineSteps(): Steps<boolean> {
    yield* this.source.readSteps();
    const isCut = this.#cuts !== this.source.cuts;
    const replaced = this.source.takeReplaced();
    if (isCut || replaced.length > 0) {
      this.notebook.round += 1;
      this.#changed = this.notebook.round;
      this.#everything.changed = this.notebook.round;
      // What an alias stands for may have changed in another part.
      for (const chunk of this.source.chunks)
        if (chunk.kind === 'entry' && chunk.table.hasAliases) this.source.renew(chunk);
      finish(this.source.readSteps());
      if (isCut) this.#assemble();
      for (const chunk of [...replaced, ...this.source.takeReplaced()])
        chunk.owner?.changed(this.notebook.round);
    }
    return this.#isDescription();
  }

  /** Looks for the version; gives whether this is a description: of one that is known or not, or one that can't be read and says so. */
  #isDescription(): boolean {
    const version = versionOf(this.ownRoot);
    this.#outlined = version;
    this.strange = version === undefined ? strangeVersion(this.ownRoot) : undefined;
    if (version !== undefined || this.strange !== undefined) return true;
    return !this.isSound && claimsToBeSpec(this.text);
  }

  /** Puts the chunks under the maps that they are entries of. */
  #assemble(): void {
    this.#cuts = this.source.cuts;
    this.#cutRound = this.notebook.round;
    const stack = [this.#spine];
    this.#spine.chunks = [];
    this.#spine.brackets = undefined;
    this.#spine.changed(this.notebook.round);
    const { isWhole, isJson } = this.source;
    if (isWhole || this.#wasWhole) this.#whichRoot.changed = this.notebook.round;
    this.#wasWhole = isWhole;
    if (isWhole) return;
    for (const chunk of this.source.chunks) this.#place(chunk, stack, isJson);
  }

  #place(chunk: Chunk, stack: SpineNode[], isJson: boolean): void {
    const depth = chunk.place.path.length;
    const owner = stack[depth] ?? this.#spine;
    const brackets = isJson ? { opener: chunk, closer: undefined } : undefined;
    if (chunk.kind === 'preamble') owner.brackets = brackets;
    if (chunk.kind === 'closer' && owner.brackets !== undefined) owner.brackets.closer = chunk;
    if (chunk.kind === 'preamble' || chunk.kind === 'closer') return;
    chunk.owner = owner;
    owner.chunks.push(chunk);
    if (chunk.kind !== 'header') return;
    chunk.spine ??= new SpineNode(chunk, 1, this, chunk);
    chunk.spine.chunks = [];
    chunk.spine.brackets = brackets;
    chunk.spine.changed(this.notebook.round);
    stack.length = depth + 1;
    stack.push(chunk.spine);
  }

  note(question: Question): void {
    this.notebook.note(question);
  }

  entryOf(spine: SpineNode, key: string): TreeNode | undefined {
    let looked = spine.looked.get(key);
    if (looked === undefined) {
      looked = new Looked(
        () => spine.lookUp(key),
        this.notebook,
        () => this.#cutRound,
      );
      spine.looked.set(key, looked);
    }
    return looked.answer();
  }

  /** Something that is worked out from the document when it is asked for, and again when what it was made of has changed. */
  answerTo<T>(work: () => T, isSame: (a: T, b: T) => boolean, forgotten?: () => void): () => T {
    const derived = new Derived(this.notebook, work, isSame);
    if (forgotten !== undefined) this.unasked.add(derived, forgotten);
    return () => derived.answer();
  }

  /**
   * What a reference names that is written in `from` (in this text when not given): `#/…` in the same text, else in another file of the
   * description. Undefined when there is nothing, or when it is not followed.
   */
  resolve(ref: string, from?: TreeNode): TreeNode | undefined {
    const writer = from === undefined ? this : (specOf(from) ?? this);
    if (writer !== this) return writer.resolve(ref);
    const isHere = ref.startsWith('#');
    if (!isHere && this.others === undefined) return undefined;
    let answer = this.#resolved.get(ref);
    if (answer === undefined) {
      const work = isHere
        ? (): TreeNode | undefined => resolvePointer(this.ownRoot, ref.slice(1))
        : (): TreeNode | undefined => this.others && nodeBehind(this.others.leadOf(ref));
      answer = this.answerTo(work, Object.is);
      this.#resolved.set(ref, answer);
    }
    return answer();
  }

  /** The object behind `node`, following `$ref`s, also into other files; undefined when one can't be followed. */
  deref(node: TreeNode | undefined): TreeNode | undefined {
    let found = node?.actual;
    for (let hops = 0; found !== undefined && hops < maxHops; hops += 1) {
      const ref = found.kind === 'map' ? found.stringAt('$ref') : undefined;
      if (ref === undefined) return found;
      found = this.resolve(ref, found)?.actual;
    }
    return undefined;
  }
}

/** Reads a text as an API description; undefined when it is none (another YAML file, an empty one). */
export function* specSteps(text: string): Steps<Spec | undefined> {
  if (!looksLikeSpec(text)) return undefined;
  const spec = new Spec(text);
  return (yield* spec.updateSteps()) ? spec : undefined;
}
