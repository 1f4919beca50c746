import type { FieldView, FilesView, FormView, HostMessage } from '../../form/protocol';
import { createCards } from './cards';
import { createContent } from './content';
import type { Part, Say } from './dom';
import { el, keyed, tell } from './dom';
import { createDone } from './done';
import { createField } from './field';
import { createFileTree } from './file-tree';
import { createAnnouncer, createFooter } from './footer';
import { createLocation } from './location';
import { message } from './message';
import { createTools } from './tools';

/** The whole page. */
export interface Page {
  readonly element: HTMLElement;
  update(message: HostMessage): void;
}

type FilesMessage = Extract<HostMessage, { type: 'files' }>;

export function createPage(say: Say): Page {
  const answers = createAnswers(say);
  const preview = createPreview(say);
  const footer = createFooter(say);
  const done = createDone();
  const announcer = createAnnouncer();
  const columns = el('main', { class: 'columns' }, answers.element, preview.element);
  const form = el('form', { class: 'form', novalidate: true }, columns, footer.element);
  let view: FormView | undefined;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (view?.phase === 'editing') say({ type: 'create' });
    if (view?.reason !== undefined) toFirstFault = true;
  });
  // The host says which fields are faulty once it was asked to create; the focus goes to the first then.
  let toFirstFault = false;
  return {
    element: el('div', { class: 'page' }, announcer.element, form, done.element),
    update: (next) => {
      if (next.type === 'files') {
        preview.update(next);
        return;
      }
      const opened = view === undefined;
      view = next.form;
      answers.update(view);
      footer.update(view);
      form.hidden = view.phase === 'done';
      done.update(view.done);
      announcer.update(view);
      if (toFirstFault)
        answers.element
          .querySelector<HTMLElement>('[aria-invalid="true"] input, [aria-invalid="true"]')
          ?.focus();
      else if (opened) focusFirst(answers.element);
      toFirstFault = false;
    },
  };
}

/** Where a person begins: the choice of a template, which heads the page, else the first box that is empty. */
function focusFirst(form: HTMLElement): void {
  const template = form.querySelector<HTMLElement>('.block:not([hidden]) > .cards :checked');
  if (template) {
    template.focus();
    return;
  }
  const boxes = [...form.querySelectorAll<HTMLInputElement>('input.box')];
  (boxes.find((box) => box.value === '') ?? boxes[0])?.focus();
}

function createAnswers(say: Say): Part<FormView> {
  const templates = createCards('Template', 'cards', (id) => say({ type: 'template', id }));
  const presets = createCards('Start from', 'chips', (id) => say({ type: 'preset', id }));
  const list = el('div', { class: 'fields' });
  const location = createLocation(say);
  const tools = createTools();
  const fields = keyed<FieldView>(
    list,
    (field) => `${field.key} ${field.type}`,
    (field) => createField(field, say),
  );
  const element = el(
    'div',
    { class: 'answers' },
    el('h1', {}, 'New Microservice'),
    templates.element,
    presets.element,
    el('section', { class: 'block' }, el('h2', {}, 'Answers'), list),
    location.element,
    tools.element,
  );
  return {
    element,
    update: (view) => {
      templates.update({ options: view.templates, chosen: view.template });
      presets.update({ options: view.presets, chosen: view.preset });
      fields(view.fields);
      location.update(view.place);
      tools.update(view.tools);
    },
  };
}

function createPreview(say: Say): Part<FilesMessage> {
  const heading = el('h2', { id: 'preview' }, 'Files');
  const summary = el('p', { class: 'summary' });
  const note = message('info');
  const problem = message('error');
  const all = decideAll(say);
  const tree = createFileTree((path) => say({ type: 'show', path }));
  const content = createContent(say);
  const head = el('div', { class: 'preview-head' }, heading, summary);
  const element = el(
    'section',
    { class: 'preview', 'aria-labelledby': heading.id },
    head,
    note.element,
    problem.element,
    all,
    tree.element,
    content.element,
  );
  return {
    element,
    update: ({ files, content: file }) => {
      updateHead(files);
      all.hidden = files.conflicts < 2;
      tree.update({ rows: files.rows, shown: files.shown });
      tree.element.hidden = files.rows.length === 0;
      content.update(file);
    },
  };

  function updateHead(files: FilesView): void {
    tell(summary, files.summary);
    note.say(files.note);
    problem.say(files.problem);
  }
}

/** Many files that differ are decided about at once. */
function decideAll(say: Say): HTMLElement {
  const keep = el('button', { type: 'button', class: 'button button-second' }, 'Keep All of Mine');
  const take = el('button', { type: 'button', class: 'button button-second' }, 'Take All of the Template’s');
  keep.addEventListener('click', () => say({ type: 'decideAll', decision: 'keep' }));
  take.addEventListener('click', () => say({ type: 'decideAll', decision: 'overwrite' }));
  return el('div', { class: 'decide-all' }, keep, take);
}
