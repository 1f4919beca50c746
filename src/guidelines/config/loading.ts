/** What reads configurations, as those see it who understand one kind of them. */
import type { CodeAccess } from '../code/functions';
import type { Layer } from './layer';
import type { Extended } from './own-file';
import type { ConfigText } from './text';

/** The text of a file; undefined when there is none. */
export type ReadText = (path: string) => Promise<string | undefined>;

/** Whose file a configuration is, when it is not ours. */
export interface Peer {
  /** What a file of the peer says, in terms of our rules. */
  layer(text: ConfigText, loading: Loading): Promise<Layer>;
}

/** Who extends a file. */
export interface From {
  readonly text: ConfigText;
  readonly at: Extended;
  /** Whose file it is, when its name does not say so: what a file extends is of its own kind. */
  readonly peer?: Peer;
}

/** Reads files with all that they extend. */
export interface Loading {
  /** What a file says. A file that is not there, or can't be read, is told of at `from`. */
  file(path: string, from?: From): Promise<Layer>;
  /** The text of a file; undefined when it is not there. Throws what reading throws. */
  text(path: string): Promise<string | undefined>;
  /** What runs functions of rule sets that are JavaScript, or why nothing does. */
  readonly code: CodeAccess;
}
