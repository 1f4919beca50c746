import type { DoneView } from '../../form/protocol';
import type { Part } from './dom';
import { el, icon, keyed, set, write } from './dom';

/** What was made, and what to do next. */
export function createDone(): Part<DoneView | undefined> {
  const title = el('h1', { class: 'done-title', tabindex: '-1' });
  const lines = el('ul', { class: 'done-lines' });
  const next = el('pre', { class: 'done-next' });
  const heading = el('h2', {}, 'Next');
  const element = el(
    'main',
    { class: 'done', hidden: true },
    el('div', { class: 'done-head' }, icon('check'), title),
    lines,
    heading,
    next,
  );
  const show = keyed<string>(
    lines,
    (line) => line,
    (line) => ({ element: el('li', {}, line), update: () => undefined }),
  );
  return {
    element,
    update: (view) => {
      const came = element.hidden && view !== undefined;
      element.hidden = view === undefined;
      if (!view) return;
      write(title, view.title);
      show(view.lines);
      write(next, view.next.join('\n'));
      set(heading, { hidden: view.next.length === 0 });
      set(next, { hidden: view.next.length === 0 });
      if (came) title.focus();
    },
  };
}
