/** The files of descriptions while documents are open: one after the other brings them up to date, and edits begin it anew. */
import { dirname } from '../../../base/paths';
import { isIn } from '../../project/address';
import { Project } from '../../project/project';
import { finishInSlices } from '../../steps';
import type { Turns } from './check';
import { placeOf, uriOf } from './places';

/** The address of a document in the project; undefined for one that was never saved, and so has no files around it. */
export function addressOf(uri: string): string | undefined {
  const place = placeOf(uri);
  return place === undefined ? undefined : place.root + place.path;
}

export function uriAt(address: string): string {
  const found = /^([a-z][a-z\d+.-]*:\/\/[^/]*)(\/.*)$/i.exec(address);
  const [, root = '', path = address] = found ?? [];
  return uriOf({ root, path });
}

export interface Surroundings {
  readonly turns: Turns;
  read(uri: string): Promise<string | undefined>;
  /** The folders of the workspace, as URIs. */
  folders(): readonly string[];
}

export class OpenProject {
  readonly project: Project;
  readonly #turns: Turns;
  #last: Promise<void> = Promise.resolve();
  #running: AbortController | undefined;

  constructor({ turns, read, folders }: Surroundings) {
    this.#turns = turns;
    this.project = new Project({
      read: (address) => read(uriAt(address)),
      folderOf: (address) => folderOf(address, folders()),
    });
  }

  /** To be called before a text takes an edit: what is being read is read again. */
  edited(): void {
    this.#running?.abort();
  }

  /** Reads everything that belongs to the open documents, as they are now. Throws AbortError when the signal fires. */
  settle(signal: AbortSignal): Promise<void> {
    const mine = this.#last.then(() => this.#settle(signal));
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  async #settle(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const wanted = await this.#update(signal);
      if (wanted?.length === 0) return;
      if (wanted !== undefined) await this.project.load(wanted);
    }
  }

  /** Undefined when an edit came in between. */
  async #update(signal: AbortSignal): Promise<ReturnType<Project['wanted']> | undefined> {
    const running = new AbortController();
    const stop = (): void => running.abort();
    signal.addEventListener('abort', stop, { once: true });
    this.#running = running;
    try {
      return await finishInSlices(this.project.updateSteps(), { ...this.#turns, signal: running.signal });
    } catch (error) {
      if (running.signal.aborted && !signal.aborted) return undefined;
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
      this.#running = undefined;
    }
  }
}

/** References stay in the workspace folder; where there is none, below the folder of the file. */
function folderOf(address: string, folders: readonly string[]): string {
  const around = folders.flatMap((uri) => addressOf(uri) ?? []).filter((folder) => isIn(folder, address));
  return around.toSorted((a, b) => b.length - a.length)[0] ?? dirname(address);
}
