import type { TreeRow } from '../../form/tree';

/** Where a key leads: to another row, or the row is opened or closed. */
export type Move = { readonly to: TreeRow } | { readonly open: boolean };

/** The keys of a tree, after the ARIA Authoring Practices (Tree View): arrows, Home, End, Enter, space. */
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
      return undefined;
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

/** The row whose name begins with the letters that were typed: after one letter the next such row, after more the nearest. */
export function jumpIn(rows: readonly TreeRow[], from: TreeRow, typed: string): Move | undefined {
  const at = rows.findIndex((row) => row.path === from.path) + (typed.length > 1 ? 0 : 1);
  const wanted = typed.toLowerCase();
  const around = [...rows.slice(at), ...rows.slice(0, at)];
  const found = around.find((row) => row.name.toLowerCase().startsWith(wanted));
  return found && { to: found };
}
