import type { Media, Operation, OperationRow, Response } from '../../preview/protocol';
import type { Say } from './dom';
import { el, link, words, write } from './dom';
import type { SchemaTrees } from './schema-view';

/** One operation: a line, and below it all of it once it is open. */
export class OperationPart {
  readonly element: HTMLDetailsElement;
  readonly pointer: string;
  readonly #say: Say;
  readonly #trees: SchemaTrees;
  readonly #method = el('span', { class: 'method' });
  readonly #path = el('code', { class: 'path' });
  readonly #summary = el('span', { class: 'summary' });
  readonly #deprecated = el('span', { class: 'mark' }, 'deprecated');
  readonly #body = el('div', { class: 'operation-body' });
  #shown = '';
  /** Whether it was opened because the cursor went there, and not by hand. */
  isFollowed = false;

  constructor(pointer: string, say: Say, trees: SchemaTrees) {
    this.pointer = pointer;
    this.#say = say;
    this.#trees = trees;
    const head = el('summary', {}, this.#method, this.#path, this.#deprecated, this.#summary);
    this.element = el('details', { class: 'operation' }, head, this.#body);
    head.addEventListener('click', () => {
      this.isFollowed = false;
      // It is about to open: where it is written comes into sight too.
      if (!this.element.open) say({ type: 'reveal', pointer });
    });
    this.element.addEventListener('toggle', () => this.refresh());
  }

  update({ method, path, summary, deprecated }: OperationRow): void {
    write(this.#method, method);
    this.#method.dataset['method'] = method.toLowerCase();
    write(this.#path, path);
    write(this.#summary, summary);
    this.#deprecated.hidden = !deprecated;
  }

  /** Asks for what is in it, if anybody sees that. */
  refresh(): void {
    if (this.element.open) this.#say({ type: 'operation', pointer: this.pointer });
  }

  mark(isCurrent: boolean): void {
    this.element.classList.toggle('current', isCurrent);
    const head = this.element.firstElementChild;
    if (isCurrent) head?.setAttribute('aria-current', 'true');
    else head?.removeAttribute('aria-current');
  }

  show(operation: Operation | undefined): void {
    const text = JSON.stringify(operation ?? null);
    if (this.#shown === text) return;
    this.#shown = text;
    this.#body.replaceChildren(
      ...(operation === undefined ? words('This operation is no longer there.') : this.#partsOf(operation)),
    );
  }

  #partsOf(operation: Operation): readonly HTMLElement[] {
    const { pointer, description, operationId, security, parameters, body, responses } = operation;
    const facts = [operationId, ...security.map((one) => `needs ${one}`)].filter((one) => one !== '');
    return [
      el(
        'p',
        { class: 'facts' },
        link('Show in the editor', pointer, this.#say),
        ...facts.map((one) => el('span', { class: 'fact' }, one)),
      ),
      ...words(description),
      ...section(
        'Parameters',
        parameters.map(({ place, schema }) => {
          const row = this.#trees.row(schema, `${pointer} ${place}`);
          return el('li', {}, el('span', { class: 'place' }, place), row);
        }),
      ),
      ...(body === undefined
        ? []
        : [
            el('h4', {}, link('Request body', body.pointer, this.#say), body.required ? ' (required)' : ''),
            ...words(body.description),
            ...this.#mediaOf(body.media, body.pointer),
          ]),
      ...section(
        'Responses',
        responses.map((one) => el('li', { class: 'response' }, ...this.#response(one))),
      ),
    ];
  }

  #response({ pointer, code, description, headers, media }: Response): readonly HTMLElement[] {
    const way = `${this.pointer} ${code}`;
    return [
      el(
        'p',
        { class: 'status', 'data-kind': code[0] ?? '' },
        link(code, pointer, this.#say),
        el('span', { class: 'words' }, ` ${description}`),
      ),
      ...(headers.length === 0
        ? []
        : [
            el('p', { class: 'label' }, 'Headers'),
            el('ul', { class: 'tree' }, ...headers.map((row) => el('li', {}, this.#trees.row(row, way)))),
          ]),
      ...this.#mediaOf(media, way),
    ];
  }

  #mediaOf(media: readonly Media[], way: string): readonly HTMLElement[] {
    return media.flatMap(({ type, schema, examples }) => [
      ...words(type, 'label'),
      ...(schema === undefined
        ? []
        : [el('div', { class: 'tree' }, this.#trees.row(schema, `${way} ${type}`))]),
      ...examples.map(({ name, text }) =>
        el(
          'details',
          { class: 'example' },
          el('summary', {}, name === '' ? 'Example' : `Example: ${name}`),
          el('pre', { tabindex: '0' }, text),
        ),
      ),
    ]);
  }
}

function section(title: string, items: readonly HTMLElement[]): readonly HTMLElement[] {
  return items.length === 0 ? [] : [el('h4', {}, title), el('ul', { class: 'tree' }, ...items)];
}
