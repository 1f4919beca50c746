import { el, icon, write } from './dom';
import type { IconName } from './dom';

/** A line with a sign before it, hidden while it has nothing to say. */
export interface Message {
  readonly element: HTMLElement;
  say(text: string | undefined): void;
}

export function message(kind: Extract<IconName, 'error' | 'warning' | 'info'>, id?: string): Message {
  const words = el('span');
  const element = el('p', { class: `message message-${kind}`, id, hidden: true }, icon(kind), words);
  return {
    element,
    say: (text) => {
      element.hidden = text === undefined;
      write(words, text ?? '');
    },
  };
}
