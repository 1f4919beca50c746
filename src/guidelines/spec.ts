import type { SpecVersion } from './detect';
import { claimsToBeSpec, looksLikeSpec, versionOf } from './detect';
import type { SpecText } from './document';
import { readSteps } from './document';
import { resolvePointer } from './pointer';
import type { NodeType } from './shapes';
import type { Steps } from './steps';
import { TreeNode } from './tree';
import { walkSteps } from './walk';
import type { Walked } from './walk';

const noNodes: readonly TreeNode[] = [];
const maxHops = 32;

/** An API description as the rules see it. Nothing is inlined: a `$ref` stays where it is written, and is followed when asked. */
export class Spec {
  readonly source: SpecText;
  readonly version: SpecVersion;
  readonly root: TreeNode;
  readonly #walked: Walked;
  readonly #resolved = new Map<string, TreeNode | undefined>();

  constructor(source: SpecText, version: SpecVersion, walked: Walked) {
    this.source = source;
    this.version = version;
    this.root = walked.root;
    this.#walked = walked;
  }

  get text(): string {
    return this.source.text;
  }

  /** Every node of a type, once, in the order of the document. Objects that are only a `$ref` are not among them. */
  nodes(type: NodeType): readonly TreeNode[] {
    return this.#walked.byType.get(type) ?? noNodes;
  }

  /** Every map of the document, in examples too. */
  get maps(): readonly TreeNode[] {
    return this.#walked.maps;
  }

  /** The nodes of every `$ref` that stands where the model has an object: the references that tools follow. */
  get refs(): readonly TreeNode[] {
    return this.#walked.refs;
  }

  /** The values of all `$ref`s, wherever they stand. */
  get refValues(): ReadonlySet<string> {
    return this.#walked.refValues;
  }

  /** What `#/…` names in this document; undefined when there is nothing, or when the reference leads to another document. */
  resolve(ref: string): TreeNode | undefined {
    if (!ref.startsWith('#')) return undefined;
    // Many references name the same few things.
    const known = this.#resolved.get(ref);
    if (known !== undefined || this.#resolved.has(ref)) return known;
    const found = resolvePointer(this.root, ref.slice(1));
    this.#resolved.set(ref, found);
    return found;
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

/** Reads a text as an API description; undefined when it is none (another YAML file, an empty one). */
export function* specSteps(text: string): Steps<Spec | undefined> {
  if (!looksLikeSpec(text)) return undefined;
  const source = yield* readSteps(text);
  const version = versionOf(source.root, text);
  if (version !== undefined && source.root !== undefined)
    return new Spec(source, version, yield* walkSteps(source.root, version));
  if (source.problem === undefined || !claimsToBeSpec(text)) return undefined;
  const nothing = new TreeNode({ kind: 'map', style: 'block', start: 0, end: text.length });
  return new Spec(source, '3.1', yield* walkSteps(nothing, '3.1'));
}
