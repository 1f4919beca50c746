/** What the parts of a text hold, by what they are: kept from one round to the next as long as they stay. */
import type { SpecVersion } from './detect';
import type { SpecDocument } from './document';
import type { Expected } from './expected';
import { KnownViews } from './kept';
import type { Question } from './question';
import type { SpineNode } from './spine';
import type { Steps } from './steps';
import type { View } from './walk';
import { viewOfSpine, walkSteps } from './walk';

/** For a text that says what it is and can't be read. */
export const usualVersion: SpecVersion = '3.1';

export class Views {
  readonly #source: SpecDocument;
  readonly #root: SpineNode;
  #all: View[] = [];
  #version: SpecVersion | undefined;
  readonly whichVersion: Question & { changed: number } = { changed: 0, refresh: () => undefined };
  /** The round of the text that was looked at. */
  #viewed = -1;
  /** What references expect here, when the text is no description by itself. */
  #expected: Expected | undefined;
  /** The rounds in which maps that chunks stand in were looked at: of a part, these can be anything. */
  readonly #spines = new Map<SpineNode, { readonly view: View; readonly round: number }>();

  constructor(source: SpecDocument, root: SpineNode) {
    this.#source = source;
    this.#root = root;
  }

  get all(): readonly View[] {
    return this.#all;
  }

  /** The version that the text was looked at as. */
  get version(): SpecVersion | undefined {
    return this.#version;
  }

  get expected(): Expected | undefined {
    return this.#expected;
  }

  /** Forgets what the parts were taken for, when that is no longer what they are; gives whether it is not. */
  expect(expected: Expected | undefined): boolean {
    if (expected?.id === this.#expected?.id) return false;
    this.#expected = expected;
    this.forget();
    return true;
  }

  /** Forgets all parts. */
  forget(): void {
    this.#all = [];
    this.#spines.clear();
    this.#viewed = -1;
  }

  /** Looks at what is new in the text, which `changed` last in that round. Can be broken off and begun again. */
  *steps(version: SpecVersion | undefined, changed: number): Steps<void> {
    const isKnown = version === this.#version;
    if (isKnown && this.#viewed === changed) return;
    const model = version ?? usualVersion;
    const known = new KnownViews(isKnown ? this.#all : []);
    const all: View[] = [];
    if (!this.#source.isWhole) all.push(this.#viewOf(this.#root, [], known, model));
    const { chunks } = this.#source;
    for (let at = 0; at < chunks.length; at += 1) {
      const chunk = chunks[at];
      if (chunk === undefined) continue;
      let view = known.get(chunk);
      if (view === undefined) {
        yield;
        view = yield* walkSteps(chunk, model, this.#expected?.content);
      }
      all.push(view);
      if (chunk.spine !== undefined) all.push(this.#viewOf(chunk.spine, chunk.place.path, known, model));
    }
    this.#all = all;
    if (!isKnown) this.whichVersion.changed = changed;
    this.#version = version;
    this.#viewed = changed;
  }

  /** The maps of a description are what they are; those of a part may be schemas, and are looked at again when entries changed. */
  #viewOf(spine: SpineNode, above: readonly string[], known: KnownViews, version: SpecVersion): View {
    const path = spine === this.#root ? above : [...above, spine.key ?? ''];
    const old = known.get(spine);
    const content = this.#expected?.content;
    if (content === undefined) return old ?? viewOfSpine(spine, path, version);
    const round = spine.question.changed;
    const seen = this.#spines.get(spine);
    if (seen?.round === round && seen.view === old) return seen.view;
    const view = viewOfSpine(spine, path, version, content);
    this.#spines.set(spine, { view, round });
    return view;
  }
}
