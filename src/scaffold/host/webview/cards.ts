import type { OptionView } from '../../form/protocol';
import type { Part } from './dom';
import { el, freshId, ids, keyed, tell, write } from './dom';

export interface CardsView {
  readonly options: readonly OptionView[];
  readonly chosen: string;
}

/** How much room each has: a card with its sentence, or its title in a row; then the sentence of the chosen one is below. */
type Shape = 'cards' | 'chips';

/** One of several things that need a sentence each. They are radio buttons: arrow keys move between them. */
export function createCards(title: string, shape: Shape, choose: (id: string) => void): Part<CardsView> {
  const heading = el('h2', { id: freshId('cards') }, title);
  const group = el('div', { class: shape, role: 'radiogroup', 'aria-labelledby': heading.id });
  const about = el('p', { class: 'prompt', hidden: true });
  const name = freshId('radios');
  const show = keyed<OptionView>(
    group,
    (option) => option.id,
    (option) => createCard(option, name, choose),
  );
  const element = el('section', { class: 'block' }, heading, group, about);
  return {
    element,
    update: ({ options, chosen }) => {
      show(options);
      element.hidden = options.length < 2;
      for (const input of group.querySelectorAll('input')) input.checked = input.value === chosen;
      if (shape === 'chips') tell(about, options.find((one) => one.id === chosen)?.description);
    },
  };
}

function createCard(first: OptionView, name: string, choose: (id: string) => void): Part<OptionView> {
  const title = el('span', { class: 'card-title', id: freshId('title') });
  const about = el('span', { class: 'card-about', id: freshId('about') });
  const input = el('input', { type: 'radio', name, value: first.id, 'aria-labelledby': title.id });
  input.addEventListener('change', () => choose(first.id));
  return {
    element: el('label', { class: 'card' }, input, el('span', { class: 'card-words' }, title, about)),
    update: (option) => {
      write(title, option.title);
      tell(about, option.description);
      const described = ids(!about.hidden && about.id);
      if (described !== undefined) input.setAttribute('aria-describedby', described);
    },
  };
}
