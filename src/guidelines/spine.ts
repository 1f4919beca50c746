/** The maps of a document whose entries were read by themselves: the root, `paths`, the sections of `components`. */
import type { Chunk } from './chunk';
import { endOfCloser } from './json-split';
import { byKey } from './keys';
import { Layout } from './layout';
import type { Question } from './question';
import type { Form, Table } from './table';
import { form } from './table';
import type { NodeKind, NodeStyle, Scalar, Unit } from './tree';
import { NodeStore, TreeNode } from './tree';

/** Who wants to know what rules ask of a spine: what they were told goes stale when its chunks change. */
export interface Listener {
  note(question: Question): void;
  /** The question for the entry of a spine under a key. */
  entryOf(spine: SpineNode, key: string): TreeNode | undefined;
}

const oneMap: Table = {
  text: '',
  rows: Int32Array.of(form.blockMap, -1, -1, 0, 0, -1, 1, 0),
  count: 1,
  anchors: [],
  hasAliases: false,
};

/** The unit of a root that no chunk holds. */
export function rootUnit(document: object): Unit {
  return {
    table: oneMap,
    start: 0,
    nodes: new NodeStore(),
    owner: undefined,
    isGone: false,
    document,
    anchored: () => undefined,
  };
}

/** The chunks that open and close a map of JSON: the first ends with its bracket. */
export interface Brackets {
  readonly opener: Chunk;
  closer: Chunk | undefined;
}

export class SpineNode extends TreeNode {
  readonly #listener: Listener;
  readonly header: Chunk | undefined;
  /** What was asked for its entries, by key. */
  readonly looked = new Map<string, Question & { answer(): TreeNode | undefined }>();
  /** The chunks that hold its entries. */
  chunks: Chunk[] = [];
  /** In JSON what holds the brackets around its entries. */
  brackets: Brackets | undefined;
  /** What those ask who look at all of its entries. */
  readonly question: Question & { changed: number };
  /** What those ask who look at the keys alone: these change only when entries come, go or are renamed. */
  readonly keysQuestion: Question & { changed: number };
  #keys: readonly string[] = [];
  #keysOf: readonly TreeNode[] | undefined;
  #nodes: readonly TreeNode[] | undefined;
  #index: Map<string, TreeNode> | undefined;
  /** Which chunk came in the place of another since the entries were put together; -1 where they have to be put together anew. */
  #replaced: number | undefined;

  constructor(unit: Unit, row: number, listener: Listener, header?: Chunk) {
    super(unit, row);
    this.#listener = listener;
    this.header = header;
    this.question = { changed: 0, refresh: () => undefined };
    this.keysQuestion = { changed: 0, refresh: (round) => this.#refreshKeys(round) };
  }

  override get form(): Form {
    return this.brackets === undefined ? form.blockMap : form.flowMap;
  }

  override get kind(): NodeKind {
    return 'map';
  }

  override get style(): NodeStyle {
    return this.brackets === undefined ? 'block' : 'flow';
  }

  override get value(): Scalar {
    return null;
  }

  override get target(): undefined {
    return undefined;
  }

  override get start(): number {
    const opener = this.brackets?.opener;
    if (opener !== undefined) return opener.start + opener.text.length - 1;
    const first = this.entries[0];
    return first?.keySpan?.start ?? first?.start ?? super.start;
  }

  override get end(): number {
    const closer = this.brackets?.closer;
    if (closer !== undefined) return closer.start + endOfCloser(closer.text);
    return this.entries.at(-1)?.end ?? super.end;
  }

  override get children(): readonly TreeNode[] {
    this.#listener.note(this.question);
    return this.entries;
  }

  override get collections(): readonly TreeNode[] {
    return this.children.filter((child) => child.isCollection);
  }

  override childrenBut(): readonly TreeNode[] {
    return this.children;
  }

  override get keys(): readonly string[] {
    this.#refreshKeys(this.question.changed);
    this.#listener.note(this.keysQuestion);
    return this.#keys;
  }

  #refreshKeys(round: number): void {
    if (this.#keysOf === this.entries) return;
    this.#keysOf = this.entries;
    const keys = this.entries.flatMap((child) => child.key ?? []);
    if (keys.length === this.#keys.length && keys.every((key, at) => key === this.#keys[at])) return;
    this.#keys = keys;
    this.keysQuestion.changed = round;
  }

  /** The entries, for those who keep no answer. */
  get entries(): readonly TreeNode[] {
    return (this.#nodes ??= this.chunks.flatMap((chunk) => chunk.spine ?? chunk.entries));
  }

  /** Its entries stand in other units. */
  override get layout(): Layout {
    return new Layout(this.keys, [], 0);
  }

  override get mayMerge(): boolean {
    return true;
  }

  protected override own(key: string): TreeNode | undefined {
    return this.#listener.entryOf(this, key);
  }

  /** The entry under a key, for those who keep no answer. */
  lookUp(key: string): TreeNode | undefined {
    this.#index ??= byKey(this.entries);
    return this.#index.get(key);
  }

  replace(old: Chunk, fresh: Chunk): void {
    const at = this.chunks.indexOf(old);
    if (at < 0) return;
    this.chunks[at] = fresh;
    this.#replaced = this.#replaced === undefined && this.#isEntry(old, at) ? at : -1;
  }

  /** Whether a chunk is one entry, at its own place: others may be none, or several where the text is broken. */
  #isEntry(chunk: Chunk, at: number): boolean {
    const nodes = this.#nodes;
    return nodes?.[at]?.unit === chunk && nodes[at - 1]?.unit !== chunk && nodes[at + 1]?.unit !== chunk;
  }

  /** Takes note that chunks came, went or changed. */
  changed(round: number): void {
    this.question.changed = round;
    const before = this.#nodes;
    this.#nodes = this.#patched();
    this.#keepKeys(before);
    this.#replaced = undefined;
  }

  /** The entries, where one chunk of one entry came in the place of another such; undefined when all have to be put together. */
  #patched(): readonly TreeNode[] | undefined {
    const at = this.#replaced ?? -1;
    const chunk = this.chunks[at];
    const entries = chunk?.spine === undefined ? (chunk?.entries ?? []) : [chunk.spine];
    const [entry] = entries;
    if (this.#nodes?.length !== this.chunks.length || entry === undefined || entries.length > 1)
      return undefined;
    return this.#nodes.with(at, entry);
  }

  /** Where one entry came in the place of another of the same key, the keys are those of before. */
  #keepKeys(before: readonly TreeNode[] | undefined): void {
    const at = this.#replaced ?? -1;
    const [old, fresh] = [before?.[at], this.#nodes?.[at]];
    const { key } = fresh ?? {};
    if (old === undefined || fresh === undefined || key === undefined || old.key !== key) {
      this.#index = undefined;
      return;
    }
    if (this.#keysOf === before) this.#keysOf = this.#nodes;
    // Of several with one key only the first is found.
    if (this.#index?.get(key) === old) this.#index.set(key, fresh);
  }

  /** Whether everything that was read below it was sound. */
  get isSound(): boolean {
    if (this.brackets?.closer?.problem !== undefined) return false;
    return this.chunks.every((chunk) => chunk.problem === undefined && chunk.spine?.isSound !== false);
  }
}
