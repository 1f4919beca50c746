import type { Group, HostMessage, Outline } from '../../preview/protocol';
import type { Say } from './dom';
import { el, place, words, write } from './dom';
import { GroupPart } from './group-view';
import { OperationPart } from './operation-view';
import { SchemaTrees } from './schema-view';

/** With more operations than this, groups are closed at first. */
const mostOpen = 60;
const mostSchemas = 200;

/** The whole page: a head, a field to search in, the operations by tag, the named schemas. */
export class Page {
  readonly element: HTMLElement;
  readonly #say: Say;
  readonly #trees: SchemaTrees;
  readonly #head = el('header');
  readonly #search = el('input', {
    type: 'search',
    placeholder: 'Search operations',
    'aria-label': 'Search operations',
  });
  readonly #status = el('p', { class: 'status-line', role: 'status' });
  readonly #groups = el('div', { class: 'groups' });
  readonly #schemas = el('section', { class: 'schemas' });
  readonly #nothing = el('p', { class: 'nothing', role: 'status', hidden: true });
  /** By name; an operation with two tags has a row in each group. */
  readonly #groupParts = new Map<string, GroupPart>();
  readonly #operations = new Map<string, OperationPart>();
  #outline: Outline | undefined;
  #shown = '';
  #shownHead = '';
  #current: OperationPart | undefined;

  constructor(say: Say) {
    this.#say = say;
    this.#trees = new SchemaTrees(say);
    const content = [this.#search, this.#status, this.#groups, this.#schemas];
    this.element = el('main', {}, this.#nothing, this.#head, ...content);
    this.#search.addEventListener('input', () => this.#showGroups());
  }

  take(message: HostMessage): void {
    switch (message.type) {
      case 'outline':
        this.#show(message.outline);
        return;
      case 'nothing':
        // What was there stays in sight: a line that is half typed is no reason to lose the place.
        this.#nothing.hidden = false;
        write(this.#nothing, message.why);
        return;
      case 'operation':
        for (const [key, part] of this.#operations)
          if (key.endsWith(`\n${message.pointer}`)) part.show(message.operation);
        return;
      case 'schema':
        this.#trees.show(message.pointer, message.rows);
        return;
      case 'select':
        this.#select(message.pointer);
        return;
    }
  }

  #show(outline: Outline): void {
    this.#nothing.hidden = true;
    this.#outline = outline;
    const { groups, ...head } = outline;
    const [text, headText] = [JSON.stringify(groups), JSON.stringify(head)];
    if (headText !== this.#shownHead) this.#showHead(outline);
    if (text !== this.#shown) this.#showGroups();
    [this.#shown, this.#shownHead] = [text, headText];
    for (const part of this.#operations.values()) if (part.element.isConnected) part.refresh();
    this.#trees.refresh();
  }

  #showHead({ title, version, description, servers, schemas }: Outline): void {
    this.#head.replaceChildren(
      el('h1', {}, title, el('span', { class: 'version' }, ` ${version}`)),
      ...servers.map((url) => el('p', { class: 'server' }, el('code', {}, url))),
      ...words(description),
    );
    const list = schemas.slice(0, mostSchemas).map(({ pointer, name }) => {
      const row = {
        pointer,
        name,
        type: '',
        required: false,
        deprecated: false,
        description: '',
        facts: [],
        opens: true,
      };
      return el('li', {}, this.#trees.row(row, 'schemas'));
    });
    const more = schemas.length - list.length;
    this.#schemas.hidden = schemas.length === 0;
    this.#schemas.replaceChildren(
      el(
        'details',
        { class: 'group' },
        el('summary', {}, el('h3', {}, `Schemas (${schemas.length})`)),
        el('ul', { class: 'tree' }, ...list),
        ...words(more > 0 ? `${more} more are in the document.` : ''),
      ),
    );
  }

  #showGroups(): void {
    const all = this.#outline?.groups ?? [];
    const query = this.#search.value.trim().toLowerCase();
    const found = query === '' ? all : all.flatMap((group) => matching(group, query));
    const total = found.reduce((sum, group) => sum + group.operations.length, 0);
    write(this.#status, query === '' ? '' : `${total} ${total === 1 ? 'operation' : 'operations'} found`);
    this.#drop(new Set(all.map(({ name }) => name)));
    const elements = found.map((group, at) => {
      const part = this.#groupPart(group.name, total <= mostOpen || (at === 0 && query !== ''));
      part.update(group);
      if (query !== '' && total <= mostOpen) part.element.open = true;
      return part.element;
    });
    place(this.#groups, elements);
  }

  #groupPart(name: string, isOpen: boolean): GroupPart {
    let part = this.#groupParts.get(name);
    if (part === undefined) {
      part = new GroupPart(isOpen, (pointer) => this.#operationPart(`${name}\n${pointer}`, pointer));
      this.#groupParts.set(name, part);
    }
    return part;
  }

  #operationPart(key: string, pointer: string): OperationPart {
    let part = this.#operations.get(key);
    if (part === undefined) {
      part = new OperationPart(pointer, this.#say, this.#trees);
      this.#operations.set(key, part);
    }
    return part;
  }

  #drop(names: ReadonlySet<string>): void {
    for (const [name, part] of this.#groupParts) {
      if (names.has(name)) continue;
      part.dispose();
      this.#groupParts.delete(name);
    }
  }

  #select(pointer: string): void {
    for (const [name, group] of this.#groupParts) {
      if (!group.element.isConnected || !group.open(pointer)) continue;
      const part = this.#operationPart(`${name}\n${pointer}`, pointer);
      if (part === this.#current) return;
      this.#leave();
      this.#current = part;
      part.mark(true);
      part.isFollowed ||= !part.element.open;
      part.element.open = true;
      part.element.scrollIntoView({ block: 'nearest' });
      return;
    }
  }

  /** What was opened only because the cursor was there is closed again. */
  #leave(): void {
    const part = this.#current;
    if (part === undefined) return;
    part.mark(false);
    if (part.isFollowed) part.element.open = false;
    part.isFollowed = false;
  }
}

function matching(group: Group, query: string): readonly Group[] {
  const operations = group.operations.filter(({ method, path, summary }) =>
    `${method} ${path} ${summary}`.toLowerCase().includes(query),
  );
  return operations.length === 0 ? [] : [{ ...group, operations }];
}
