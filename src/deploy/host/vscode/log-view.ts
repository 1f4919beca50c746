import * as vscode from 'vscode';
import { logScheme } from '../../../base/views';

/** The documents of logs and the editors that show them. What is at the end stays at the end while lines come; who scrolled up is left alone. */
export interface LogView extends vscode.Disposable {
  show(uri: vscode.Uri): Promise<void>;
  /** The text is another one now; the editor is told a few times a second at most. */
  changed(uri: vscode.Uri): void;
  toEnd(uri: vscode.Uri): void;
  /** A document is read, as when a window is loaded again. */
  readonly onDidAsk: vscode.Event<vscode.Uri>;
}

/** How often a document changes while lines come, in milliseconds: a long one more rarely, since the editor compares all of it each time. */
const everyMs = (length: number): number => Math.max(200, Math.min(length / 500, 3000));

export function createLogView(textOf: (uri: vscode.Uri) => string): LogView {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const asked = new vscode.EventEmitter<vscode.Uri>();
  const timers = new Map<string, NodeJS.Timeout>();
  const lengths = new Map<string, number>();
  const followers = createFollowers();
  let version = Date.now();
  const flush = (uri: vscode.Uri): void => {
    timers.delete(uri.toString());
    followers.before(uri);
    version += 1;
    changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  };
  const read = (uri: vscode.Uri): string => {
    asked.fire(uri);
    const text = textOf(uri);
    lengths.set(uri.toString(), text.length);
    return text;
  };
  const files = readOnlyFiles(changed.event, read, () => version);
  const options = { isReadonly: true, isCaseSensitive: true };
  const registered = vscode.Disposable.from(
    changed,
    asked,
    followers,
    vscode.workspace.registerFileSystemProvider(logScheme, files, options),
  );
  return {
    onDidAsk: asked.event,
    async show(uri) {
      const document = await vscode.workspace.openTextDocument(uri);
      reveal(await vscode.window.showTextDocument(document, { preview: false }));
    },
    changed(uri) {
      const key = uri.toString();
      if (timers.has(key)) return;
      const timer = setTimeout(() => flush(uri), everyMs(lengths.get(key) ?? 0));
      timers.set(key, timer);
    },
    toEnd: (uri) => editorsOf(uri).forEach(goToEnd),
    dispose() {
      for (const timer of timers.values()) clearTimeout(timer);
      registered.dispose();
    },
  };
}

/** Editors that were at the end when their document was last told to change. */
function createFollowers(): vscode.Disposable & { before(uri: vscode.Uri): void } {
  const atEnd = new Set<vscode.TextEditor>();
  const listener = vscode.workspace.onDidChangeTextDocument(({ document }) => {
    if (document.uri.scheme !== logScheme) return;
    for (const editor of editorsOf(document.uri)) if (atEnd.delete(editor)) reveal(editor);
  });
  return {
    before(uri) {
      for (const editor of editorsOf(uri)) if (isAtEnd(editor)) atEnd.add(editor);
    },
    dispose: () => listener.dispose(),
  };
}

const editorsOf = (uri: vscode.Uri): readonly vscode.TextEditor[] =>
  vscode.window.visibleTextEditors.filter((one) => one.document.uri.toString() === uri.toString());

const isAtEnd = ({ visibleRanges, document }: vscode.TextEditor): boolean =>
  (visibleRanges.at(-1)?.end.line ?? 0) >= document.lineCount - 2;

function goToEnd(editor: vscode.TextEditor): void {
  const { end } = editor.document.lineAt(editor.document.lineCount - 1).range;
  editor.selection = new vscode.Selection(end, end);
  reveal(editor);
}

function reveal(editor: vscode.TextEditor): void {
  const last = editor.document.lineCount - 1;
  editor.revealRange(new vscode.Range(last, 0, last, 0));
}

function readOnlyFiles(
  onDidChangeFile: vscode.Event<vscode.FileChangeEvent[]>,
  read: (uri: vscode.Uri) => string,
  version: () => number,
): vscode.FileSystemProvider {
  const refuse = (): never => {
    throw vscode.FileSystemError.NoPermissions('A log is only read.');
  };
  return {
    onDidChangeFile,
    watch: () => new vscode.Disposable(() => undefined),
    stat: () => ({ type: vscode.FileType.File, ctime: 0, mtime: version(), size: 0 }),
    readFile: (uri) => new TextEncoder().encode(read(uri)),
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
}
