import type { Chunk } from './chunk';
import type { SpecVersion } from './detect';
import { claimsToBeSpec, looksLikeSpec, versionOf } from './detect';
import type { Change } from './document';
import { SpecDocument } from './document';
import { resolvePointer } from './pointer';
import type { Question } from './question';
import { Derived, Notebook } from './question';
import type { Listener } from './spine';
import { SpineNode, rootUnit } from './spine';
import type { Steps } from './steps';
import { finish } from './steps';
import type { TreeNode } from './tree';
import type { View } from './walk';
import { viewOfSpine, walkSteps } from './walk';

const maxHops = 32;
/** For a text that says what it is and can't be read. */
const usualVersion: SpecVersion = '3.1';

/**
 * An API description as the rules see it, now and after each edit. Nothing is inlined: a `$ref` stays where it is written, and is
 * followed when asked. Whoever asks for something beyond his node is noted, so that he is asked again when the answer changes.
 */
export class Spec implements Listener {
  readonly source: SpecDocument;
  readonly notebook = new Notebook();
  readonly #spine: SpineNode;
  readonly #resolved = new Map<string, () => TreeNode | undefined>();
  readonly #everything: Question & { changed: number } = { changed: 0, refresh: () => undefined };
  /** Changes when a document that is not cut comes or goes: it has a root of its own. */
  readonly #whichRoot: Question & { changed: number } = { changed: 0, refresh: () => undefined };
  #wasWhole = false;
  #version: SpecVersion | undefined;
  /** The version of a document that has no views. */
  #outlined: SpecVersion | undefined;
  #views: View[] = [];
  #viewed = -1;
  #cuts = -1;
  #cutRound = 0;

  constructor(text: string) {
    this.source = new SpecDocument(text);
    this.#spine = new SpineNode(rootUnit(), 0, this);
  }

  get version(): SpecVersion {
    return this.#version ?? this.#outlined ?? usualVersion;
  }

  get text(): string {
    return this.source.text;
  }

