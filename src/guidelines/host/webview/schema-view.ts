import type { SchemaRow } from '../../preview/protocol';
import type { Say } from './dom';
import { el, link, words } from './dom';

/** Which rows are open, and who waits for what is in them. */
export class SchemaTrees {
  readonly #say: Say;
  /** By the way that led to them, so that they are open again after a change. */
  readonly #open = new Set<string>();
  readonly #waiting = new Map<string, Set<OpenRow>>();

  constructor(say: Say) {
    this.#say = say;
  }

  /** A row, and below it what is in it once somebody opens it. `way` tells the same schema in two places apart. */
  row(row: SchemaRow, way: string): HTMLElement {
    const key = `${way} > ${row.name} ${row.pointer}`;
    if (!row.opens) return el('div', { class: 'row leaf' }, ...this.#headOf(row));
    const summary = el('summary', { class: 'row' }, ...this.#headOf(row));
    const children = el('ul', { class: 'tree' });
    const element = el('details', { class: 'schema' }, summary, children);
    const open: OpenRow = { element, children, key, shown: '' };
    element.addEventListener('toggle', () => this.#toggled(open, row.pointer));
    element.open = this.#open.has(key);
    return element;
  }

  /** Takes what is in a schema. */
  show(pointer: string, rows: readonly SchemaRow[]): void {
    const text = JSON.stringify(rows);
    for (const open of this.#waiting.get(pointer) ?? []) {
      if (open.shown === text) continue;
      open.shown = text;
      open.children.replaceChildren(...rows.map((row) => el('li', {}, this.row(row, open.key))));
    }
  }

  /** Asks again for all that is open, and forgets what is no longer on the page. */
  refresh(): void {
    for (const [pointer, rows] of this.#waiting) {
      for (const row of rows) if (!row.element.isConnected) rows.delete(row);
      if (rows.size === 0) this.#waiting.delete(pointer);
      else this.#say({ type: 'schema', pointer });
    }
  }

  #toggled(open: OpenRow, pointer: string): void {
    const waiting = this.#waiting.get(pointer) ?? new Set();
    if (!open.element.open) {
      this.#open.delete(open.key);
      waiting.delete(open);
      return;
    }
    this.#open.add(open.key);
    waiting.add(open);
    this.#waiting.set(pointer, waiting);
    this.#say({ type: 'schema', pointer });
  }

  #headOf(row: SchemaRow): readonly HTMLElement[] {
    const { name, pointer, type, required, deprecated, description, facts } = row;
    return [
      link(name, pointer, this.#say),
      el('span', { class: 'type' }, type),
      ...(required ? [el('span', { class: 'mark required' }, 'required')] : []),
      ...(deprecated ? [el('span', { class: 'mark' }, 'deprecated')] : []),
      ...facts.map((fact) => el('span', { class: 'fact' }, fact)),
      ...words(description, 'about'),
    ];
  }
}

interface OpenRow {
  readonly element: HTMLDetailsElement;
  readonly children: HTMLElement;
  readonly key: string;
  /** What it shows, to leave it alone while that stays. */
  shown: string;
}
