/** What references follow to the web while documents are open. Nobody waits for it: what comes late has everything looked at again. */
import type { Web } from '../../../base/web';
import type { ProjectFile } from '../../project/file';
import type { Loaded, WebPort } from '../../project/port';
import type { Project } from '../../project/project';
import type { WebAccess } from '../../web/access';
import { isWeb } from '../../web/access';
import { Accesses } from '../../web/accesses';
import { Fetcher } from '../../web/fetch';

export interface WebSurroundings {
  /** Milliseconds. */
  now(): number;
  /** What the configuration of a description lists. */
  read(address: string): Promise<WebAccess>;
  /** Something came that was not there before. */
  arrived(): void;
}

export class WebOf implements WebPort {
  readonly #around: WebSurroundings;
  readonly #fetcher: Fetcher;
  readonly #accesses = new Accesses();
  readonly #coming = new Set<string>();

  constructor(web: Web, around: WebSurroundings) {
    this.#around = around;
    this.#fetcher = new Fetcher(web, around.now);
  }

  accessOf(home: string): WebAccess {
    return this.#accesses.of(home);
  }

  /** Reads the configurations of those who asked; gives whether more can be said of their references than before. */
  learn(): Promise<boolean> {
    return this.#accesses.learn((home) => this.#around.read(home));
  }

  /** Forgets what may be followed: configurations, or the trust in them, changed. */
  forget(): void {
    this.#accesses.forget();
    this.#coming.clear();
  }

  async fetch(address: string): Promise<Loaded> {
    const access = this.#accesses.of(address);
    if (typeof access !== 'object') return { fault: 'is not to be fetched' };
    return this.#fetcher.read(address, access, new AbortController().signal);
  }

  /** Fetches a file and puts it into the project when it comes. `before` is called right before. */
  async bring(project: Project, file: ProjectFile, before: () => void): Promise<void> {
    const { address, spec, fault, texts } = file;
    if (this.#coming.has(address)) return;
    this.#coming.add(address);
    try {
      const loaded = await this.fetch(address);
      const isSame =
        'fault' in loaded ? loaded.fault === fault : spec !== undefined && loaded.text === spec.text;
      // Nobody refers to it any more, or somebody put something there.
      if (isSame || project.find(address) !== file || file.texts !== texts) return;
      before();
      project.take(file, loaded);
      this.#around.arrived();
    } finally {
      this.#coming.delete(address);
    }
  }

  /** The files of a project that may be others by now. */
  old(project: Project): readonly ProjectFile[] {
    return project.files().filter(({ address }) => isWeb(address) && this.#fetcher.isOld(address));
  }
}
