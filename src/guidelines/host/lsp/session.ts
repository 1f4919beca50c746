import type { ProtocolConnection } from 'vscode-languageserver-protocol';
import { ConfigurationRequest, LogMessageNotification, MessageType } from 'vscode-languageserver-protocol';
import { isAbort, messageOf } from '../../../base/errors';
import { stringAt } from '../../../base/json';
import type { CodeRunner } from '../../../base/code-runner';
import type { Fault, Inside, Processes } from '../../../base/ports';
import type { Web } from '../../../base/web';
import type { CheckOptions } from '../../engine';
import { Gathered } from '../../gathered';
import { Answers } from './answers';
import type { Checker, Turns } from './check';
import { createChecker } from './check';
import { CodeOf } from './code';
import { Configs } from './configs';
import type { Checked, OpenDocument } from './open';
import type { GuidelineSettings } from './options';
import { readSettings, sectionOf, usualSettings } from './options';
import { Crawl } from './crawl';
import { Offers } from './offers';
import { Linked } from './linked';
import { placeOf } from './places';
import { OpenProject, addressOf, uriAt } from './project';
import type { WebAccess } from '../../web/access';
import { WebOf } from './web';
import { Spec } from '../../spec';

export interface ServerHost {
  readonly connection: ProtocolConnection;
  readonly turns: Turns;
  /** The text of a file of this machine; undefined when there is none. */
  readFile(path: string): Promise<string | undefined>;
  /** The same of what something in a folder refers to. */
  readonly readInside: Inside['read'];
  readonly processes: Processes;
  readonly web: Web;
  /** Runs functions of rule sets. */
  readonly code: CodeRunner;
  exit(code: number): void;
}

/** What the client said of itself in `initialize`. */
export interface Client {
  /** Asks for diagnostics itself (LSP 3.17, Pull Diagnostics); else they are pushed. */
  readonly pulls: boolean;
  readonly canRefresh: boolean;
  readonly canConfigure: boolean;
  readonly canRegister: boolean;
  /** Tells when files change that are not open. */
  readonly canWatch: boolean;
  /** Answers `servicewright/readText`, so that files of its own file systems can be read. */
  readonly reads: boolean;
  /** Answers `servicewright/findFiles`, so that descriptions can be found that nobody opened. */
  readonly findsFiles: boolean;
  /** The command of the client that opens the page of a rule, if it has one. */
  readonly explainCommand: string | undefined;
  /** The command of the client that asks for the reason and silences a finding, if it has one. */
  readonly disableCommand: string | undefined;
  /** The command of the client that shows where a component is referred to, if it has one. */
  readonly referencesCommand: string | undefined;
  /** The command of the client that asks for completions, if it has one. */
  readonly suggestCommand: string | undefined;
  /** Takes definitions with the range that they are asked from. */
  readonly takesLinks: boolean;
  readonly canRefreshLenses: boolean;
  /** The folders of its workspace, as URIs. */
  readonly folders: readonly string[];
}

const section = 'servicewright.guidelines';

/** One session of the language server: the open documents and what is known of them. */
export class Session {
  readonly connection: ProtocolConnection;
  readonly exit: (code: number) => void;
  readonly documents = new Map<string, OpenDocument>();
  readonly checker: Checker;
  readonly configs: Configs;
  readonly code: CodeOf;
  readonly linked = new Linked(this);
  readonly crawl = new Crawl(this);
  readonly offers = new Offers(this);
  readonly answers = new Answers();
  /** What the open documents lead to. */
  readonly files: OpenProject;
  client: Client = {
    pulls: false,
    canRefresh: false,
    canConfigure: false,
    canRegister: false,
    canWatch: false,
    reads: false,
    findsFiles: false,
    explainCommand: undefined,
    disableCommand: undefined,
    referencesCommand: undefined,
    suggestCommand: undefined,
    takesLinks: false,
    canRefreshLenses: false,
    folders: [],
  };
  isShutDown = false;
  readonly #settings = new Map<string, Promise<GuidelineSettings | 'off'>>();
  readonly #readFile: ServerHost['readFile'];
  readonly #readInside: ServerHost['readInside'];
  #pushed: unknown;

  constructor({ connection, turns, exit, readFile, readInside, code, web }: ServerHost) {
    this.connection = connection;
    this.exit = exit;
    this.#readFile = readFile;
    this.#readInside = readInside;
    this.files = new OpenProject({
      turns,
      read: (uri, folder) => this.readLinked(uri, folder),
      folders: () => this.client.folders,
      web: new WebOf(web, {
        now: () => Date.now(),
        read: (address) => this.#webOf(uriAt(address)),
        arrived: () => {
          this.checker.reset();
          this.linked.again();
        },
      }),
    });
    this.checker = createChecker(turns, (signal) => this.files.settle(signal));
    this.code = new CodeOf(code);
    this.configs = new Configs((uri) => this.readText(uri), this.code);
  }

  /** Takes the settings as a client sends them that can't be asked, and forgets what was known under the old ones. */
  configure(settings: unknown): void {
    this.#pushed = sectionOf(settings, section);
    this.#settings.clear();
    // Code that may no longer run ends.
    this.reconfigure();
  }

