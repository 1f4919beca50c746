import * as vscode from 'vscode';
import { basename } from '../../../../base/paths';
import { count } from '../../../../base/text';
import { formPanel } from '../../../../base/views';
import { pageHtml, resourceRoots } from '../../../../platform/vscode/page';
import type { Created } from '../../../create';
import type { DoneView } from '../../../form/protocol';
import type { SavedForm } from '../../../form/protocol';
import type { FormState } from '../../../form/state';
import { restoreForm } from '../../../form/state';
import { gitSays } from '../../../git';
import type { Template } from '../../../template';
import { pathOf } from '../args';
import type { Preview } from '../preview';
import { wizardTitle } from '../quick';
import type { Desk, Order, Session } from './desk';
import { createSession } from './session';
import type { World } from '../../../../base/ports';

/** The form and what becomes of it. */
export interface OpenForm {
  readonly panel: vscode.WebviewPanel;
  readonly session: Session;
  /** What was filled in and neither made nor given up, once the tab is closed. */
  draft(): SavedForm | undefined;
  /** The service that was made. Rejects with AbortError when the form is closed without one. */
  readonly outcome: Promise<Created>;
}

export interface FormParts {
  readonly extensionUri: vscode.Uri;
  readonly world: World;
  readonly preview: Preview;
  /** Called when the service is there; the form shows meanwhile what was made. */
  readonly made: (created: Created, order: Order, close: () => void) => Promise<void>;
}

/** Opens the form in a tab of its own. */
export function openPanel(state: FormState, parts: FormParts): OpenForm {
  const panel = vscode.window.createWebviewPanel(formPanel, wizardTitle, vscode.ViewColumn.Active);
  return fill(panel, state, parts);
}

/** Takes a tab over that was there before the window was loaded again, with what was kept of its answers. */
export function restorePanel(
  { panel, saved, fresh }: { panel: vscode.WebviewPanel; saved: SavedForm; fresh: FormState },
  parts: FormParts,
): OpenForm {
  return fill(panel, restoreForm(fresh, saved), parts);
}

function fill(panel: vscode.WebviewPanel, state: FormState, parts: FormParts): OpenForm {
  const { extensionUri } = parts;
  panel.webview.options = { enableScripts: true, localResourceRoots: [...resourceRoots(extensionUri)] };
  panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.png');
  const { promise: outcome, resolve, reject } = outcomeOf<Created>();
  const fate = { givenUp: false };
  const desk = deskOf(panel, parts, { settle: resolve, giveUp: () => (fate.givenUp = true) });
  const session: Session = createSession(state, desk);
  const listening = panel.webview.onDidReceiveMessage((message: unknown) => {
    session.take(message).catch((error: unknown) => parts.world.log.error('The form', error));
  });
  panel.onDidDispose(() => {
    session.dispose();
    listening.dispose();
    void parts.preview.close();
    reject(new DOMException('closed', 'AbortError'));
  });
  panel.webview.html = pageHtml(panel.webview, extensionUri, {
    title: 'New Microservice',
    script: 'form.js',
    style: 'form.css',
  });
  const draft = (): SavedForm | undefined =>
    session.stage() === 'filled' && !fate.givenUp ? session.saved() : undefined;
  return { panel, session, draft, outcome };
}

interface Outcome<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: Error) => void;
}

function outcomeOf<T>(): Outcome<T> {
  let settle: Pick<Outcome<T>, 'resolve' | 'reject'> = { resolve: () => undefined, reject: () => undefined };
  const promise = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));
  // A form that came back with its window has nobody who waits for it.
  promise.catch(() => undefined);
  return { promise, ...settle };
}

interface Ends {
  settle(made: Created): void;
  giveUp(): void;
}

function deskOf(panel: vscode.WebviewPanel, parts: FormParts, { settle, giveUp }: Ends): Desk {
  const { preview, world } = parts;
  return {
    world,
    post: (message) => void panel.webview.postMessage(message),
    mayRun: () => vscode.workspace.isTrusted,
    browse,
    // The form stays in sight.
    open: (dir, file) => preview.show(dir, file, vscode.ViewColumn.Beside),
    compare: (dir, file) => preview.compare(dir, file, vscode.ViewColumn.Beside),
    leave: async (dirty) => {
      if (dirty && !(await mayLeave())) return;
      giveUp();
      panel.dispose();
    },
    made: (created, order) => {
      settle(created);
      parts
        .made(created, order, () => panel.dispose())
        .catch((error: unknown) => world.log.error('After making the service', error));
      return doneOf(created, order.template);
    },
  };
}

async function browse(from: string): Promise<string | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    ...(from.startsWith('/') || /^[A-Za-z]:/.test(from) ? { defaultUri: vscode.Uri.file(from) } : {}),
    openLabel: 'Make it here',
    title: 'Folder for the new service',
  });
  const folder = chosen?.find((uri) => uri.scheme === 'file');
  return folder && pathOf(folder);
}

/** Asks before what was typed is lost. */
async function mayLeave(): Promise<boolean> {
  const leave = 'Leave';
  const detail = 'Your answers are not kept. Nothing was written.';
  const options = { modal: true, detail };
  return (await vscode.window.showWarningMessage('Leave New Microservice?', options, leave)) === leave;
}

function doneOf({ dir, files, git, kept, byHand }: Created, template: Template): DoneView {
  return {
    title: `${basename(dir)} is ready`,
    lines: [
      `${count(files.length, 'file')} from ${template.title} ${template.version}, ${gitSays[git.outcome]}`,
      `in ${dir}`,
      ...(kept.length === 0 ? [] : [`${count(kept.length, 'file')} of yours kept: ${kept.join(', ')}`]),
      ...byHand,
    ],
    next: template.next,
  };
}