  get root(): TreeNode {
    this.note(this.#whichRoot);
    return this.source.isWhole ? (this.source.chunks[0]?.root ?? this.#spine) : this.#spine;
  }

  /** The parts of the document, with what they hold. */
  get views(): readonly View[] {
    this.note(this.#everything);
    return this.#views;
  }

  /** Whether every part could be read to its end. */
  get isSound(): boolean {
    return this.source.problem === undefined;
  }

  edit(change: Change): void {
    this.source.edit(change);
  }

  /** Reads what was edited, and looks what that changed. Gives false when this is no API description. Can be broken off and begun again. */
  *updateSteps(): Steps<boolean> {
    if (!(yield* this.outlineSteps())) return false;
    yield* this.#viewSteps(versionOf(this.root));
    return true;
  }

  /** As `updateSteps`, but for the views: for a document that is only looked things up in. */
  *outlineSteps(): Steps<boolean> {
    yield* this.source.readSteps();
    const isCut = this.#cuts !== this.source.cuts;
    const replaced = this.source.takeReplaced();
    if (isCut || replaced.length > 0) {
      this.notebook.round += 1;
      this.#everything.changed = this.notebook.round;
      // What an alias stands for may have changed in another part.
      for (const chunk of this.source.chunks)
        if (chunk.kind === 'entry' && chunk.table.hasAliases) this.source.renew(chunk);
      finish(this.source.readSteps());
      if (isCut) this.#assemble();
      for (const chunk of [...replaced, ...this.source.takeReplaced()])
        chunk.owner?.changed(this.notebook.round);
    }
    const version = versionOf(this.root);
    this.#outlined = version;
    if (version === undefined && (this.isSound || !claimsToBeSpec(this.text))) return false;
    return true;
  }

  *#viewSteps(version: SpecVersion | undefined): Steps<void> {
    const isKnown = version === this.#version;
    if (isKnown && this.#viewed === this.notebook.round) return;
    const model = version ?? usualVersion;
    const known = new KnownViews(isKnown ? this.#views : []);
    const views: View[] = [];
    if (!this.source.isWhole) views.push(known.get(this.#spine) ?? viewOfSpine(this.#spine, [], model));
    const { chunks } = this.source;
    for (let at = 0; at < chunks.length; at += 1) {
      const chunk = chunks[at];
      if (chunk === undefined) continue;
      let view = known.get(chunk);
      if (view === undefined) {
        yield;
        view = yield* walkSteps(chunk, model);
      }
      views.push(view);
      if (chunk.spine !== undefined)
        views.push(known.get(chunk.spine) ?? viewBelow(chunk, chunk.spine, model));
    }
    this.#views = views;
    this.#version = version;
    this.#viewed = this.notebook.round;
  }

  /** Puts the chunks under the maps that they are entries of. */
  #assemble(): void {
    this.#cuts = this.source.cuts;
    this.#cutRound = this.notebook.round;
    const stack = [this.#spine];
    this.#spine.chunks = [];
    this.#spine.changed(this.notebook.round);
    const { isWhole } = this.source;
    if (isWhole || this.#wasWhole) this.#whichRoot.changed = this.notebook.round;
    this.#wasWhole = isWhole;
    if (isWhole) return;
    for (const chunk of this.source.chunks) {
      if (chunk.kind === 'preamble') continue;
      const depth = chunk.place.path.length;
      const owner = stack[depth] ?? this.#spine;
      chunk.owner = owner;
      owner.chunks.push(chunk);
      if (chunk.kind !== 'header') continue;
      chunk.spine ??= new SpineNode(chunk, 1, this, chunk);
      chunk.spine.chunks = [];
      chunk.spine.changed(this.notebook.round);
      stack.length = depth + 1;
      stack.push(chunk.spine);
    }
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
  answerTo<T>(work: () => T, isSame: (a: T, b: T) => boolean): () => T {
    const derived = new Derived(this.notebook, work, isSame);
    return () => derived.answer();
  }

  /** What `#/…` names in this document; undefined when there is nothing, or when the reference leads to another document. */
  resolve(ref: string): TreeNode | undefined {
    if (!ref.startsWith('#')) return undefined;
    let answer = this.#resolved.get(ref);
    if (answer === undefined) {
      answer = this.answerTo(() => resolvePointer(this.root, ref.slice(1)), Object.is);
      this.#resolved.set(ref, answer);
    }
    return answer();
  }

  /** The object behind `node`, following `$ref`s within this document; undefined when one can't be followed. */
  deref(node: TreeNode | undefined): TreeNode | undefined {
    let found = node?.actual;
    for (let hops = 0; found !== undefined && hops < maxHops; hops += 1) {
      const ref = found.kind === 'map' ? found.stringAt('$ref') : undefined;
      if (ref === undefined) return found;
      found = this.resolve(ref)?.actual;
    }
    return undefined;
  }
}

/** The view of the map that a header is the key of. */
function viewBelow({ place }: Chunk, spine: SpineNode, version: SpecVersion): View {
  return viewOfSpine(spine, [...place.path, spine.key ?? ''], version);
}

/** Views that are there already, mostly asked for in their order. */
class KnownViews {
  readonly #views: readonly View[];
  #next = 0;
  #byUnit: ReadonlyMap<View['unit'], View> | undefined;

  constructor(views: readonly View[]) {
    this.#views = views;
  }

  get(unit: View['unit']): View | undefined {
    const view = this.#views[this.#next];
    this.#next += 1;
    if (view?.unit === unit) return view;
    // What stood here was edited, so this is what came in its place.
    if (view !== undefined && !(view.unit instanceof SpineNode) && view.unit.isGone) return undefined;
    this.#byUnit ??= new Map(this.#views.map((one) => [one.unit, one]));
    return this.#byUnit.get(unit);
  }
}

/** The entry of a spine under a key. It is another when its chunk is, or, once chunks came or went, when another stands first. */
class Looked implements Question {
  readonly #ask: () => TreeNode | undefined;
  readonly #notebook: Notebook;
  readonly #cutRound: () => number;
  #value: TreeNode | undefined;
  #seen = 0;
  changed = 0;

  constructor(ask: () => TreeNode | undefined, notebook: Notebook, cutRound: () => number) {
    this.#ask = ask;
    this.#notebook = notebook;
    this.#cutRound = cutRound;
  }

  refresh(round: number): void {
    if (this.#seen === round) return;
    const stays = this.#value !== undefined && !this.#value.unit.isGone && this.#cutRound() <= this.#seen;
    this.#seen = round;
    if (stays) return;
    const value = this.#ask();
    if (value !== this.#value) this.changed = round;
    this.#value = value;
  }

  answer(): TreeNode | undefined {
    this.refresh(this.#notebook.round);
    this.#notebook.note(this);
    return this.#value;
  }
}

/** Reads a text as an API description; undefined when it is none (another YAML file, an empty one). */
export function* specSteps(text: string): Steps<Spec | undefined> {
  if (!looksLikeSpec(text)) return undefined;
  const spec = new Spec(text);
  return (yield* spec.updateSteps()) ? spec : undefined;
}
