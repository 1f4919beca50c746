import type { ChoiceView, FieldView } from '../../form/protocol';
import type { Say } from './dom';
import { el, freshId, ids, keyed, set, tell, write } from './dom';

/** The part of a field that is typed into or chosen from. */
export interface Control {
  readonly element: HTMLElement;
  /** What a click on the title goes to; undefined: the control is a group that the title names. */
  readonly labelled: string | undefined;
  /** `described` are the ids of the texts that explain it. */
  update(field: FieldView, described: string | undefined): void;
}

/** The ids of the field's texts that a control may need. */
export interface Names {
  readonly title: string;
}

/** A box for a text; a secret is not shown. */
export function textControl(field: FieldView, say: Say): Control {
  const secret = field.type === 'secret';
  const input = el('input', {
    id: freshId('input'),
    class: 'box',
    type: secret ? 'password' : 'text',
    autocomplete: secret ? 'new-password' : 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    'data-key': field.key,
  });
  input.addEventListener('input', () => say({ type: 'answer', key: field.key, value: input.value }));
  return {
    element: input,
    labelled: input.id,
    update: (view, described) => {
      const value = typeof view.value === 'string' ? view.value : '';
      if (input.value !== value) input.value = value;
      set(input, {
        placeholder: view.placeholder,
        'aria-describedby': described,
        'aria-invalid': view.fault === undefined ? undefined : 'true',
        'aria-required': view.required ? 'true' : undefined,
      });
    },
  };
}

/** Yes or no: the prompt is what the box says. */
export function booleanControl(field: FieldView, names: Names, say: Say): Control {
  const words = el('span', { id: freshId('words') });
  const box = el('input', {
    type: 'checkbox',
    id: freshId('input'),
    'aria-labelledby': `${names.title} ${words.id}`,
    'data-key': field.key,
  });
  box.addEventListener('change', () => say({ type: 'answer', key: field.key, value: box.checked }));
  return {
    element: el('label', { class: 'choice' }, box, words),
    labelled: box.id,
    update: (view, described) => {
      box.checked = view.value === true;
      write(words, view.prompt);
      set(box, {
        'aria-describedby': described,
        'aria-invalid': view.fault === undefined ? undefined : 'true',
      });
    },
  };
}

/** One of several, as radio buttons, or several, as boxes. */
export function choiceControl(field: FieldView, names: Names, say: Say): Control {
  const many = field.type === 'multi-choice';
  const group = el('div', {
    class: 'choices',
    role: many ? 'group' : 'radiogroup',
    'aria-labelledby': names.title,
  });
  const radios = freshId('radios');
  const chosen = (): readonly string[] =>
    [...group.querySelectorAll('input')].filter((one) => one.checked).map((one) => one.value);
  const answer = (): void => {
    const values = chosen();
    say({ type: 'answer', key: field.key, value: many ? values : (values[0] ?? '') });
  };
  const show = keyed<ChoiceView>(
    group,
    (choice) => choice.value,
    (choice) => choiceRow({ choice, many, name: radios, key: field.key }, answer),
  );
  return {
    element: group,
    labelled: undefined,
    update: (view, described) => {
      show(view.choices);
      const plain = view.choices.every((one) => one.description === '' && one.refused === undefined);
      set(group, {
        class: plain ? 'choices choices-plain' : 'choices',
        'aria-describedby': described,
        'aria-required': !many && view.required ? 'true' : undefined,
        'aria-invalid': !many && view.fault !== undefined ? 'true' : undefined,
      });
      for (const input of group.querySelectorAll('input')) check(input, view);
    },
  };
}

function check(input: HTMLInputElement, view: FieldView): void {
  const { value } = view;
  input.checked = typeof value === 'object' ? value.includes(input.value) : value === input.value;
  const invalid = view.type === 'multi-choice' && view.fault !== undefined;
  set(input, { 'aria-invalid': invalid ? 'true' : undefined });
}

interface RowOptions {
  readonly choice: ChoiceView;
  readonly many: boolean;
  /** The name that makes radio buttons one group. */
  readonly name: string;
  readonly key: string;
}

function choiceRow({ choice, many, name, key }: RowOptions, changed: () => void) {
  const title = el('span', { class: 'choice-title', id: freshId('title') });
  const about = el('span', { class: 'choice-about', id: freshId('about') });
  const reason = el('span', { class: 'choice-reason', id: freshId('reason') });
  const input = el('input', {
    type: many ? 'checkbox' : 'radio',
    name,
    value: choice.value,
    'data-key': key,
    'aria-labelledby': title.id,
  });
  input.addEventListener('change', changed);
  const element = el('label', { class: 'choice' }, input, el('span', {}, title, about, reason));
  return {
    element,
    update: (view: ChoiceView): void => {
      write(title, view.title);
      tell(about, view.description);
      tell(reason, view.refused === undefined ? undefined : `Not available: ${view.refused}`);
      // One that is chosen already can still be taken back.
      input.disabled = view.refused !== undefined && !(many && input.checked);
      set(element, { class: view.refused === undefined ? 'choice' : 'choice choice-refused' });
      set(input, {
        'aria-describedby': ids(!about.hidden && about.id, !reason.hidden && reason.id),
      });
    },
  };
}
