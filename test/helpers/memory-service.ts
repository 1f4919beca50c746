import { isString } from '../../src/base/json';
import type { Entry, Files, Trees } from '../../src/base/ports';

export interface MemoryFile {
  readonly bytes: Uint8Array;
  readonly executable: boolean;
}

/** A symbolic link. */
export const link = { isLink: true } as const;
export type Link = typeof link;
/** A file as a test writes it down: its text (`#!` makes it executable), bytes, a file whole, or a link. */
export type WrittenFile = string | Uint8Array | { readonly text: string; readonly executable: boolean };
export type Written = WrittenFile | Link;
export type WrittenTree = Readonly<Record<string, Written>>;

export const dir = '/work/service';
const encoder = new TextEncoder();

export const isLink = (one: unknown): one is Link => one === link;

export function fileOf(written: WrittenFile): MemoryFile {
  if (isString(written)) return { bytes: encoder.encode(written), executable: written.startsWith('#!') };
  if (written instanceof Uint8Array) return { bytes: written, executable: false };
  return { bytes: encoder.encode(written.text), executable: written.executable };
}

/** A folder in memory that can be read and changed through the ports, at `dir`. */
export interface MemoryService {
  readonly files: Files;
  readonly trees: Trees;
  put(path: string, written: Written | null): void;
  /** What stands there, by path. */
  all(): ReadonlyMap<string, MemoryFile | Link>;
}

export function createMemoryService(tree: WrittenTree = {}): MemoryService {
  const standing = new Map<string, MemoryFile | Link>();
  const put = (path: string, written: Written | null): void => {
    if (written === null) standing.delete(path);
    else standing.set(path, isLink(written) ? written : fileOf(written));
  };
  for (const [path, written] of Object.entries(tree)) put(path, written);
  const below = (path: string): string => (path === dir ? '' : path.slice(dir.length + 1));
  const kindAt = (path: string): Entry['kind'] | undefined => {
    const found = standing.get(path);
    if (found) return isLink(found) ? 'symlink' : 'file';
    const isFolder = path === '' || [...standing.keys()].some((one) => one.startsWith(`${path}/`));
    return isFolder ? 'directory' : undefined;
  };
  const bytesAt = (path: string): Uint8Array | undefined => {
    const found = standing.get(below(path));
    return isLink(found) ? undefined : found?.bytes;
  };
  const files: Files = {
    readText: async (path) => {
      const bytes = bytesAt(path);
      return bytes && new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    },
    readBytes: async (path) => bytesAt(path),
    async list(path) {
      const prefix = path === dir ? '' : `${below(path)}/`;
      const names = new Set(
        [...standing.keys()]
          .filter((one) => one.startsWith(prefix))
          .map((one) => one.slice(prefix.length).split('/')[0] ?? ''),
      );
      return [...names].sort().map((name) => ({ name, kind: kindAt(prefix + name) ?? 'other' }));
    },
    kind: async (path) => kindAt(below(path)),
    isExecutable: async (path) => {
      const found = standing.get(below(path));
      return found !== undefined && !isLink(found) && found.executable;
    },
  };
  return {
    files,
    trees: treesOf(standing),
    put,
    all: () => new Map([...standing].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Changes as the real trees make them, with the same refusals. */
function treesOf(standing: Map<string, MemoryFile | Link>): Trees {
  return {
    obstacle: async () => undefined,
    create: async () => undefined,
    recover: async () => undefined,
    async change(_dir, edits, { signal }) {
      signal.throwIfAborted();
      for (const { path, seen } of edits) {
        const found = standing.get(path);
        const isAsSeen = isLink(found) ? false : Buffer.compare(found?.bytes ?? empty, seen ?? empty) === 0;
        if (!isAsSeen || (found === undefined) !== (seen === undefined))
          throw Object.assign(new Error(`ECHANGED: ${path}`), { code: 'ECHANGED', path });
      }
      for (const { path, next } of edits) if (!next) standing.delete(path);
      for (const { path, next } of edits) if (next) standing.set(path, next);
      return [];
    },
  };
}

const empty = new Uint8Array();
