/** The few moves on the page's tree that the form needs. Text is only ever set as text. */
import type { PageWord } from '../../form/protocol';

/** A piece of the page that shows a part of the view. */
export interface Part<V> {
  readonly element: HTMLElement;
  update(view: V): void;
}

/** Sends a word to the extension host. */
export type Say = (word: PageWord) => void;

type Attributes = Readonly<Record<string, string | boolean | undefined>>;
type Child = Node | string;

/** An element with attributes and children; an attribute that is undefined or false is left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  set(element, attributes);
  element.append(...children);
  return element;
}

/** Sets attributes, or takes away those that are undefined or false. */
export function set(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) element.removeAttribute(name);
    else if (element.getAttribute(name) !== (value === true ? '' : value))
      element.setAttribute(name, value === true ? '' : value);
  }
}

/** Replaces the text of an element; the same text is left alone, so that nothing is read out twice. */
export function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Shows an element with this text, or hides it when there is none. */
export function tell(element: HTMLElement, text: string | undefined): void {
  element.hidden = text === undefined || text === '';
  write(element, text ?? '');
}

let made = 0;
/** An id that nothing else on the page has. */
export function freshId(stem: string): string {
  made += 1;
  return `${stem}-${made}`;
}

/** Space-joined ids for `aria-describedby`; undefined when there is none. */
export function ids(...all: readonly (string | undefined | false)[]): string | undefined {
  const there = all.filter((one) => typeof one === 'string');
  return there.length === 0 ? undefined : there.join(' ');
}

/** Gives `parent` exactly `wanted` as its children, in this order, moving as few as it can: a moved element loses the focus. */
export function place(parent: Element, wanted: readonly Element[]): void {
  for (const child of Array.from(parent.children)) if (!wanted.includes(child)) child.remove();
  wanted.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
}

/** One part for each item, kept by key as long as the item is there. */
export function keyed<V>(
  parent: Element,
  keyOf: (item: V) => string,
  make: (item: V) => Part<V>,
): (items: readonly V[]) => void {
  let parts = new Map<string, Part<V>>();
  return (items) => {
    const next = new Map<string, Part<V>>();
    for (const item of items) {
      const part = parts.get(keyOf(item)) ?? make(item);
      part.update(item);
      next.set(keyOf(item), part);
    }
    parts = next;
    place(
      parent,
      [...next.values()].map((part) => part.element),
    );
  };
}

/** Shapes of 16 × 16, drawn with the colour of the text around them. */
const shapes = {
  chevron: 'M6 3.5 10.5 8 6 12.5',
  folder: 'M1.5 4v8.5h13V5.5H8L6.5 3.5h-5z',
  file: 'M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3',
  error: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM5.5 5.5l5 5M10.5 5.5l-5 5',
  warning: 'M8 2 1.5 14h13zM8 6v4M8 11.5v1',
  info: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM8 7v4.5M8 4.5v1',
  check: 'M2.5 8.5l3.5 3.5 7.5-8',
} as const;
export type IconName = keyof typeof shapes;

/** A picture that says nothing by itself: the words are beside it. */
export function icon(name: IconName): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  const path = document.createElementNS(space, 'path');
  set(svg, { viewBox: '0 0 16 16', class: `icon icon-${name}`, 'aria-hidden': 'true', focusable: 'false' });
  set(path, { d: shapes[name] });
  svg.append(path);
  return svg;
}
