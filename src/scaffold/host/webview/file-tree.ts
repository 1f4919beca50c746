import type { FileRow } from '../../form/protocol';
import type { TreeRow } from '../../form/tree';
import { foldersOf, treeRows } from '../../form/tree';
import type { Part } from './dom';
import { el, keyed } from './dom';
import { jumpIn, moveIn } from './tree-keys';
import { createRow } from './tree-row';

export interface TreeView {
  readonly rows: readonly FileRow[];
  readonly shown: string | undefined;
}

/** More files than this start with their folders closed. */
const mostOpen = 400;

/** The files as a tree. One row can be reached by Tab; arrow keys move, and the file they come to is shown. */
export function createFileTree(show: (path: string) => void): Part<TreeView> {
  const element = el('div', { class: 'tree', role: 'tree', 'aria-label': 'Files of the service' });
  let view: TreeView = { rows: [], shown: undefined };
  let visible: readonly TreeRow[] = [];
  let collapsed: ReadonlySet<string> | undefined;
  let current: string | undefined;
  const draw = keyed<TreeRow>(
    element,
    (row) => row.path,
    () => createRow(() => current),
  );
  const redraw = (): void => {
    visible = treeRows(view.rows, collapsed ?? new Set());
    const isVisible = (path: string | undefined): boolean => visible.some((row) => row.path === path);
    if (!isVisible(current)) current = isVisible(view.shown) ? view.shown : visible[0]?.path;
    draw(visible);
  };
  const toggle = (path: string, open: boolean): void => {
    const next = new Set(collapsed);
    if (open) next.delete(path);
    else next.add(path);
    collapsed = next;
    redraw();
  };
  const go = (row: TreeRow): void => {
    current = row.path;
    redraw();
    rowOf(element, row.path)?.focus();
    if (row.file) show(row.path);
  };
  listen(element, { rows: () => visible, go, toggle });
  return {
    element,
    update: (next) => {
      const moved = next.shown !== view.shown && next.shown !== undefined;
      // The file on show follows the host, say when another template has none of that name.
      if (moved) current = next.shown;
      view = next;
      if (collapsed === undefined && view.rows.length > mostOpen) collapsed = new Set(foldersOf(view.rows));
      redraw();
      if (moved) scrollTo(element, rowOf(element, next.shown));
    },
  };
}

const rowOf = (tree: HTMLElement, path = ''): HTMLElement | null =>
  tree.querySelector(`[data-path="${CSS.escape(path)}"]`);

/** Scrolls the tree and nothing around it, so that a row can be seen. */
function scrollTo(tree: HTMLElement, row: HTMLElement | null): void {
  if (!row) return;
  const [top, end] = [row.offsetTop, row.offsetTop + row.offsetHeight];
  if (top < tree.scrollTop) tree.scrollTop = top;
  else if (end > tree.scrollTop + tree.clientHeight) tree.scrollTop = end - tree.clientHeight;
}

/** Letters that follow each other within this time are one beginning of a name. */
const typingMs = 600;

interface Moves {
  rows(): readonly TreeRow[];
  go(row: TreeRow): void;
  toggle(path: string, open: boolean): void;
}

function listen(tree: HTMLElement, { rows, go, toggle }: Moves): void {
  tree.addEventListener('click', (event) => {
    const row = rowAt(event, rows());
    if (!row) return;
    go(row);
    if (row.expanded !== undefined) toggle(row.path, !row.expanded);
  });
  let typed = '';
  let typedAt = 0;
  tree.addEventListener('keydown', (event) => {
    const row = rowAt(event, rows());
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const isLetter = event.key.length === 1 && event.key !== ' ';
    if (isLetter) {
      typed = event.timeStamp - typedAt < typingMs ? typed + event.key : event.key;
      typedAt = event.timeStamp;
    }
    const move = isLetter ? jumpIn(rows(), row, typed) : moveIn(rows(), row, event.key);
    if (!move) return;
    event.preventDefault();
    if ('open' in move) toggle(row.path, move.open);
    else go(move.to);
  });
}

function rowAt(event: Event, rows: readonly TreeRow[]): TreeRow | undefined {
  const target = event.target instanceof Element ? event.target.closest('[data-path]') : undefined;
  const path = target?.getAttribute('data-path');
  return rows.find((row) => row.path === path);
}
