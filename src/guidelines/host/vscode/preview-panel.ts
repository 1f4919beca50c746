import * as vscode from 'vscode';
import { messageOf } from '../../../base/errors';
import { isObject, stringAt } from '../../../base/json';
import { basename } from '../../../base/paths';
import { previewPanel } from '../../../base/views';
import { pageHtml, resourceRoots } from '../../../platform/vscode/page';
import type { HostMessage, PageMessage } from '../../preview/protocol';
import { isOperation, isOutline, isPageMessage, isSchemaRows } from '../../preview/protocol';
import type { RunningClient } from './client';
import type { PreviewHost } from './preview';

export interface PreviewPanel {
  reveal(): void;
  close(): void;
  readonly onDidClose: vscode.Event<void>;
}

/** Milliseconds without a change before the page is told. */
const quiet = 150;

/** Shows a document in a panel beside it, and keeps the two together. */
export function openPreview(
  document: vscode.TextDocument,
  client: RunningClient,
  { extensionUri, log }: PreviewHost,
): PreviewPanel {
  const title = `Preview ${basename(document.uri.path)}`;
  const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
  const panel = vscode.window.createWebviewPanel(previewPanel, title, column, {
    enableScripts: true,
    localResourceRoots: [...resourceRoots(extensionUri)],
  });
  const session = new PreviewSession(document, client, (message) => void panel.webview.postMessage(message));
  const safely = (work: Promise<void>): void =>
    void work.catch((error: unknown) =>
      log.error(`The preview of ${document.uri.path}: ${messageOf(error)}`),
    );
  const take = (message: unknown): void => {
    if (isPageMessage(message)) safely(session.take(message));
    else log.warn('The preview sent a message that is none of its own; it was dropped.');
  };
  const closed = new vscode.EventEmitter<void>();
  const listening = vscode.Disposable.from(
    panel.webview.onDidReceiveMessage(take),
    listen(document, session, safely),
    vscode.workspace.onDidCloseTextDocument((gone) => {
      if (gone === document) panel.dispose();
    }),
  );
  panel.onDidDispose(() => {
    listening.dispose();
    closed.fire();
    closed.dispose();
  });
  panel.webview.html = pageHtml(panel.webview, extensionUri, {
    title: 'API preview',
    script: 'preview.js',
    style: 'preview.css',
  });
  return {
    reveal: () => panel.reveal(undefined, true),
    close: () => panel.dispose(),
    onDidClose: closed.event,
  };
}

/** Tells the session what is typed and where the cursor goes. */
function listen(
  document: vscode.TextDocument,
  session: PreviewSession,
  safely: (work: Promise<void>) => void,
): vscode.Disposable {
  const edits = delayed(() => safely(session.refresh()));
  const moves = delayed((at: vscode.Position) => safely(session.select(at)));
  return vscode.Disposable.from(
    new vscode.Disposable(edits.stop),
    new vscode.Disposable(moves.stop),
    vscode.workspace.onDidChangeTextDocument((change) => {
      if (change.document === document && change.contentChanges.length > 0) edits.soon();
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections: [first] }) => {
      if (textEditor.document === document && first !== undefined) moves.soon(first.active);
    }),
  );
}

/** Does something once nobody has asked for it for a moment, with what was said last. */
function delayed<T extends readonly unknown[]>(
  work: (...said: T) => void,
): { soon(...said: T): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => clearTimeout(timer);
  return {
    stop,
    soon(...said) {
      stop();
      timer = setTimeout(() => work(...said), quiet);
    },
  };
}

class PreviewSession {
  readonly #document: vscode.TextDocument;
  readonly #client: RunningClient;
  readonly #post: (message: HostMessage) => void;
  #revision = 0;
  #selected = '';

  constructor(document: vscode.TextDocument, client: RunningClient, post: (message: HostMessage) => void) {
    this.#document = document;
    this.#client = client;
    this.#post = post;
  }

  async take(message: PageMessage): Promise<void> {
    if (message.type === 'ready') return this.#start();
    const { pointer } = message;
    if (message.type === 'reveal') return this.#reveal(pointer);
    const answer = await this.#ask(message.type, { pointer });
    if (message.type === 'schema') {
      this.#post({ type: 'schema', pointer, rows: isSchemaRows(answer) ? answer : [] });
      return;
    }
    this.#post({ type: 'operation', pointer, operation: isOperation(answer) ? answer : undefined });
  }

  async #start(): Promise<void> {
    await this.refresh();
    const editor = vscode.window.visibleTextEditors.find((one) => one.document === this.#document);
    if (editor === undefined) return;
    this.#selected = '';
    await this.select(editor.selection.active);
  }

  /** Tells the page what is in the document now; an answer that a newer one overtook is dropped. */
  async refresh(): Promise<void> {
    const revision = ++this.#revision;
    const outline = await this.#ask('outline', {});
    if (revision !== this.#revision) return;
    if (isOutline(outline)) this.#post({ type: 'outline', revision, outline });
    else
      this.#post({
        type: 'nothing',
        why: 'This can’t be read as an API description; the problems are underlined in the editor.',
      });
  }

  async select({ line, character }: vscode.Position): Promise<void> {
    const pointer = await this.#ask('at', { position: { line, character } });
    if (typeof pointer !== 'string' || pointer === this.#selected) return;
    this.#selected = pointer;
    this.#post({ type: 'select', pointer });
  }

  /** Shows where something is written, and leaves the focus in the preview. */
  async #reveal(pointer: string): Promise<void> {
    const answer = await this.#ask('range', { pointer });
    const range = rangeOf(answer);
    if (range === undefined) return;
    // What is shown may stand in another file of the description.
    const elsewhere = stringAt(answer, 'uri');
    const document =
      elsewhere === undefined
        ? this.#document
        : await vscode.workspace.openTextDocument(vscode.Uri.parse(elsewhere));
    const shown = vscode.window.visibleTextEditors.find((one) => one.document === document);
    const editor = await vscode.window.showTextDocument(document, {
      viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
      preserveFocus: true,
    });
    editor.selection = new vscode.Selection(range.start, range.start);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  #ask(what: string, params: object): Promise<unknown> {
    const uri = this.#document.uri.toString();
    return this.#client.ask(`servicewright/preview/${what}`, { uri, ...params });
  }
}

function rangeOf(answer: unknown): vscode.Range | undefined {
  if (!isObject(answer)) return undefined;
  const [start, end] = [positionOf(answer['start']), positionOf(answer['end'])];
  return start && end && new vscode.Range(start, end);
}

function positionOf(value: unknown): vscode.Position | undefined {
  if (!isObject(value)) return undefined;
  const { line, character } = value;
  return typeof line === 'number' && typeof character === 'number'
    ? new vscode.Position(line, character)
    : undefined;
}
