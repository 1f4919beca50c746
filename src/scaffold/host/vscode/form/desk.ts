import type { World } from '../../../../base/ports';
import type { Answers } from '../../../answers';
import type { Created } from '../../../create';
import type { DoneView, HostMessage, SavedForm } from '../../../form/protocol';
import type { FileChange } from '../../../plan';
import type { Template } from '../../../template';

/** What the person chose to make. */
export interface Order {
  readonly template: Template;
  readonly dir: string;
  readonly answers: Answers;
}

/** What a session asks of the editor around it. */
export interface Desk {
  readonly world: World;
  post(message: HostMessage): void;
  /** Whether programs may be started, if only to ask for their version. */
  mayRun(): boolean;
  /** Lets the person choose a folder; undefined when they do not. */
  browse(from: string): Promise<string | undefined>;
  /** Shows a file that is not written yet. */
  open(dir: string, file: FileChange): Promise<void>;
  /** Shows a file that is not written yet beside the one that stands there. */
  compare(dir: string, file: FileChange): Promise<void>;
  /** Closes the form, after asking where something would be lost. */
  leave(dirty: boolean): Promise<void>;
  /** The service was made; gives what to say about it. */
  made(created: Created, order: Order): DoneView;
}

/** What would be lost with a form: nothing, what was filled in, or nothing any more. */
export type Stage = 'untouched' | 'filled' | 'done';

/** A form that somebody fills in. */
export interface Session {
  /** Takes a message of the page; what is none is dropped. */
  take(message: unknown): Promise<void>;
  stage(): Stage;
  /** What may be kept of it: everything but secrets. */
  saved(): SavedForm;
  /** Puts the new service's folder into this one. */
  moveTo(parent: string): void;
  /** Nothing is on its way any more: no plan, no search for programs. */
  settled(): Promise<void>;
  /** The form went away: what is being made is given up. */
  dispose(): void;
}
