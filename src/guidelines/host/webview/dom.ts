/** The few moves on the page's tree that the preview needs. Text is only ever set as text. */
import type { PageMessage } from '../../preview/protocol';

/** Sends a word to the editor. */
export type Say = (word: PageMessage) => void;

type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** An element with attributes and children; an attribute that is undefined or false is left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  element.append(...children);
  return element;
}

/** Replaces the text of an element; the same text is left alone, so that nothing is read out twice. */
export function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** A paragraph, unless there is nothing to say. */
export function words(text: string, className = 'words'): readonly HTMLElement[] {
  return text.trim() === '' ? [] : [el('p', { class: className }, text.trim())];
}

/** A name that leads to where it is written. */
export function link(name: string, pointer: string, say: Say): HTMLElement {
  const button = el('button', { type: 'button', class: 'link', title: 'Show in the editor' }, name);
  button.addEventListener('click', (event) => {
    // A click on the name of what can be opened does not open it.
    event.preventDefault();
    event.stopPropagation();
    say({ type: 'reveal', pointer });
  });
  return button;
}

/** Gives `parent` exactly `wanted` as its children, in this order, moving as few as it can: a moved element loses the focus. */
export function place(parent: Element, wanted: readonly Element[]): void {
  const keep = new Set(wanted);
  for (const child of Array.from(parent.children)) if (!keep.has(child)) child.remove();
  wanted.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
}
