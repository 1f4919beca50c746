import type { FormView } from '../../form/protocol';
import type { Part, Say } from './dom';
import { el, freshId, set, tell, write } from './dom';
import { message } from './message';

/** The bar at the end: Create, why it can't be pressed, how far it is. It stays in sight. */
export function createFooter(say: Say): Part<FormView> {
  // Not `disabled`: whoever comes to it by keyboard must be able to find out why nothing happens.
  const reason = el('p', { class: 'reason', id: freshId('reason') });
  const create = el('button', { type: 'submit', class: 'button' }, 'Create');
  const cancel = el('button', { type: 'button', class: 'button button-second' }, 'Cancel');
  const problem = message('error');
  const progress = el('div', {
    class: 'progress',
    role: 'progressbar',
    'aria-label': 'Creating the service',
  });
  let phase: FormView['phase'] = 'editing';
  cancel.addEventListener('click', () => say({ type: phase === 'creating' ? 'cancel' : 'leave' }));
  const bar = el('div', { class: 'bar' }, create, cancel, reason);
  return {
    element: el('footer', { class: 'footer' }, progress, problem.element, bar),
    update: (view) => {
      phase = view.phase;
      const blocked = view.reason !== undefined || view.phase !== 'editing';
      write(create, view.phase === 'creating' ? 'Creating…' : 'Create Service');
      set(create, {
        'aria-disabled': blocked ? 'true' : undefined,
        'aria-describedby': view.reason === undefined ? undefined : reason.id,
      });
      const ready = view.phase === 'editing' ? `Ready to create ${view.place.dir}` : undefined;
      tell(reason, view.reason ?? ready);
      progress.hidden = view.phase !== 'creating';
      problem.say(view.problem);
    },
  };
}

/** Says what changes to those who do not see it: how many answers are missing, that the service is made. */
export function createAnnouncer(): Part<FormView> {
  const element = el('div', { class: 'hidden', role: 'status', 'aria-live': 'polite' });
  let first = true;
  return {
    element,
    update: (view) => {
      const words = view.done
        ? view.done.title
        : (view.problem ?? view.reason ?? 'The service can be created.');
      // What is there from the start is read with the page.
      if (!first || view.done) write(element, words);
      first = false;
    },
  };
}
