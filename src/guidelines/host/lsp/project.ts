/** The files of descriptions while documents are open: one after the other brings them up to date, and edits begin it anew. */
import type { Fault } from '../../../base/ports';
import { dirname } from '../../../base/paths';
import { isIn } from '../../project/address';
import type { ProjectFile } from '../../project/file';
import { Project } from '../../project/project';
import { finishInSlices } from '../../steps';
import { isWeb } from '../../web/access';
import type { Turns } from './check';
import { placeOf, uriOf } from './places';
import type { WebOf } from './web';

/** The address of a document in the project; undefined for one that was never saved, and so has no files around it. */
export function addressOf(uri: string): string | undefined {
  const place = placeOf(uri);
  return place === undefined ? undefined : place.root + place.path;
}

export function uriAt(address: string): string {
  if (isWeb(address)) return address;
  const found = /^([a-z][a-z\d+.-]*:\/\/[^/]*)(\/.*)$/i.exec(address);
  const [, root = '', path = address] = found ?? [];
  return uriOf({ root, path });
}

export interface Surroundings {
  readonly turns: Turns;
  /** Reads a file that something in a folder refers to; both are URIs. */
  read(uri: string, folder: string): Promise<string | undefined | Fault>;
  /** The folders of the workspace, as URIs. */
  folders(): readonly string[];
  readonly web: WebOf;
}

export class OpenProject {
  readonly project: Project;
  readonly web: WebOf;
  readonly #turns: Turns;
  #last: Promise<void> = Promise.resolve();
  #running: AbortController | undefined;

  constructor({ turns, read, folders, web }: Surroundings) {
    this.#turns = turns;
    this.web = web;
    this.project = new Project({
      read: (address) => read(uriAt(address), uriAt(folderOf(address, folders()))),
      folderOf: (address) => folderOf(address, folders()),
      web,
    });
  }

  /** Takes note that references may lead elsewhere than before. */
  waysChanged(): void {
    this.edited();
    this.project.waysChanged();
  }

  /** Takes note that configurations, or the trust in them, changed: what could not be had may be to be had now. */
  reconfigured(): void {
    this.web.forget();
    this.waysChanged();
    for (const { address, fault } of this.project.files())
      if (fault !== undefined) this.project.changedOnDisk(address);
  }

  /** Fetches again what is on the web and may be another by now; only what is here is waited for. */
  async refetch(): Promise<void> {
    await this.settle(new AbortController().signal);
    for (const file of this.web.old(this.project)) this.#bring(file);
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
      if (await this.web.learn()) {
        this.waysChanged();
        continue;
      }
      if (wanted === undefined) continue;
      for (const file of wanted) if (isWeb(file.address)) this.#bring(file);
      const near = wanted.filter(({ address }) => !isWeb(address));
      if (near.length === 0) return;
      await this.project.load(near);
    }
  }

  #bring(file: ProjectFile): void {
    // It throws nothing: what goes wrong is told where it is referred to.
    void this.web.bring(this.project, file, () => this.edited());
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