  /** Takes the folders of the workspace: references may not leave them. */
  refolder(folders: readonly string[]): void {
    this.client = { ...this.client, folders };
    this.files.waysChanged();
    this.checker.reset();
  }

  /** Forgets the configurations that were read, since one of them changed. */
  reconfigure(): void {
    this.configs.forget();
    this.files.reconfigured();
    this.checker.reset();
  }

  /** The findings of the newest version; undefined when there is no such document, or it changed meanwhile. */
  check(uri: string): Promise<Checked | undefined> {
    return this.#check(uri, 'check');
  }

  /** As `check`, but may give what is told ahead of the rest: `isEarly` says so. */
  first(uri: string): Promise<Checked | undefined> {
    return this.#check(uri, 'first');
  }

  async #check(uri: string, what: 'check' | 'first'): Promise<Checked | undefined> {
    const options = await this.optionsFor(uri);
    const document = this.documents.get(uri);
    if (document === undefined) return undefined;
    if (options === 'off')
      return { document, version: document.version, spec: undefined, told: Gathered.of([]) };
    const checked = await this.checker[what](document, options);
    if (checked?.isEarly !== true) this.linked.checked(uri);
    return checked;
  }

  /** A text as it is read here; one that has a place can lead to others. */
  read(uri: string, text: string): Spec {
    const address = addressOf(uri);
    if (address === undefined) return new Spec(text);
    const spec = this.files.project.read(text);
    this.files.edited();
    this.files.project.put(address, spec);
    return spec;
  }

  forget(uri: string): void {
    const address = addressOf(uri);
    if (address !== undefined && this.documents.has(uri)) {
      this.files.edited();
      this.files.project.drop(address);
    }
    this.documents.delete(uri);
    this.#settings.delete(uri);
    this.checker.forget(uri);
    this.answers.forget(uri);
  }

  /** Runs what nobody waits for; its errors go to the client's log, and the server lives on. */
  safely(work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      if (!isAbort(error)) this.log(MessageType.Error, messageOf(error));
    });
  }

  log(type: MessageType, message: string): void {
    // A connection that is closing takes no more messages, and there is nobody left to tell.
    this.connection.sendNotification(LogMessageNotification.type, { type, message }).catch(() => undefined);
  }

  /** The text of a file as it is saved, of this machine or of the client's own file systems; undefined when there is none. */
  async readText(uri: string): Promise<string | undefined> {
    const place = placeOf(uri);
    if (place?.root === 'file://') return this.#readFile(place.path);
    if (!this.client.reads) return undefined;
    const answer: unknown = await this.connection.sendRequest('servicewright/readText', { uri });
    return stringAt(answer, 'text');
  }

  /** What can't be read is as if it were not there: that is told where it is referred to. */
  readPart(uri: string): Promise<string | undefined> {
    return this.#orNothing(uri, this.readText(uri));
  }

  /** The same of what something in a folder refers to. */
  readLinked(uri: string, folder: string): Promise<string | undefined | Fault> {
    const [place, around] = [placeOf(uri), placeOf(folder)];
    const isHere = place?.root === 'file://' && around?.root === 'file://';
    return isHere ? this.#orNothing(uri, this.#readInside(place.path, around.path)) : this.readPart(uri);
  }

  async #orNothing<T>(uri: string, work: Promise<T>): Promise<T | undefined> {
    try {
      return await work;
    } catch (error) {
      this.log(MessageType.Warning, `${uri} can't be read: ${messageOf(error)}`);
      return undefined;
    }
  }

  /** The settings for a document. */
  settingsFor(uri: string): Promise<GuidelineSettings | 'off'> {
    const known = this.#settings.get(uri);
    if (known !== undefined) return known;
    const asked = this.client.canConfigure ? this.#ask(uri) : Promise.resolve(readSettings(this.#pushed));
    this.#settings.set(uri, asked);
    return asked;
  }

  /** What a document is checked with. */
  async optionsFor(uri: string): Promise<CheckOptions | 'off'> {
    const settings = await this.settingsFor(uri);
    return settings === 'off' ? 'off' : this.configs.optionsFor(uri, settings);
  }

  /** What references in a description may follow to the web. */
  async #webOf(uri: string): Promise<WebAccess> {
    const settings = await this.settingsFor(uri);
    if (settings === 'off') return 'off';
    const { web } = await this.configs.planFor(uri, settings);
    return web === 'off' || this.code.isTrusted ? web : 'untrusted';
  }

  async #ask(uri: string): Promise<GuidelineSettings | 'off'> {
    try {
      const items = [{ scopeUri: uri, section }];
      const [settings]: unknown[] = await this.connection.sendRequest(ConfigurationRequest.type, { items });
      return readSettings(settings);
    } catch (error) {
      this.log(
        MessageType.Warning,
        `The settings could not be read, so the usual ones hold: ${messageOf(error)}`,
      );
      return usualSettings;
    }
  }
}
