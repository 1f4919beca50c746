import type { ContentLine, ContentView, Decision } from '../../form/protocol';
import type { Part, Say } from './dom';
import { el, freshId, set, tell, write } from './dom';

/** The file on show: what will be written, against what stands there, and what is to become of it. */
export function createContent(say: Say): Part<ContentView | undefined> {
  let view: ContentView | undefined;
  let drawn = '';
  const path = () => view?.path ?? '';
  const title = el('h3', { class: 'content-path', id: freshId('path') });
  const open = button('Open in Editor', () => say({ type: 'open', path: path() }));
  const compare = button('Compare', () => say({ type: 'compare', path: path() }));
  const notice = el('p', { class: 'notice' });
  const decide = createDecision((decision) => say({ type: 'decide', path: path(), decision }));
  const code = el('code');
  const text = el(
    'pre',
    { class: 'content-text', tabindex: '0', role: 'region', 'aria-labelledby': title.id },
    code,
  );
  const head = el('div', { class: 'content-head' }, title, el('div', { class: 'buttons' }, compare, open));
  const element = el('div', { class: 'content' }, head, decide.element, notice, text);
  return {
    element,
    update: (next) => {
      view = next;
      element.hidden = next === undefined;
      if (!next) return;
      write(title, next.path);
      compare.hidden = !next.differs;
      decide.update(next);
      tell(notice, next.notice);
      text.hidden = next.lines.length === 0;
      const now = JSON.stringify(next.lines);
      if (now === drawn) return;
      drawn = now;
      set(code, { class: next.lines.some((one) => one.mark !== ' ') ? 'with-marks' : undefined });
      code.replaceChildren(...next.lines.map(lineOf));
    },
  };
}

function button(words: string, press: () => void): HTMLButtonElement {
  const element = el('button', { type: 'button', class: 'button button-second' }, words);
  element.addEventListener('click', press);
  return element;
}

const classes = { ' ': 'line', '+': 'line line-added', '-': 'line line-removed' } as const;

function lineOf({ mark, text }: ContentLine): HTMLElement {
  return el('span', { class: classes[mark] }, el('span', { class: 'mark' }, mark), `${text}\n`);
}

const ways: readonly { readonly decision: Decision; readonly words: string }[] = [
  { decision: 'keep', words: 'Keep mine' },
  { decision: 'overwrite', words: 'Take the template’s' },
];

/** What is to become of a file that stands there and differs. */
function createDecision(decide: (decision: Decision) => void): Part<ContentView> {
  const words = el(
    'span',
    { class: 'decision-words', id: freshId('decision') },
    'Another file stands there:',
  );
  const name = freshId('radios');
  const inputs = ways.map((way) => {
    const input = el('input', { type: 'radio', name, value: way.decision });
    input.addEventListener('change', () => decide(way.decision));
    return input;
  });
  const labels = inputs.map((input, index) =>
    el('label', { class: 'choice' }, input, ways[index]?.words ?? ''),
  );
  const element = el(
    'div',
    { class: 'decision', role: 'radiogroup', 'aria-labelledby': words.id },
    words,
    ...labels,
  );
  return {
    element,
    update: (view) => {
      element.hidden = !view.asks;
      for (const input of inputs) input.checked = input.value === view.decision;
    },
  };
}
