import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type {
  ClientCapabilities,
  CodeAction,
  Diagnostic,
  FileEvent,
  DocumentDiagnosticReport,
  Hover,
  Position,
  ProtocolConnection,
  PublishDiagnosticsParams,
  Range,
} from 'vscode-languageserver-protocol';
import {
  CodeActionRequest,
  ConfigurationRequest,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  FileChangeType,
  HoverRequest,
  InitializeRequest,
  InitializedNotification,
  LogMessageNotification,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShutdownRequest,
} from 'vscode-languageserver-protocol';
import {
  StreamMessageReader,
  StreamMessageWriter,
  createProtocolConnection,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** What an editor like VS Code says that it can. */
export const pulling: ClientCapabilities = {
  textDocument: { diagnostic: { dynamicRegistration: true } },
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
  },
};

export const pushed: ClientCapabilities = {};

const deadline = 60_000;

/** The shipped language server, as its own process, and this test as its editor. */
export class Server {
  readonly process: ChildProcess;
  readonly connection: ProtocolConnection;
  /** What the server asks for under `servicewright.guidelines`. */
  settings: unknown = {};
  readonly logged: string[] = [];
  readonly #documents = new Map<string, TextDocument>();
  readonly #published: PublishDiagnosticsParams[] = [];
  readonly #waiting = new Set<() => void>();
  refreshes = 0;
  /** What `servicewright/findFiles` answers. */
  found: readonly string[] = [];
  registered: readonly string[] = [];

  constructor() {
    this.process = spawn(process.execPath, [resolve('out/server.js'), '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const { stdin, stdout } = this.process;
    if (!stdin || !stdout) throw new Error('The server has no stdio.');
    this.connection = createProtocolConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    );
    this.connection.onRequest(ConfigurationRequest.type, () => [this.settings]);
    this.connection.onRequest(DiagnosticRefreshRequest.type, () => this.#tell(() => (this.refreshes += 1)));
    this.connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      this.#tell(() => (this.registered = registrations.map((one) => one.method)));
    });
    this.connection.onNotification(LogMessageNotification.type, ({ message }) =>
      this.#tell(() => this.logged.push(message)),
    );
    this.connection.onNotification(PublishDiagnosticsNotification.type, (params) =>
      this.#tell(() => this.#published.push(params)),
    );
    this.connection.onRequest('servicewright/readText', ({ uri }: { readonly uri: string }) => ({
      text: this.files.get(uri) ?? null,
    }));
    this.connection.onRequest('servicewright/findFiles', () => ({ uris: this.found }));
    this.connection.listen();
  }

  async initialize(
    capabilities: ClientCapabilities,
    initializationOptions?: unknown,
    folders: readonly string[] = [],
  ): Promise<object> {
    const workspaceFolders = folders.map((uri) => ({ uri, name: uri.split('/').at(-1) ?? uri }));
    const params = {
      processId: process.pid,
      rootUri: null,
      capabilities,
      initializationOptions,
      workspaceFolders,
    };
    const result = await this.connection.sendRequest(InitializeRequest.type, params);
    await this.connection.sendNotification(InitializedNotification.type, {});
    return result.capabilities;
  }

  async open(uri: string, text: string, languageId = 'yaml'): Promise<void> {
    this.#documents.set(uri, TextDocument.create(uri, languageId, 1, text));
    const textDocument = { uri, languageId, version: 1, text };
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  }

  /** Replaces the first place of `part` (all of the text without one) in one incremental change. */
  async edit(uri: string, part: string, by: string): Promise<void> {
    const document = this.document(uri);
    const at = document.getText().indexOf(part);
    if (at < 0) throw new Error(`There is no ${JSON.stringify(part)} in ${uri}.`);
    const range = { start: document.positionAt(at), end: document.positionAt(at + part.length) };
    const version = document.version + 1;
    const contentChanges = [{ range, text: by }];
    this.#documents.set(uri, TextDocument.update(document, contentChanges, version));
    const textDocument = { uri, version };
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument,
      contentChanges,
    });
  }

  /** Sends one change as it is, without keeping the text. */
  async change(uri: string, version: number, change: { range: Range; text: string }): Promise<void> {
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges: [change],
    });
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  save(uri: string): Promise<void> {
    return this.connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument: { uri } });
  }

  document(uri: string): TextDocument {
    const document = this.#documents.get(uri);
    if (document === undefined) throw new Error(`${uri} is not open.`);
    return document;
  }

  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    const params = { textDocument: { uri }, ...(previousResultId === undefined ? {} : { previousResultId }) };
    return this.connection.sendRequest(DocumentDiagnosticRequest.type, params);
  }

  async diagnostics(uri: string): Promise<readonly Diagnostic[]> {
    const report = await this.pull(uri);
    if (report.kind !== 'full') throw new Error('The report is not full.');
    return report.items;
  }

  /** Waits until diagnostics of this version (or later) were pushed. */
  async published(uri: string, version?: number): Promise<PublishDiagnosticsParams> {
    return this.until(() =>
      this.#published.findLast(
        (one) => one.uri === uri && (version === undefined || (one.version ?? 0) >= version),
      ),
    );
  }

  /** What was pushed last, if it is as wanted. */
  latest(
    uri: string,
    isWanted: (one: PublishDiagnosticsParams) => boolean,
  ): PublishDiagnosticsParams | undefined {
    const last = this.#published.findLast((one) => one.uri === uri);
    return last !== undefined && isWanted(last) ? last : undefined;
  }

  hover(uri: string, position: Position): Promise<Hover | null> {
    return this.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position });
  }

  async actions(uri: string, range: Range, only?: readonly string[]): Promise<readonly CodeAction[]> {
    const context = { diagnostics: [], ...(only === undefined ? {} : { only: [...only] }) };
    const params = { textDocument: { uri }, range, context };
    const found = (await this.connection.sendRequest(CodeActionRequest.type, params)) ?? [];
    return found.filter((one): one is CodeAction => 'kind' in one);
  }

  /** The saved texts of the client's own file systems, by URI: what `servicewright/readText` answers. */
  readonly files = new Map<string, string>();

  /** Tells that a file was changed on disk, or on the client's own. */
  async changed(uri: string): Promise<void> {
    const changes: FileEvent[] = [{ uri, type: FileChangeType.Changed }];
    await this.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
  }

  /** A request of ours that the protocol does not know. */
  ask<T>(method: string, params: unknown): Promise<T> {
    return this.connection.sendRequest(method, params);
  }

  async configure(settings: unknown): Promise<void> {
    this.settings = settings;
    await this.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: { servicewright: { guidelines: settings } },
    });
  }

  /** Waits until `look` gives something, looking again at each message of the server. */
  async until<T>(look: () => T | undefined): Promise<T> {
    const signal = AbortSignal.timeout(deadline);
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      await new Promise<void>((done, fail) => {
        this.#waiting.add(done);
        signal.addEventListener('abort', () => fail(new Error('The server did not answer in time.')), {
          once: true,
        });
      });
    }
  }

  /** Says goodbye as the protocol wants it, and gives the exit code. */
  async stop(): Promise<number | null> {
    await this.connection.sendRequest(ShutdownRequest.type);
    const exited = this.exited();
    await this.connection.sendNotification(ExitNotification.type);
    return exited;
  }

  async exited(): Promise<number | null> {
    if (this.process.exitCode !== null) return this.process.exitCode;
    await once(this.process, 'exit', { signal: AbortSignal.timeout(deadline) });
    return this.process.exitCode;
  }

  #tell(change: () => void): void {
    change();
    for (const done of this.#waiting) done();
    this.#waiting.clear();
  }
}
