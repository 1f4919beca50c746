import type { FileRow } from './protocol';

/** A row of the tree as it is seen: a folder, or a file with what will happen to it. */
export interface TreeRow {
  /** A folder's ends with a slash. */
  readonly path: string;
  readonly name: string;
  /** From 1, as assistive technology counts. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  /** Undefined for a file. */
  readonly expanded: boolean | undefined;
  readonly file: FileRow | undefined;
  /** For a folder: how many files in it are in conflict and undecided. */
  readonly conflicts: number;
}

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: FileRow[];
}

/** The visible rows, in the order of the editor's explorer: folders first, then files, each by name. */
export function treeRows(files: readonly FileRow[], collapsed: ReadonlySet<string>): readonly TreeRow[] {
  const root = folder();
  for (const file of files) put(root, file);
  return rowsOf(root, '', { level: 1, collapsed });
}

/** The paths of all folders, each with a slash at its end. */
export function foldersOf(files: readonly FileRow[]): readonly string[] {
  const found = new Set<string>();
  for (const { path } of files)
    for (let cut = path.indexOf('/'); cut >= 0; cut = path.indexOf('/', cut + 1))
      found.add(path.slice(0, cut + 1));
  return [...found];
}

const folder = (): Folder => ({ folders: new Map(), files: [] });

function put(root: Folder, file: FileRow): void {
  let at = root;
  for (const name of file.path.split('/').slice(0, -1)) {
    const next = at.folders.get(name) ?? folder();
    at.folders.set(name, next);
    at = next;
  }
  at.files.push(file);
}

interface Where {
  readonly level: number;
  readonly collapsed: ReadonlySet<string>;
}

const byName = (a: string, b: string): number => (a.toLowerCase() < b.toLowerCase() ? -1 : 1);
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function rowsOf(at: Folder, prefix: string, { level, collapsed }: Where): readonly TreeRow[] {
  const folders = [...at.folders].toSorted(([a], [b]) => byName(a, b));
  const files = at.files.toSorted((a, b) => byName(nameOf(a.path), nameOf(b.path)));
  const siblings = folders.length + files.length;
  const inside = folders.flatMap(([name, child], index): readonly TreeRow[] => {
    const path = `${prefix}${name}/`;
    const expanded = !collapsed.has(path);
    const position = index + 1;
    const conflicts = conflictsIn(child);
    const own: TreeRow = { path, name, level, position, siblings, expanded, file: undefined, conflicts };
    return expanded ? [own, ...rowsOf(child, path, { level: level + 1, collapsed })] : [own];
  });
  const leaves = files.map((file, index): TreeRow => ({
    path: file.path,
    name: nameOf(file.path),
    level,
    position: folders.length + index + 1,
    siblings,
    expanded: undefined,
    file,
    conflicts: isOpen(file) ? 1 : 0,
  }));
  return [...inside, ...leaves];
}

const isOpen = (file: FileRow): boolean => file.kind === 'conflict' && file.decision === undefined;

function conflictsIn(at: Folder): number {
  const below = [...at.folders.values()].reduce((sum, one) => sum + conflictsIn(one), 0);
  return below + at.files.filter(isOpen).length;
}
