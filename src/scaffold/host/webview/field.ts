import type { FieldView } from '../../form/protocol';
import type { Control, Names } from './controls';
import { booleanControl, choiceControl, textControl } from './controls';
import type { Part, Say } from './dom';
import { el, freshId, ids, set, tell, write } from './dom';
import { message } from './message';

const noteOfSecret = 'It is kept in memory only and written to no record.';

/** A question of the template: its title, what it is for, the control, and why the answer can't be taken. */
export function createField(first: FieldView, say: Say): Part<FieldView> {
  const names: Names = { title: freshId('title') };
  const control = controlFor(first, names, say);
  const title = control.labelled
    ? el('label', { class: 'field-title', id: names.title, for: control.labelled })
    : el('span', { class: 'field-title', id: names.title });
  const need = el('span', { class: 'need', 'aria-hidden': 'true' }, 'required');
  const reset = el('button', { type: 'button', class: 'link' }, 'Reset');
  const prompt = el('p', { class: 'prompt', id: freshId('prompt') });
  const fault = message('error', freshId('fault'));
  reset.addEventListener('click', () => {
    say({ type: 'reset', key: first.key });
    // The button goes away: the focus goes to what it reset.
    element.querySelector('input')?.focus();
  });
  const head = el('div', { class: 'field-head' }, title, need, reset);
  const element = el('div', { class: 'field' }, head, prompt, control.element, fault.element);
  return {
    element,
    update: (view) => {
      write(title, view.title);
      need.hidden = !view.required;
      reset.hidden = !view.changed;
      set(reset, { 'aria-label': `Reset ${view.title}` });
      tell(prompt, promptOf(view));
      fault.say(view.fault);
      set(element, { class: classOf(view) });
      control.update(view, ids(!prompt.hidden && prompt.id, view.fault !== undefined && fault.element.id));
    },
  };
}

function classOf(view: FieldView): string {
  return ['field', view.changed && 'field-changed', view.fault !== undefined && 'field-faulty']
    .filter((one) => one !== false)
    .join(' ');
}

/** A box says its prompt itself. */
function promptOf(view: FieldView): string {
  if (view.type === 'boolean') return '';
  return view.type === 'secret' ? `${view.prompt} ${noteOfSecret}` : view.prompt;
}

function controlFor(view: FieldView, names: Names, say: Say): Control {
  switch (view.type) {
    case 'string':
    case 'secret':
      return textControl(view, say);
    case 'boolean':
      return booleanControl(view, names, say);
    case 'choice':
    case 'multi-choice':
      return choiceControl(view, names, say);
  }
}
