import type { Group } from '../../preview/protocol';
import { el, place, words, write } from './dom';
import type { OperationPart } from './operation-view';

/** Rows that are made at once; the next come when somebody scrolls to the end of these. */
const batch = 100;

/** The operations of one tag. Their rows are made when the group is opened, and not all at once. */
export class GroupPart {
  readonly element: HTMLDetailsElement;
  readonly #name = el('span', { class: 'group-name' });
  readonly #count = el('span', { class: 'count' });
  readonly #about = el('div');
  readonly #list = el('div', { class: 'operations' });
  readonly #end = el('div', { class: 'end', 'aria-hidden': 'true' });
  readonly #partOf: (pointer: string) => OperationPart;
  readonly #watch: IntersectionObserver;
  #group: Group | undefined;
  #shown = batch;

  constructor(isOpen: boolean, partOf: (pointer: string) => OperationPart) {
    this.#partOf = partOf;
    const head = el('summary', {}, el('h3', {}, this.#name, this.#count));
    this.element = el('details', { class: 'group' }, head, this.#about, this.#list, this.#end);
    this.element.open = isOpen;
    this.element.addEventListener('toggle', () => this.#fill());
    this.#watch = new IntersectionObserver((seen) => {
      if (!seen.some((one) => one.isIntersecting) || this.#shown >= (this.#group?.operations.length ?? 0))
        return;
      this.#shown += batch;
      this.#fill();
    });
    this.#watch.observe(this.#end);
  }

  update(group: Group): void {
    this.#group = group;
    write(this.#name, group.name);
    write(this.#count, ` (${group.operations.length})`);
    this.#about.replaceChildren(...words(group.description));
    this.#fill();
  }

  /** Opens the group as far as an operation; false when it is not one of its own. */
  open(pointer: string): boolean {
    const at = this.#group?.operations.findIndex((row) => row.pointer === pointer) ?? -1;
    if (at < 0) return false;
    this.#shown = Math.max(this.#shown, at + batch);
    this.element.open = true;
    this.#fill();
    return true;
  }

  dispose(): void {
    this.#watch.disconnect();
  }

  #fill(): void {
    if (!this.element.open || this.#group === undefined) return;
    const rows = this.#group.operations.slice(0, this.#shown);
    const parts = rows.map((row) => {
      const part = this.#partOf(row.pointer);
      part.update(row);
      return part.element;
    });
    place(this.#list, parts);
  }
}
