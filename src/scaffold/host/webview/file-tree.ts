import type { FileRow } from '../../form/protocol';
import type { TreeRow } from '../../form/tree';
import { foldersOf, treeRows } from '../../form/tree';
import type { Part } from './dom';
import { el, freshId, icon, keyed, set, write } from './dom';
import { moveIn } from './tree-keys';

export interface TreeView {
  readonly rows: readonly FileRow[];
  readonly shown: string | undefined;
}

/** More files than this start with their folders closed. */
const mostOpen = 400;

/** What will happen to a file, in a letter, as source control shows it, and in words. */
const badges = {
  create: { letter: 'A', words: 'new' },
  same: { letter: '=', words: 'the same already' },
  merge: { letter: 'M', words: 'merged' },
  conflict: { letter: '!', words: 'differs from yours' },
} as const;
const decided = {
  mine: { letter: 'K', words: 'yours is kept' },
  template: { letter: 'T', words: 'the template’s is taken' },
} as const;

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
    if (!visible.some((row) => row.path === current)) current = view.shown ?? visible[0]?.path;
    if (!visible.some((row) => row.path === current)) current = visible[0]?.path;
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
    rowElement(element, row.path)?.focus();
    if (row.file) show(row.path);
  };
  element.addEventListener('click', (event) => {
    const row = rowAt(event, visible);
    if (!row) return;
    go(row);
    if (row.expanded !== undefined) toggle(row.path, !row.expanded);
  });
  element.addEventListener('keydown', (event) => {
    const row = rowAt(event, visible);
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = moveIn(visible, row, event.key);
    if (!move) return;
    event.preventDefault();
    if ('open' in move) toggle(row.path, move.open);
    else go(move.to);
  });
  return {
    element,
    update: (next) => {
      // The file on show follows the host, say when another template has none of that name.
      if (next.shown !== view.shown && next.shown !== undefined) current = next.shown;
      view = next;
      if (collapsed === undefined && view.rows.length > mostOpen) collapsed = new Set(foldersOf(view.rows));
      redraw();
    },
  };
}

const rowElement = (tree: HTMLElement, path: string): HTMLElement | null =>
  tree.querySelector(`[data-path="${CSS.escape(path)}"]`);

function rowAt(event: Event, rows: readonly TreeRow[]): TreeRow | undefined {
  const target = event.target instanceof Element ? event.target.closest('[data-path]') : undefined;
  const path = target?.getAttribute('data-path');
  return rows.find((row) => row.path === path);
}

function createRow(current: () => string | undefined): Part<TreeRow> {
  const name = el('span', { class: 'tree-name', id: freshId('name') });
  const badge = el('span', { class: 'badge', 'aria-hidden': 'true' });
  const about = el('span', { class: 'hidden', id: freshId('about') });
  const twistie = el('span', { class: 'twistie' });
  const element = el('div', { class: 'tree-row', role: 'treeitem' }, twistie, name, badge, about);
  let drawn = '';
  return {
    element,
    update: (row) => {
      const isCurrent = row.path === current();
      set(element, {
        'data-path': row.path,
        tabindex: isCurrent ? '0' : '-1',
        'aria-selected': isCurrent ? 'true' : 'false',
      });
      const now = JSON.stringify(row);
      if (now === drawn) return;
      drawn = now;
      const says = badgeOf(row);
      write(name, row.name);
      write(badge, says.letter);
      write(about, says.words);
      if (row.expanded !== undefined) element.title = '';
      else element.title = `${row.path}: ${says.words}`;
      twistie.replaceChildren(icon(row.expanded === undefined ? 'file' : 'chevron'));
      element.style.setProperty('--level', String(row.level));
      set(element, {
        class: `tree-row tree-${row.file ? `file kind-${says.kind}` : 'folder'}`,
        'aria-level': String(row.level),
        'aria-posinset': String(row.position),
        'aria-setsize': String(row.siblings),
        'aria-expanded': row.expanded === undefined ? undefined : String(row.expanded),
        'aria-labelledby': `${name.id} ${about.id}`,
      });
    },
  };
}

interface Badge {
  readonly letter: string;
  readonly words: string;
  readonly kind: string;
}

function badgeOf({ file, conflicts }: TreeRow): Badge {
  if (!file) {
    const open = conflicts > 0;
    return { letter: open ? '!' : '', words: open ? `${conflicts} to decide` : '', kind: 'folder' };
  }
  const badge = file.decision === undefined ? badges[file.kind] : decided[file.decision];
  const upkeep = file.managed ? 'kept up to date with the template' : 'yours from the start';
  const kind = file.decision === undefined ? file.kind : 'decided';
  return { letter: badge.letter, words: `${badge.words}, ${sizeOf(file.size)}, ${upkeep}`, kind };
}

/** A size for people. */
export function sizeOf(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`;
}
