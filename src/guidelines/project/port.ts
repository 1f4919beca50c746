/** What a project is given of the world. */
import type { Fault } from '../../base/ports';
import type { WebAccess } from '../web/access';

export interface Port {
  /** The text of a file; undefined when there is none. */
  read(address: string): Promise<string | undefined | Fault>;
  /** The folder that references in a file may not leave; undefined for any. */
  folderOf(address: string): string | undefined;
  /** The way to the web; there is none when not given. */
  readonly web?: WebPort;
}

export interface WebPort {
  /** What the references of a description may follow. */
  accessOf(home: string): WebAccess;
  fetch(address: string): Promise<Loaded>;
}

/** What came of reading a file. */
export type Loaded = { readonly text: string | undefined } | Fault;
