import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Editor } from '../editor/driver';
import { withEditor } from '../editor/driver';
import { Form } from './form';

/** What a checker of accessibility says about the page; it runs inside of it. */
interface Axe {
  run(options: unknown): Promise<{ readonly violations: readonly Violation[] }>;
}
interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}
declare const axe: Axe;

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** The frame that holds the page; Playwright runs scripts in it past the page's own policy. */
async function frameOf(editor: Editor) {
  const element = await editor.page.locator('iframe.webview.ready').elementHandle();
  const outer = await element?.contentFrame();
  const inner = outer?.childFrames()[0];
  assert.ok(inner, 'the page is there');
  return inner;
}

async function violations(editor: Editor): Promise<readonly string[]> {
  const frame = await frameOf(editor);
  await frame.evaluate(axeSource);
  const { violations: found } = await frame.evaluate(() => axe.run({ resultTypes: ['violations'] }));
  return found.map(
    ({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0]?.html ?? ''} ${nodes[0]?.failureSummary ?? ''}`,
  );
}

const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
} as const;

test('New Microservice by keyboard alone: from the palette to the files', async () => {
  const workspace = await mkdtemp(join(tmpdir(), 'services-'));
  try {
    await withEditor({ workspace, journey: 'form' }, async (editor) => {
      const form = await Form.open(editor);
      const { keyboard } = editor.page;
      await form.page
        .getByRole('radio', { name: 'Django REST service' })
        .and(form.page.locator(':focus'))
        .waitFor();
      await editor.screenshot('opened');
      await keyboard.press('Tab');
      await keyboard.press('ArrowRight');
      await form.page
        .getByRole('radio', { name: 'API service' })
        .and(form.page.locator(':checked'))
        .waitFor();
      await keyboard.press('Tab');
      await form.box('Service name').and(form.page.locator(':focus')).waitFor();
      await keyboard.type('Orders');
      await form.page.getByText('Use lower-case letters, digits and single hyphens').waitFor();
      assert.equal(await form.box('Service name').getAttribute('aria-invalid'), 'true');
      await editor.screenshot('why-not-accepted');
      // Not Control+A: the editor repeats it in the page some time later, over what was typed meanwhile.
      for (const _letter of 'Orders') await keyboard.press('Backspace');
      await keyboard.type('orders');
      await form.content.getByText('# Orders').first().waitFor();
      await keyboard.press('Enter');
      await form.page.getByText('Owner is needed.').waitFor();
      await form.box('Owner').and(form.page.locator(':focus')).waitFor();
      await keyboard.type('team-shop');
      await form.reason.filter({ hasText: 'Ready to create' }).waitFor();
      await form.row('README.md').focus();
      await keyboard.type('makef');
      await form.row('Makefile').and(form.page.locator(':focus')).waitFor();
      await form.content.getByText('.PHONY').first().waitFor();
      await editor.screenshot('filled-in');
      assert.deepEqual(readdirSync(workspace), [], 'nothing is written before Create');
      await form.box('Owner').focus();
      await keyboard.press('Enter');
      await form.page
        .getByRole('heading', { name: 'orders is ready' })
        .and(form.page.locator(':focus'))
        .waitFor();
      await editor.notification('orders is ready').waitFor();
      await editor.screenshot('created');
      assert.deepEqual(await violations(editor), []);
    });
    assert.ok(existsSync(join(workspace, 'orders', '.git')));
    assert.match(readFileSync(join(workspace, 'orders', 'README.md'), 'utf8'), /^# Orders$/m);
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
});

/** Chooses a theme for the workspace; the window takes it at once, as from the settings editor. */
async function chooseTheme(workspace: string, theme: string): Promise<void> {
  await mkdir(join(workspace, '.vscode'), { recursive: true });
  await writeFile(
    join(workspace, '.vscode', 'settings.json'),
    JSON.stringify({ 'workbench.colorTheme': theme }),
  );
}

/** Leaves the form without what was typed: the next one is a new one. */
async function leave(editor: Editor, form: Form): Promise<void> {
  await form.box('Owner').press('Escape');
  await editor.page.locator('.monaco-dialog-box').getByText('Leave New Microservice?').waitFor();
  await editor.dialogButton('Leave').click();
  await editor.page.locator('.tab').filter({ hasText: 'New Microservice' }).waitFor({ state: 'detached' });
}

/** Fills a new form in and looks at it on the way. */
async function look(editor: Editor, name: string, theme: string): Promise<void> {
  const picture = (what: string): Promise<string> => editor.screenshot(`${name}-${what}`);
  const form = await Form.open(editor);
  const shown = async (): Promise<string> =>
    String(await form.page.locator('body').getAttribute('data-vscode-theme-id'));
  // Newer versions call themes the same without their first word.
  await editor.waitUntil(shown, new RegExp(`^(?:Default )?${theme.replace('Default ', '')}$`));
  assert.equal(await form.box('Service name').inputValue(), '');
  await form.box('Service name').fill('Orders');
  await form.page.getByText('Use lower-case letters, digits and single hyphens').waitFor();
  await picture('wide');
  assert.deepEqual(await violations(editor), [], name);
  await form.box('Service name').fill('order-items');
  await form.box('Owner').fill('team-shop');
  await form.reason.filter({ hasText: 'Ready to create' }).waitFor();
  await editor.runCommand('View: Toggle Primary Side Bar Visibility');
  await form.row('README.md').focus();
  await picture('whole');
  await form.page.getByRole('radio', { name: 'Celery' }).check();
  await form.page.getByRole('checkbox', { name: 'GitHub Actions' }).uncheck();
  await form.box('Folder name').focus();
  await picture('rest');
  assert.deepEqual(await violations(editor), [], name);
  if (name === 'light' || name === 'high-contrast') {
    const wide = editor.page.viewportSize();
    await editor.page.setViewportSize({ width: 560, height: 800 });
    await form.box('Service name').focus();
    await picture('narrow');
    await form.row('README.md').focus();
    await picture('narrow-files');
    assert.deepEqual(await violations(editor), [], `${name}, narrow`);
    if (wide) await editor.page.setViewportSize(wide);
  }
  await editor.runCommand('View: Toggle Primary Side Bar Visibility');
  await leave(editor, form);
}

test('the form reads well in every theme and width, and a checker of accessibility finds nothing', async () => {
  const workspace = await mkdtemp(join(tmpdir(), 'services-'));
  try {
    await withEditor({ workspace, journey: 'form-themes' }, async (editor) => {
      for (const [name, theme] of Object.entries(themes)) {
        await chooseTheme(workspace, theme);
        await look(editor, name, theme);
      }
    });
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
});

test('the form keeps what was typed while hidden and over a reload, asks before it is lost, and shows what stands there', async () => {
  const workspace = await mkdtemp(join(tmpdir(), 'services-'));
  await mkdir(join(workspace, 'taken'));
  await writeFile(join(workspace, 'taken', 'Makefile'), 'mine:\n');
  try {
    await withEditor({ workspace, journey: 'form-kept' }, async (editor) => {
      const form = await Form.open(editor);
      await form.box('Service name').fill('taken');
      await form.box('Owner').fill('team-shop');
      await form.reason.filter({ hasText: 'Decide what becomes of Makefile' }).waitFor();
      await form.content.getByText('mine:').waitFor();
      await editor.screenshot('taken');
      assert.deepEqual(await violations(editor), []);
      await form.page.getByRole('button', { name: 'Compare' }).click();
      await editor.page.locator('.tab').filter({ hasText: 'yours ↔ the template’s' }).waitFor();
      await editor.screenshot('compared');
      await editor.runCommand('View: Close Editor');
      await form.page.getByRole('radio', { name: 'Keep mine' }).check();
      await form.reason.filter({ hasText: 'Ready to create' }).waitFor();
      await form.row('README.md').click();
      await form.page.getByRole('button', { name: 'Open in Editor' }).click();
      await editor.page.locator('.tab').filter({ hasText: 'README.md' }).waitFor();
      await editor.screenshot('opened-beside');
      await editor.runCommand('View: Close Editor');
      await editor.page.keyboard.press('Control+n');
      await editor.page.locator('.tab').filter({ hasText: 'Untitled-1' }).waitFor();
      await editor.page.locator('.tab').filter({ hasText: 'New Microservice' }).click();
      await form.box('Owner').waitFor();
      assert.equal(await form.box('Owner').inputValue(), 'team-shop');
      await editor.page.reload();
      await editor.ready();
      // Which tab was in front is written down some time after it came there.
      await editor.page.locator('.tab').filter({ hasText: 'New Microservice' }).click();
      await form.box('Owner').waitFor();
      assert.equal(await form.box('Owner').inputValue(), 'team-shop');
      await editor.page.locator('.tab').filter({ hasText: 'New Microservice' }).click();
      await editor.runCommand('View: Close Editor');
      await editor.page
        .locator('.tab')
        .filter({ hasText: 'New Microservice' })
        .waitFor({ state: 'detached' });
      await Form.open(editor);
      assert.equal(await form.box('Owner').inputValue(), 'team-shop', 'closing the tab loses nothing');
      await leave(editor, form);
    });
    assert.deepEqual(readdirSync(join(workspace, 'taken')), ['Makefile']);
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
});

test('from a keystroke to the files on the page', async () => {
  const workspace = await mkdtemp(join(tmpdir(), 'services-'));
  try {
    await withEditor({ workspace, journey: 'form-speed' }, async (editor) => {
      const form = await Form.open(editor);
      const frame = await frameOf(editor);
      const times: number[] = [];
      await form.box('Service name').focus();
      for (const letter of 'order-items-of-all') {
        await frame.evaluate(() => performance.clearMeasures());
        await editor.page.keyboard.type(letter);
        await frame.waitForFunction(() => performance.getEntriesByName('servicewright preview').length > 0);
        times.push(
          await frame.evaluate(() => performance.getEntriesByName('servicewright preview')[0]?.duration ?? 0),
        );
      }
      const sorted = times.toSorted((a, b) => a - b);
      const at = (part: number): string => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(0);
      console.log(`keystroke to preview: median ${at(0.5)} ms, worst ${at(0.99)} ms, of ${times.length}`);
      assert.equal(times.length, 18);
    });
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
});
