import { sizeText } from '../../form/size';
import type { TreeRow } from '../../form/tree';
import type { Part } from './dom';
import { el, freshId, icon, set, write } from './dom';

/** What will happen to a file, in a letter, as source control shows it, and in words. */
const badges = {
  create: { letter: 'A', words: 'new' },
  same: { letter: '=', words: 'the same already' },
  merge: { letter: 'M', words: 'merged' },
  conflict: { letter: '!', words: 'differs from yours' },
} as const;
const decided = {
  keep: { letter: 'K', words: 'yours is kept' },
  overwrite: { letter: 'T', words: 'the template’s is taken' },
} as const;

/** A row of the tree. `current` gives the path of the row that Tab comes to. */
export function createRow(current: () => string | undefined): Part<TreeRow> {
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
      // Drawn by the style sheet: the words beside it say the same.
      set(badge, { 'data-letter': says.letter });
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
  return { letter: badge.letter, words: `${badge.words}, ${sizeText(file.size)}, ${upkeep}`, kind };
}
