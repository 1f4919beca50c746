import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { errors, type Browser, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { openBrowser } from './browser';
import { createPlatformHome } from './platform-home';
import { startServer, type EditorServer } from './server';

export type EditorOptions = {
  /** The folder or the `.code-workspace` file to open; neither when left out. */
  readonly workspace?: string;
  /** False: Workspace Trust is on, and the question is answered with "No" (Restricted Mode). Otherwise trusted. */
  readonly trusted?: boolean;
  /** Packaged extensions; the one under test (`SERVICEWRIGHT_VSIX`) when left out. */
  readonly vsix?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** The folder below `out/screenshots` for this journey's pictures. */
  readonly journey: string;
  /** A browser to share; one of its own when left out. */
  readonly browser?: Browser;
};

/** Everything waits for what it needs with this deadline; nothing sleeps. */
const deadlineMs = 20_000;
const openDeadlineMs = 60_000;

/** Opens an editor, hands it to the journey, and closes it. A failure leaves a picture and the server's log. */
export async function withEditor(
  options: EditorOptions,
  journey: (editor: Editor) => Promise<void>,
): Promise<void> {
  const editor = await openEditor(options);
  try {
    await journey(editor);
  } catch (error) {
    await editor.tellFailure();
    throw error;
  } finally {
    await editor.close();
  }
}

/** Installs, starts, opens the window and waits until the workbench can be used. */
export async function openEditor(options: EditorOptions): Promise<Editor> {
  const closing: (() => Promise<unknown>)[] = [];
  try {
    const platform = await createPlatformHome();
    closing.unshift(() => platform.remove());
    const env = { ...platform.env, ...options.env };
    const trusted = options.trusted ?? true;
    const vsix = options.vsix ?? [packagedExtension()];
    const server = await startServer({
      vsix,
      trusted,
      env,
      ...(options.settings && { settings: options.settings }),
    });
    closing.unshift(() => server.stop());
    const browser = options.browser ?? (await openBrowser());
    if (options.browser === undefined) closing.unshift(() => browser.close());
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    closing.unshift(() => context.close());
    context.setDefaultTimeout(deadlineMs);
    // The server would compress 28 MB for each window, which takes longer than to carry them across this machine.
    await context.setExtraHTTPHeaders({ 'Accept-Encoding': 'identity' });
    const { workspace = '' } = options;
    const kind = workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
    const folder = workspace === '' ? '' : `?${kind}=${encodeURIComponent(workspace)}`;
    const page = await context.newPage();
    const url = `${server.url}/${folder}`;
    const editor = new Editor({
      page,
      server,
      url,
      env,
      journey: options.journey,
      close: () => closeAll(closing),
    });
    await editor.open(trusted);
    return editor;
  } catch (error) {
    await closeAll(closing);
    throw error;
  }
}

/** Ends things in their order; each gets its turn. */
async function closeAll(closing: (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const close of closing.splice(0)) {
    await close().catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, 'The editor could not be closed whole.');
}

function packagedExtension(): string {
  const vsix = process.env['SERVICEWRIGHT_VSIX'];
  if (vsix === undefined)
    throw new Error('Run this through `node test/run.mjs e2e`, which packages the extension.');
  return vsix;
}

type Window = {
  readonly page: Page;
  readonly server: EditorServer;
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  readonly journey: string;
  close(): Promise<void>;
};

/** One window of a real editor, with the moves of a person who uses it. */
export class Editor {
  readonly page: Page;
  readonly url: string;
  /** What the editor's environment adds to ours: with it `out/cli.js` speaks to the editor's own platform. */
  readonly env: Readonly<Record<string, string>>;
  readonly #window: Window;
  #pictures = 0;

  constructor(window: Window) {
    this.page = window.page;
    this.url = window.url;
    this.env = window.env;
    this.#window = window;
  }

  /** Loads the page, answers the trust question where it is asked, and waits for the workbench. */
  async open(trusted: boolean): Promise<void> {
    await this.page.goto(this.url, { waitUntil: 'domcontentloaded', timeout: openDeadlineMs });
    if (!trusted) await this.dialogButton(/^No, /u).click({ timeout: openDeadlineMs });
    await this.ready();
  }

  /** The workbench stands: parts are drawn and its commands answer. Also for after a reload. */
  async ready(): Promise<void> {
    const status = this.page.locator('.monaco-workbench .part.statusbar .statusbar-item').first();
    await status.waitFor({ timeout: openDeadlineMs });
    await this.page.locator('.monaco-workbench .part.activitybar .action-item').first().waitFor();
  }

  /** Opens the command palette with a text in it, and waits until it lists something. It closes when a page takes the focus: then it is opened again. */
  async palette(text: string): Promise<void> {
    const end = Date.now() + deadlineMs;
    do {
      await this.page.keyboard.press('F1');
      await this.quickInput.waitFor();
      if (!(await inTime(this.quickInput.fill(`>${text}`, { timeout: 5_000 })))) continue;
      if (await inTime(this.quickPickRows.first().waitFor({ timeout: 5_000 }))) return;
    } while (Date.now() < end);
    throw new Error(`The palette does not take "${text}", or lists nothing.`);
  }

  /**
   * Runs a command by its whole title as the palette shows it, category included. The palette lists what is known
   * when one types, so it is asked again until an extension that is still loading has brought its commands.
   */
  async runCommand(title: string): Promise<void> {
    const end = Date.now() + deadlineMs;
    await this.palette(title);
    while (!(await inTime(this.quickPickRow(title).waitFor({ timeout: 2_000 })))) {
      if (Date.now() > end) throw new Error(`The palette does not list "${title}".`);
      await this.palette('');
      await this.palette(title);
    }
    await this.pick(title);
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-box input');
  }

  get quickPickRows(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
  }

  /** The row whose label is exactly this text. */
  quickPickRow(label: string): Locator {
    const exact = this.page.locator('.label-name').getByText(label, { exact: true });
    return this.quickPickRows.filter({ has: exact }).first();
  }

  /** Chooses the row with this label. The mouse goes there first, as a hand's does: a tooltip of where it was may lie over the row. */
  async pick(label: string): Promise<void> {
    const row = this.quickPickRow(label);
    await row.scrollIntoViewIfNeeded();
    const box = await row.boundingBox();
    if (box) await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
    await row.click();
  }

  /** Puts the mouse over a mark in the text. The editor draws its lines anew as they come into view, so the mark is looked for until it stands somewhere. */
  async pointAt(mark: Locator): Promise<void> {
    for (let tries = 0; tries < 200; tries++) {
      await mark.waitFor({ state: 'attached' });
      const box = await mark.boundingBox();
      if (box && box.width > 0) {
        await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
        return;
      }
      await this.page.waitForTimeout(50);
    }
    throw new Error('The mark stands nowhere.');
  }

  /** Follows a link in the text, until `then` appears. A link is drawn anew when the mouse comes: so its place is clicked. */
  async followLink(link: Locator, then: Locator): Promise<void> {
    const end = Date.now() + deadlineMs;
    do {
      await this.pointAt(link);
      await this.page.keyboard.down('Control');
      await this.page.mouse.down();
      await this.page.mouse.up();
      await this.page.keyboard.up('Control');
      if (await inTime(then.waitFor({ timeout: 2_000 }))) return;
    } while (Date.now() < end);
    throw new Error('Nothing comes of the link.');
  }

  /** What is written above the question: `New Microservice (2/4)`. */
  get quickInputTitle(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-title');
  }

  /** The line below the input: a prompt, or why the answer is not accepted. */
  get quickInputMessage(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-message');
  }

  /** Answers the question at hand. With `accept: false` the text is typed only. */
  async typeInQuickInput(text: string, { accept = true }: { readonly accept?: boolean } = {}): Promise<void> {
    await this.quickInput.fill(text);
    if (accept) await this.quickInput.press('Enter');
  }

  /**
   * Answers the question that holds this text, after waiting for it: a step is drawn some time after the one before
   * was accepted, and what is typed too early answers that one.
   */
  async answer(question: string | RegExp, text: string): Promise<void> {
    await this.page.locator('.quick-input-widget:visible').filter({ hasText: question }).waitFor();
    await this.typeInQuickInput(text);
  }

  /** Opens a file of the workspace by its name or the end of its path, as Quick Open does. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.quickInput.fill(name);
    const base = name.split('/').at(-1) ?? name;
    await this.pick(base);
    await this.page.locator('.tab.active').filter({ hasText: base }).waitFor();
    await this.page.locator('.editor-instance .view-line').first().waitFor();
  }

  /** The visible text of the active editor. */
  async editorText(): Promise<string> {
    const lines = this.page.locator('.editor-group-container.active .editor-instance .view-lines').first();
    return plain(await lines.innerText());
  }

  /** Opens the Problems panel. Its rows; wait for one with `.filter({ hasText })`. */
  async problems(): Promise<Locator> {
    await this.runCommand('Problems: Focus on Problems View');
    const rows = this.page.locator('.markers-panel .monaco-list-row');
    await this.page.locator('.markers-panel').waitFor();
    return rows;
  }

  /** The status bar item that holds this text. */
  statusBar(text: string | RegExp): Locator {
    return this.page.locator('.part.statusbar .statusbar-item').filter({ hasText: text });
  }

  /** The notification that holds this text; its buttons are `.getByRole('button', { name })`. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: text });
  }

  /** A button of the modal dialog that is open. */
  dialogButton(name: string | RegExp): Locator {
    return this.page.locator('.monaco-dialog-box').getByRole('button', { name });
  }

  /** The page inside the webview that is on show. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /** The code lens that holds this text. */
  codeLens(text: string | RegExp): Locator {
    return this.page.locator('.codelens-decoration a').filter({ hasText: text });
  }

  /** A row of a tree view in the side bar. */
  treeRow(text: string | RegExp): Locator {
    return this.page.locator('.part.sidebar .monaco-list-row').filter({ hasText: text });
  }

  /**
   * Chooses from a row's context menu, until `then` appears. A menu closes when its row is drawn anew, as right after opening, and one
   * that has just opened lets clicks pass: then it is opened again.
   */
  async chooseFromMenu(row: Locator, item: string, then: Locator): Promise<void> {
    const end = Date.now() + deadlineMs;
    const entry = this.page.getByRole('menuitem', { name: item });
    do {
      await row.click({ button: 'right' });
      while (await inTime(entry.click({ timeout: 2_000 })))
        if (await inTime(then.waitFor({ timeout: 1_000 }))) return;
      await this.page.keyboard.press('Escape');
    } while (Date.now() < end);
    throw new Error(`The menu of the row does not hold "${item}", or nothing comes of it.`);
  }

  /** What the active terminal shows. */
  async terminalText(): Promise<string> {
    return plain(await this.page.locator('.terminal-wrapper.active .xterm-rows').first().innerText());
  }

  /** Waits until the text is anywhere in the window. */
  async waitForText(text: string | RegExp, timeout = deadlineMs): Promise<void> {
    await this.page.getByText(text).first().waitFor({ timeout });
  }

  /** Waits until what `read` gives is wanted; the last reading is in the error. */
  async waitUntil(read: () => Promise<string>, wanted: RegExp, timeout = deadlineMs): Promise<string> {
    const end = Date.now() + timeout;
    for (;;) {
      const text = await read();
      if (wanted.test(text)) return text;
      if (Date.now() > end)
        throw new Error(`${String(wanted)} did not appear within ${timeout} ms in:\n${text}`);
      await delay(50);
    }
  }

  /** `out/screenshots/<journey>/NN-name.png`, numbered in the order of taking. */
  async screenshot(name: string): Promise<string> {
    this.#pictures += 1;
    const folder = join('out', 'screenshots', this.#window.journey);
    await mkdir(folder, { recursive: true });
    const path = join(folder, `${String(this.#pictures).padStart(2, '0')}-${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  /** A picture and the end of the server's log, for somebody who has to find out why a journey failed. */
  async tellFailure(): Promise<void> {
    const picture = await this.screenshot('failure').catch((error: unknown) => `none: ${String(error)}`);
    const log = await readFile(this.#window.server.log, 'utf8').catch(() => '');
    console.error(
      `Picture of the failure: ${picture}\nThe editor's log ends:\n${log.split('\n').slice(-20).join('\n')}`,
    );
  }

  /** Closes the window, ends the server and everything that was started from it. Safe to call twice. */
  async close(): Promise<void> {
    await this.#window.close();
  }
}

/** Whether what is waited for came before its deadline. */
function inTime(wait: Promise<unknown>): Promise<boolean> {
  return wait.then(
    () => true,
    (error: unknown) => {
      if (error instanceof errors.TimeoutError) return false;
      throw error;
    },
  );
}

/** The editor draws spaces as no-break spaces, and a terminal fills its lines up with them. */
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ').replaceAll(/ +$/gmu, '');
}
