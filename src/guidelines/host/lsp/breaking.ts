import { isObject } from '../../../base/json';

/** Compares open documents with their older versions, while nobody types. */
export interface Breaking {
  /** Whether git may be started: not in a workspace that nobody trusts. */
  mayRunGit: boolean;
  opened(uri: string): void;
  /** To be called before a document takes an edit: what is under way is given up. */
  changed(uri: string): void;
  /** Not every client tells when git's references change: a save is a moment to look again. */
  saved(uri: string): void;
  closed(uri: string): void;
  /** Files belong together that did not, or no longer do. */
  reshaped(): void;
  /** Settings, or what git says, may be other than before. */
  again(): void;
}

/** What the client says of git in `initialize`, and again when it changes. */
export function mayRunGit(said: unknown): boolean {
  return isObject(said) && said['mayRunGit'] === true;
}
