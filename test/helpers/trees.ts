import type { FileEdit, NewFile, Obstacle, Trees } from '../../src/base/ports';

export interface MemoryTrees extends Trees {
  /** What was made, by folder. */
  readonly made: ReadonlyMap<string, readonly NewFile[]>;
  /** What was changed in folders that were there, in order. */
  readonly changed: readonly { readonly dir: string; readonly edits: readonly FileEdit[] }[];
}

/** Trees in memory: `obstacles` stand in the way of folders, `failure` is thrown when the files are written. */
export function memoryTrees(
  options: { readonly obstacles?: Readonly<Record<string, Obstacle>>; readonly failure?: Error } = {},
): MemoryTrees {
  const made = new Map<string, readonly NewFile[]>();
  const changed: { readonly dir: string; readonly edits: readonly FileEdit[] }[] = [];
  return {
    made,
    changed,
    async change(dir, edits, { signal }) {
      signal.throwIfAborted();
      if (options.failure !== undefined) throw options.failure;
      changed.push({ dir, edits });
      return [];
    },
    recover: async () => undefined,
    obstacle: async (dir) => options.obstacles?.[dir],
    async create(dir, files, { signal, finish }) {
      signal.throwIfAborted();
      if (options.failure !== undefined) throw options.failure;
      await finish?.(`${dir}.partial`);
      signal.throwIfAborted();
      made.set(dir, files);
    },
  };
}
