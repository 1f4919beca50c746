/**
 * Descriptions in several files: which files there are, which refer to which, and what each is a part of. Texts come from whoever has
 * them open, else through the port. Nothing is copied into one: each node is looked at where it is written.
 */
import { addAll } from '../../base/add-all';
import { looksLikeSpec } from '../detect';
import { expectedOf } from '../expected';
import { Notebook } from '../question';
import { Spec } from '../spec';
import type { Steps } from '../steps';
import type { Refusal } from '../others';
import { isWeb, refusalOf } from '../web/access';
import { isIn } from './address';
import { familiesOf, membersOf, usedIn } from './families';
import { ProjectFile } from './file';
import type { Loaded, Port } from './port';
import type { Finder, Reach, Way } from './reach';
import { reachSteps } from './reach';

/** Files are named by their addresses: see `address.ts`. */
export class Project implements Finder {
  readonly notebook = new Notebook();
  readonly folders = { changed: 0, refresh: (): void => undefined };
  readonly #port: Port;
  readonly #files = new Map<string, ProjectFile>();
  /** The files that are asked about; others are kept as long as these lead to them. */
  readonly #held = new Set<string>();
  #reaches: readonly Reach[] = [];
  #families: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  /** The round that the graph was made in. */
  #round = -1;
  /** Counts changes of what belongs together: after one, findings anywhere may be others. */
  shape = 0;

  constructor(port: Port) {
    this.#port = port;
  }

  /** A project in the same place, for older texts; what has none is read as it is now. */
  older(): Project {
    const { folderOf, web } = this.#port;
    const textOf = (address: string): string | undefined => this.find(address)?.spec?.text;
    return new Project({
      read: async (address) => textOf(address) ?? this.#port.read(address),
      folderOf,
      ...(web === undefined
        ? {}
        : {
            web: {
              accessOf: (home) => web.accessOf(home),
              fetch: (address) => Promise.resolve({ text: textOf(address) }),
            },
          }),
    });
  }

  /** The folder that references in a file may not leave; undefined for any. */
  folderOf(address: string): string | undefined {
    return this.#port.folderOf(address);
  }

