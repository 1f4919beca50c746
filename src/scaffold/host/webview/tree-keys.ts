import type { TreeRow } from '../../form/tree';

/** Where a key leads: to another row, or the row is opened or closed. */
export type Move = { readonly to: TreeRow } | { readonly open: boolean };

/** The keys of a tree, after the ARIA Authoring Practices (Tree View): arrows, Home, End, Enter, and letters to jump. */
export function moveIn(rows: readonly TreeRow[], from: TreeRow, key: string): Move | undefined {
  const at = rows.findIndex((row) => row.path === from.path);
  const to = (row: TreeRow | undefined): Move | undefined => row && { to: row };
  switch (key) {
    case 'ArrowDown':
      return to(rows[at + 1]);
    case 'ArrowUp':
      return to(rows[at - 1]);
    case 'Home':
      return to(rows[0]);
    case 'End':
      return to(rows.at(-1));
    case 'ArrowRight':
      return from.expanded === false ? { open: true } : to(childOf(rows, at));
    case 'ArrowLeft':
      return from.expanded === true ? { open: false } : to(parentOf(rows, at));
    case 'Enter':
    case ' ':
      return from.expanded === undefined ? { to: from } : { open: !from.expanded };
    default:
      return to(startingWith(rows, at, key));
  }
}

function childOf(rows: readonly TreeRow[], at: number): TreeRow | undefined {
  const next = rows[at + 1];
  return next && next.level > (rows[at]?.level ?? 0) ? next : undefined;
}

function parentOf(rows: readonly TreeRow[], at: number): TreeRow | undefined {
  const level = rows[at]?.level ?? 0;
  return rows.slice(0, at).findLast((row) => row.level < level);
}

function startingWith(rows: readonly TreeRow[], at: number, key: string): TreeRow | undefined {
  if (key.length !== 1) return undefined;
  const wanted = key.toLowerCase();
  const after = [...rows.slice(at + 1), ...rows.slice(0, at)];
  return after.find((row) => row.name.toLowerCase().startsWith(wanted));
}
