import * as vscode from 'vscode';
import { messageOf } from '../../../base/errors';
import { contextKeys, logScheme } from '../../../base/views';
import { noLogInFront } from '../../errors/config';
import { readFilter } from '../../logs/filter';
import { documentQuery } from './document-choice';
import { registerLogLinks } from './log-links';
import type { Followed, LogReaders } from './log-readers';
import { createLogReaders } from './log-readers';
import { createLogView } from './log-view';
import type { Parts } from './parts';
import type { Choice } from './selection';

/** Logs of running services as documents of the editor: they are searched, scrolled and split as any other. */
export interface LogDocuments extends vscode.Disposable {
  /** Shows the log of an app and follows it until its tab is closed. */
  open(choice: Choice): Promise<void>;
  /** Holds new lines back, or shows those that came meanwhile. Of the log in front. */
  togglePause(): void;
  /** Asks for words or a pattern, or takes them; shows only lines with them. Of the log in front. */
  filter(said?: string): Promise<void>;
  clear(): void;
  /** Goes to the end, from where on new lines are followed. */
  toEnd(): void;
}

export function logUri({ target }: Choice): vscode.Uri {
  const path = `/${target.app} (${target.environment.name}).log`;
  return vscode.Uri.from({ scheme: logScheme, path, query: documentQuery(target) });
}

export function createLogDocuments(parts: Omit<Parts, 'logDocuments'>): LogDocuments {
  const view = createLogView((uri) => readers.of(uri)?.buffer.text() ?? '');
  const readers = createLogReaders(parts, view.changed);
  const { log } = parts.host.world;
  const registered = vscode.Disposable.from(
    view,
    readers,
    registerLogLinks((uri) => readers.of(uri)?.choice.target.dir),
    view.onDidAsk((uri) => {
      if (readers.of(uri)) return;
      readers.start(uri).catch((error: unknown) => log.warn(`A log could not be read: ${messageOf(error)}`));
    }),
    vscode.window.onDidChangeActiveTextEditor(() => tellContext(readers)),
  );
  return {
    async open(choice) {
      const uri = logUri(choice);
      await readers.start(uri);
      await view.show(uri);
      tellContext(readers);
    },
    togglePause() {
      const { uri, one } = inFront(readers);
      if (one.buffer.isPaused) one.buffer.resume();
      else one.buffer.pause();
      tellContext(readers);
      view.changed(uri);
    },
    async filter(said) {
      const { uri, one } = inFront(readers);
      const text = said ?? (await askFilter(one.said));
      const filter = text === undefined ? '' : readFilter(text);
      if (text === undefined || typeof filter === 'string') return;
      one.said = text;
      one.buffer.show(text.trim() === '' ? undefined : filter, text.trim());
      view.changed(uri);
    },
    clear() {
      const { uri, one } = inFront(readers);
      one.buffer.clear();
      view.changed(uri);
    },
    toEnd: () => view.toEnd(inFront(readers).uri),
    dispose: () => registered.dispose(),
  };
}

/** Throws UserError `deploy/no-such-document` where the editor in front shows no log. */
function inFront(readers: LogReaders): { readonly uri: vscode.Uri; readonly one: Followed } {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const one = uri && readers.of(uri);
  if (!uri || !one) throw noLogInFront();
  return { uri, one };
}

/** The menus show *Pause* or *Resume*. */
function tellContext(readers: LogReaders): void {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const isPaused = uri !== undefined && readers.of(uri)?.buffer.isPaused === true;
  void vscode.commands.executeCommand('setContext', contextKeys.logPaused, isPaused);
}

function askFilter(before: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: 'Show only lines with',
    prompt:
      'Words, -word for lines without it, web: for a process, /pattern/ for a regular expression; empty shows everything.',
    value: before,
    validateInput: (text) => {
      const filter = readFilter(text);
      return typeof filter === 'string' ? filter : undefined;
    },
  });
}
