/** Which anchor an alias stands for: the last of that name before it (YAML 1.2.2, section 7.1), also in an earlier piece of the text. */
import type { Chunk } from './chunk';
import type { TreeNode } from './tree';

export class Anchors {
  /** By name, the pieces that have such an anchor, of those that were looked at: without this, each of many aliases looks at all before it. */
  readonly #places = new Map<string, number[]>();
  #seen = 0;

  /** To be called when a piece came, went or has another text. */
  forget(): void {
    if (this.#seen === 0) return;
    this.#places.clear();
    this.#seen = 0;
  }

  /** The node in a piece before one of them that has the anchor. */
  find(chunks: readonly Chunk[], name: string, before: number): TreeNode | undefined {
    this.#look(chunks, before);
    // What is not read yet has no anchors yet.
    for (let at = before - 1; at >= this.#seen; at -= 1) {
      const found = nodeIn(chunks[at], name);
      if (found !== undefined) return found;
    }
    const last = this.#places.get(name)?.findLast((at) => at < before);
    return last === undefined ? undefined : nodeIn(chunks[last], name);
  }

  #look(chunks: readonly Chunk[], until: number): void {
    for (; this.#seen < until; this.#seen += 1) {
      const chunk = chunks[this.#seen];
      if (chunk?.isRead !== true) return;
      for (const { name } of chunk.table.anchors) {
        const known = this.#places.get(name);
        if (known === undefined) this.#places.set(name, [this.#seen]);
        else if (known.at(-1) !== this.#seen) known.push(this.#seen);
      }
    }
  }
}

function nodeIn(chunk: Chunk | undefined, name: string): TreeNode | undefined {
  const found = chunk?.table.anchors.findLast((one) => one.name === name);
  return found === undefined ? undefined : chunk?.nodes.at(chunk, found.row);
}
