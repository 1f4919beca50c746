import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { cli } from '../helpers/cli';
import type { Editor } from '../editor/driver';
import { Form } from './form';

/** Moments of the journey, in milliseconds since *New Microservice* was pressed. */
export interface Moments {
  /** The files are written and committed. */
  readonly created: number;
  /** The deploy button was pressed. */
  readonly deployPressed: number;
  /** The service's own endpoint, which reads its database, answered 200. */
  readonly answered: number;
}

export interface Journey {
  readonly workspace: string;
  readonly name: string;
  /** Of the embedded platform that the editor speaks to. */
  readonly env: Readonly<Record<string, string>>;
  /** Also look at the API description and run a target, which is not part of the measured way. */
  readonly work: boolean;
}

const minute = 60_000;

/**
 * From *New Microservice* to a 200 of the new service, as a person does it: palette, answers, files, findings, a target run from its
 * lens, the button. A picture at each step.
 */
export async function takeJourney(editor: Editor, journey: Journey): Promise<Moments> {
  const began = performance.now();
  const since = (): number => performance.now() - began;
  await answerQuestions(editor, journey.name);
  const created = since();
  await openService(editor, journey.name);
  if (journey.work) await lookAtSpec(editor);
  if (journey.work) await runFromLens(editor);
  const deployPressed = since();
  const url = await deploy(editor, journey);
  const items = await fetch(`${url}/api/v1/items`);
  const answered = since();
  assert.equal(items.status, 200);
  assert.deepEqual(await items.json(), { next: null, previous: null, results: [] });
  return { created, deployPressed, answered };
}

async function answerQuestions(editor: Editor, name: string): Promise<void> {
  const form = await Form.open(editor);
  await editor.screenshot('new-microservice');
  await form.box('Service name').fill(name);
  await form.box('Owner').fill('team-shop');
  await form.reason.filter({ hasText: 'Ready to create' }).waitFor();
  await editor.screenshot('files-to-be-written');
  await form.create.click();
  await editor.notification(`${name} is ready`).waitFor();
  await editor.screenshot('created');
}

async function openService(editor: Editor, name: string): Promise<void> {
  await editor.notification(`${name} is ready`).getByRole('button', { name: 'Open README' }).click();
  await editor.page.locator('.tab.active').filter({ hasText: 'Preview README.md' }).waitFor();
  await editor.statusBar(`${name} → local`).waitFor();
  await editor.screenshot('opened');
}

/** Gives a path a name in camel case, sees what the guidelines say, takes their fix, and puts back what was there. */
async function lookAtSpec(editor: Editor): Promise<void> {
  await editor.openFile('openapi.yaml');
  const finding = (await editor.problems()).filter({ hasText: 'kebab-case' }).first();
  await editor.openFile('openapi.yaml');
  await replace(editor, '/items:', '/orderItems:');
  await finding.waitFor();
  await editor.screenshot('findings');
  await editor.page.keyboard.press('ArrowLeft');
  const fix = editor.page.locator('.action-widget').getByText('/order-items').first();
  await openFixes(editor, fix);
  await editor.screenshot('quick-fix');
  await fix.click();
  await finding.waitFor({ state: 'detached' });
  await replace(editor, '/order-items:', '/items:');
  await editor.waitUntil(() => editor.editorText(), /^\s*\/items:/mu);
}

/** Opens the light bulb's list; again where a slow machine was not done with the text yet, as a person would. */
async function openFixes(editor: Editor, fix: Locator): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await editor.page.keyboard.press('Control+.');
    try {
      await fix.waitFor({ timeout: 8_000 });
      return;
    } catch (error) {
      if (attempt === 5) throw error;
      await editor.page.keyboard.press('Escape');
    }
  }
}

/** Finds a text in the active editor and types another over it. */
async function replace(editor: Editor, from: string, to: string): Promise<void> {
  await editor.page.keyboard.press('Control+Home');
  await editor.page.keyboard.press('Control+f');
  const find = editor.page.locator('.find-widget.visible');
  await find.waitFor();
  await editor.page.keyboard.type(from);
  await editor.statusBar(`(${from.length} selected)`).waitFor();
  await editor.page.keyboard.press('Escape');
  await find.waitFor({ state: 'detached' });
  await editor.page.keyboard.type(to);
}

async function runFromLens(editor: Editor): Promise<void> {
  await editor.openFile('Makefile');
  // The first target stands below what a low window shows.
  await editor.page.keyboard.press('F1');
  await editor.typeInQuickInput(':24');
  const lens = editor.codeLens('Run').first();
  await lens.waitFor();
  await editor.screenshot('lens');
  await lens.click();
  await editor.waitUntil(() => editor.terminalText(), /Stop the containers; the data stays/u);
  await editor.screenshot('target-ran');
}

async function deploy(editor: Editor, { name, env, workspace }: Journey): Promise<string> {
  await editor.statusBar(`${name} → local`).click();
  await editor.statusBar(`${name}: `).waitFor();
  await editor.screenshot('deploying');
  await editor.notification('is live at').waitFor({ timeout: 5 * minute });
  await editor.statusBar(`${name} → local v1`).waitFor();
  await editor.screenshot('live');
  const ps = await cli(['ps', '--json'], { env, cwd: join(workspace, name) });
  const { url } = JSON.parse(ps.stdout) as { url: string };
  return url;
}
