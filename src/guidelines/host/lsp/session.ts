import type { ProtocolConnection } from 'vscode-languageserver-protocol';
import { ConfigurationRequest, LogMessageNotification, MessageType } from 'vscode-languageserver-protocol';
import { isAbort, messageOf } from '../../../base/errors';
import type { CheckOptions } from '../../engine';
import type { Checker, Turns } from './check';
import { createChecker } from './check';
import type { Checked, OpenDocument } from './open';
import { readOptions, sectionOf } from './options';

export interface ServerHost {
  readonly connection: ProtocolConnection;
  readonly turns: Turns;
  exit(code: number): void;
}

/** What the client said of itself in `initialize`. */
export interface Client {
  /** Asks for diagnostics itself (LSP 3.17, Pull Diagnostics); else they are pushed. */
  readonly pulls: boolean;
  readonly canRefresh: boolean;
  readonly canConfigure: boolean;
  readonly canRegister: boolean;
  /** The command of the client that opens the page of a rule, if it has one. */
  readonly explainCommand: string | undefined;
}

const section = 'servicewright.guidelines';

/** One session of the language server: the open documents and what is known of them. */
export class Session {
  readonly connection: ProtocolConnection;
  readonly exit: (code: number) => void;
  readonly documents = new Map<string, OpenDocument>();
  readonly checker: Checker;
  client: Client = {
    pulls: false,
    canRefresh: false,
    canConfigure: false,
    canRegister: false,
    explainCommand: undefined,
  };
  isShutDown = false;
  readonly #options = new Map<string, Promise<CheckOptions | 'off'>>();
  #pushed: unknown;

  constructor({ connection, turns, exit }: ServerHost) {
    this.connection = connection;
    this.exit = exit;
    this.checker = createChecker(turns);
  }

  /** Takes the settings as a client sends them that can't be asked, and forgets what was known under the old ones. */
  configure(settings: unknown): void {
    this.#pushed = sectionOf(settings, section);
    this.#options.clear();
    this.checker.reset();
  }

  /** The findings of the newest version; undefined when there is no such document, or it changed meanwhile. */
  async check(uri: string): Promise<Checked | undefined> {
    const options = await this.#optionsFor(uri);
    const document = this.documents.get(uri);
    if (document === undefined) return undefined;
    if (options === 'off') return { document, version: document.version, spec: undefined, told: [] };
    return this.checker.check(document, options);
  }

  forget(uri: string): void {
    this.documents.delete(uri);
    this.#options.delete(uri);
    this.checker.forget(uri);
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

  #optionsFor(uri: string): Promise<CheckOptions | 'off'> {
    const known = this.#options.get(uri);
    if (known !== undefined) return known;
    const asked = this.client.canConfigure ? this.#ask(uri) : Promise.resolve(readOptions(this.#pushed));
    this.#options.set(uri, asked);
    return asked;
  }

  async #ask(uri: string): Promise<CheckOptions | 'off'> {
    try {
      const items = [{ scopeUri: uri, section }];
      const [settings]: unknown[] = await this.connection.sendRequest(ConfigurationRequest.type, { items });
      return readOptions(settings);
    } catch (error) {
      this.log(
        MessageType.Warning,
        `The settings could not be read, so the usual ones hold: ${messageOf(error)}`,
      );
      return {};
    }
  }
}
