import type { PlaceView } from '../../form/protocol';
import type { Part, Say } from './dom';
import { el, freshId, ids, keyed, set, write } from './dom';
import { message } from './message';

/** Where the service will be: the folder around it and its own name. */
export function createLocation(say: Say): Part<PlaceView> {
  const parent = parentField(say);
  const folder = folderField(say);
  const where = el('p', { class: 'where' });
  const element = el(
    'section',
    { class: 'block' },
    el('h2', {}, 'Location'),
    parent.element,
    folder.element,
    where,
  );
  return {
    element,
    update: (view) => {
      parent.update(view);
      folder.update(view);
      where.hidden = view.dir === '';
      write(
        where,
        view.exists
          ? `The files will be added to ${view.dir}, which holds something already.`
          : `The service will be in ${view.dir}.`,
      );
    },
  };
}

function parentField(say: Say): Part<PlaceView> {
  const offers = el('datalist', { id: freshId('offers') });
  const input = box({ list: offers.id, 'data-key': 'parent' }, (path) => say({ type: 'parent', path }));
  const browse = el('button', { type: 'button', class: 'button button-second' }, 'Browse…');
  browse.addEventListener('click', () => say({ type: 'browse' }));
  const prompt = el(
    'p',
    { class: 'prompt', id: freshId('prompt') },
    'The folder that will hold the new one.',
  );
  const fault = message('error', freshId('fault'));
  const show = keyed<string>(
    offers,
    (path) => path,
    (path) => ({ element: el('option', { value: path }), update: () => undefined }),
  );
  const head = title('Parent folder', input);
  const control = el('div', { class: 'with-button' }, input, browse, offers);
  return {
    element: el('div', { class: 'field' }, head, prompt, control, fault.element),
    update: (view) => {
      show(view.parents);
      fill(input, view.parent, { prompt, fault, why: view.parentFault });
    },
  };
}

function folderField(say: Say): Part<PlaceView> {
  const input = box({ 'data-key': 'folder' }, (name) => say({ type: 'folder', name }));
  const reset = el('button', { type: 'button', class: 'link', 'aria-label': 'Reset folder name' }, 'Reset');
  reset.addEventListener('click', () => {
    say({ type: 'folder', name: '' });
    input.focus();
  });
  const prompt = el(
    'p',
    { class: 'prompt', id: freshId('prompt') },
    'Named after the service unless you change it.',
  );
  const fault = message('error', freshId('fault'));
  const head = title('Folder name', input);
  head.append(reset);
  const element = el('div', { class: 'field' }, head, prompt, input, fault.element);
  return {
    element,
    update: (view) => {
      reset.hidden = !view.folderChanged;
      set(element, { class: view.folderChanged ? 'field field-changed' : 'field' });
      fill(input, view.folder, { prompt, fault, why: view.folderFault });
    },
  };
}

function box(
  attributes: Readonly<Record<string, string>>,
  changed: (text: string) => void,
): HTMLInputElement {
  const input = el('input', {
    id: freshId('input'),
    class: 'box',
    type: 'text',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-required': 'true',
    ...attributes,
  });
  input.addEventListener('input', () => changed(input.value));
  return input;
}

function title(words: string, input: HTMLInputElement): HTMLElement {
  return el('div', { class: 'field-head' }, el('label', { class: 'field-title', for: input.id }, words));
}

interface Texts {
  readonly prompt: HTMLElement;
  readonly fault: ReturnType<typeof message>;
  readonly why: string | undefined;
}

function fill(input: HTMLInputElement, value: string, { prompt, fault, why }: Texts): void {
  if (input.value !== value) input.value = value;
  fault.say(why);
  set(input, {
    'aria-invalid': why === undefined ? undefined : 'true',
    'aria-describedby': ids(prompt.id, why !== undefined && fault.element.id),
  });
}