  refusalOf({ home, from, to }: Way): Refusal | undefined {
    if (isWeb(to)) return refusalOf(this.#port.web?.accessOf(home) ?? 'off', to);
    const folder = this.#port.folderOf(from);
    return folder === undefined || isIn(folder, to) ? undefined : 'outside';
  }

  fileAt(address: string): ProjectFile {
    let file = this.#files.get(address);
    if (file === undefined) {
      file = new ProjectFile(address, this);
      this.#files.set(address, file);
    }
    return file;
  }

  /** What is known of a file; undefined when nobody asked for it. */
  find(address: string): ProjectFile | undefined {
    return this.#files.get(address);
  }

  /** A text for the file at an address, to be put there. */
  read(text: string): Spec {
    return new Spec(text, this.notebook);
  }

  /** All that is known. */
  files(): readonly ProjectFile[] {
    return [...this.#files.values()];
  }

  /** Takes a text that somebody has, instead of what is saved. It was made by `read`. */
  put(address: string, spec: Spec): void {
    const file = this.fileAt(address);
    file.isOpen = true;
    this.#held.add(address);
    this.#set(file, spec);
  }

  /** Takes note that nobody has a file open any more: what is saved counts again. */
  drop(address: string): void {
    const file = this.#files.get(address);
    if (file === undefined) return;
    const around = [...this.around(address)].filter((one) => one !== address);
    // Who has a part open still wants to know what its description says of it.
    if (!around.some((one) => this.#files.get(one)?.isOpen === true)) this.#held.delete(address);
    file.isOpen = false;
    this.#set(file, undefined);
  }

  /** Keeps what a file leads to, though nobody has it open. */
  hold(address: string): void {
    this.#held.add(address);
    this.fileAt(address);
  }

  /** Takes note that a file was written, made or removed; gives whether that concerns anybody. */
  changedOnDisk(address: string): boolean {
    const file = this.#files.get(address);
    if (file === undefined || file.isOpen) return false;
    this.#set(file, undefined);
    return true;
  }

  /** Takes note that the port gives other folders than before, or lets references follow elsewhere. */
  waysChanged(): void {
    this.notebook.round += 1;
    this.folders.changed = this.notebook.round;
  }

  /** The files that belong together with this one, by references in either direction; itself among them. */
  around(address: string): ReadonlySet<string> {
    this.#families ??= familiesOf(this.#reaches);
    return this.#families.get(address) ?? new Set([address]);
  }

  /** The descriptions and parts that belong together with this file, which comes first; without those on the web. */
  specsAround(address: string): readonly Spec[] {
    return [address, ...[...this.around(address)].filter((one) => one !== address)].flatMap((one) => {
      const file = isWeb(one) ? undefined : this.#files.get(one);
      return file?.spec !== undefined && (file.isDescription || file.spec.isPart) ? [file.spec] : [];
    });
  }

  /** The files that a description goes on in, without itself and what others keep on the web. */
  partsOf(address: string): readonly ProjectFile[] {
    const reach = this.#reaches.find(({ home }) => home.address === address);
    return [...(reach?.expected.keys() ?? [])].filter(
      ({ address, spec }) => spec?.isPart === true && !isWeb(address),
    );
  }

  /**
   * Brings all files up to date and finds out what leads where. Can be broken off and begun again. Gives the files that have to be
   * read before it is complete.
   */
  *updateSteps(): Steps<readonly ProjectFile[]> {
    for (const file of this.#files.values()) yield* this.#updateFile(file);
    while (this.#round !== this.notebook.round) yield* this.#connect();
    return this.wanted();
  }

  /** The files that something leads to and that were not read yet. */
  wanted(): readonly ProjectFile[] {
    return [...this.#files.values()].filter((file) => file.spec === undefined && !file.isMissing);
  }

  *#updateFile(file: ProjectFile): Steps<void> {
    const { spec } = file;
    if (spec === undefined) return;
    if (spec.isPart) yield* spec.outlineSteps();
    if (!file.isDescription) {
      const { text } = spec;
      // What is no description seldom becomes one, and its text may be long.
      if (file.looked === text) return;
      file.looked = text;
    }
    file.isDescription = (file.isDescription || looksLikeSpec(spec.text)) && (yield* spec.updateSteps());
  }

  /** Reads files, so that `updateSteps` can go on. */
  async load(files: readonly ProjectFile[]): Promise<void> {
    await Promise.all(files.map((file) => this.#load(file)));
  }

  async #load(file: ProjectFile): Promise<void> {
    const { texts } = file;
    const loaded = await this.#loaded(file.address);
    // Somebody opened it meanwhile, or it was written again.
    if (file.texts === texts) this.take(file, loaded);
  }

  async #loaded(address: string): Promise<Loaded> {
    const { web } = this.#port;
    if (web !== undefined && isWeb(address)) return web.fetch(address);
    const read = await this.#port.read(address);
    return typeof read === 'object' ? read : { text: read };
  }

  /** Takes what came of reading a file. */
  take(file: ProjectFile, loaded: Loaded): void {
    const text = 'text' in loaded ? loaded.text : undefined;
    const plain = text?.startsWith('\uFEFF') === true ? text.slice(1) : text;
    this.#set(file, plain === undefined ? undefined : this.read(plain));
    file.isMissing = plain === undefined;
    file.fault = 'fault' in loaded ? loaded.fault : undefined;
  }

  #set(file: ProjectFile, spec: Spec | undefined): void {
    if (spec !== undefined) spec.others = file;
    file.spec = spec;
    file.texts += 1;
    file.looked = undefined;
    file.isMissing = false;
    file.fault = undefined;
    file.isDescription = false;
    this.notebook.round += 1;
    file.question.changed = this.notebook.round;
  }

  *#connect(): Steps<void> {
    const { round } = this.notebook;
    this.#reaches = yield* this.#reachSteps();
    this.#families = undefined;
    this.#forget();
    yield* this.#shapeSteps();
    this.#tell();
    // Reading what was met for the first time makes a new round; then all is followed once more.
    this.#round = this.notebook.round === round ? round : -1;
  }

  /** What is held is followed, and every description that it leads to. */
  *#reachSteps(): Steps<readonly Reach[]> {
    const reaches = new Map<ProjectFile, Reach>();
    const todo = [...this.#held].flatMap((address) => this.#files.get(address) ?? []);
    for (let at = 0; at < todo.length; at += 1) {
      const file = todo[at];
      if (file?.spec === undefined || !file.isDescription || reaches.has(file)) continue;
      const reach = yield* reachSteps(file, file.spec.version, this);
      reaches.set(file, reach);
      addAll(todo, reach.expected.keys());
    }
    return [...reaches.values()].toSorted((a, b) => (a.home.address < b.home.address ? -1 : 1));
  }

  /** Drops what nobody holds and nothing leads to. */
  #forget(): void {
    const kept = new Set(this.#reaches.flatMap(({ expected }) => [...expected.keys()]));
    for (const [address, file] of this.#files)
      if (!this.#held.has(address) && !kept.has(file)) this.#files.delete(address);
  }

  /** Tells each part what is expected in it, by the first description that leads to it. */
  *#shapeSteps(): Steps<void> {
    const homes = this.#homesOfParts();
    for (const file of this.#files.values()) {
      const { spec } = file;
      if (spec === undefined || file.isDescription) continue;
      const reach = homes.get(file);
      if (reach === undefined) spec.standAlone();
      else yield* this.#shapeOne(file, spec, reach);
    }
  }

  *#shapeOne(file: ProjectFile, spec: Spec, { home, expected }: Reach): Steps<void> {
    const known = expectedOf(home.spec?.version ?? '3.1', expected.get(file) ?? []);
    if (file.expectation !== known.id) this.shape += 1;
    file.expectation = known.id;
    yield* spec.partSteps(known);
  }

  #homesOfParts(): ReadonlyMap<ProjectFile, Reach> {
    const homes = new Map<ProjectFile, Reach>();
    for (const reach of this.#reaches)
      for (const file of reach.expected.keys())
        if (!file.isDescription && !homes.has(file)) homes.set(file, reach);
    return homes;
  }

  /** Tells each file who belongs together, and what others refer to in it. */
  #tell(): void {
    const next = this.notebook.round + 1;
    const homes = this.#homesOfParts();
    const own = new Map(this.#reaches.map((reach) => [reach.home, reach]));
    const members = new Map(this.#reaches.map((reach) => [reach, membersOf(reach)]));
    const used = usedIn(this.#reaches);
    let isNews = false;
    for (const file of this.#files.values()) {
      const reach = own.get(file) ?? homes.get(file);
      const family = { home: reach?.home, members: (reach && members.get(reach)) ?? [] };
      const news = file.belongs(family, used.get(file), next);
      if (news.isShared) this.shape += 1;
      isNews ||= news.isAny;
    }
    if (isNews) this.notebook.round = next;
  }
}
