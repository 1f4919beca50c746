import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { cli } from '../helpers/cli';
import type { Editor } from '../editor/driver';

/** Moments of the journey, in milliseconds since *New Microservice* was pressed. */
export interface Moments {
  /** The files are written and committed. */
  readonly created: number;
  /** The deploy button was pressed. */
  readonly deployPressed: number;
  /** The service's own endpoint, which reads its database, answered 200. */
  readonly answered: number;
}

const minutes = 60_000;

/**
 * From *New Microservice* to a 200 of the new service, as a person does it: palette, answers, files, findings, a target run from its
 * lens, the button. A picture at each step.
 */
export async function takeJourney(
  editor: Editor,
  service: { readonly name: string; readonly env: Readonly<Record<string, string>>; readonly workTargets: boolean },
): Promise<Moments> {
  const began = performance.now();
  const since = (): number => performance.now() - began;
  await answerQuestions(editor, service.name);
  const created = since();
  await openService(editor, service.name);
  await lookAtSpec(editor);
  if (service.workTargets) await runFromLens(editor);
  const deployPressed = since();
  const url = await deploy(editor, service.name, service.env);
  const answered = since();
  const items = await fetch(`${url}/api/v1/items`);
  assert.equal(items.status, 200);
  assert.deepEqual(Object.keys((await items.json()) as object).sort(), ['next', 'previous', 'results']);
  return { created, deployPressed, answered };
}

async function answerQuestions(editor: Editor, name: string): Promise<void> {
  await editor.runCommand('Servicewright: New Microservice');
  await editor.waitForText('Service name');
  await editor.screenshot('new-microservice');
  await editor.typeInQuickInput(name);
  await editor.waitForText('One line that says what the service is for');
  await editor.page.keyboard.press('Enter');
  await editor.waitForText('The team that answers for the service');
  await editor.typeInQuickInput('team-shop');
  await editor.waitForText(`/${name}`);
  await editor.screenshot('folder');
  await editor.page.keyboard.press('Enter');
  await editor.waitForText(/Create \d+ files/);
  await editor.screenshot('files-to-be-written');
  await editor.page.keyboard.press('Enter');
  await editor.notification(`${name} is ready`).waitFor();
  await editor.screenshot('created');
}

async function openService(editor: Editor, name: string): Promise<void> {
  await editor.notification(`${name} is ready`).getByRole('button', { name: 'Open README' }).click();
  await editor.statusBar(`${name} → local`).waitFor();
  await editor.screenshot('opened');
}

async function lookAtSpec(editor: Editor): Promise<void> {
  await editor.openFile('openapi.yaml');
  await editor.runCommand('Go to Line/Column...').catch(() => undefined);
  await editor.page.keyboard.press('Escape');
  // A path in camel case, at the end of the document where nothing else is disturbed.
  await editor.page.keyboard.press('Control+End');
  await editor.page.keyboard.type('# end', { delay: 0 });
  const problems = await editor.problems();
  await breakPath(editor);
  await problems.filter({ hasText: 'kebab' }).first().waitFor();
  await editor.screenshot('findings');
  await editor.runCommand('File: Revert File');
}

/** Renames a path through Find and Replace, as a person would with the keyboard. */
async function breakPath(editor: Editor): Promise<void> {
  await editor.openFile('openapi.yaml');
  await editor.page.keyboard.press('Control+Home');
  await editor.page.keyboard.press('Control+f');
  await editor.page.keyboard.type('/api/v1/items:');
  await editor.page.keyboard.press('Enter');
  await editor.page.keyboard.press('Escape');
  await editor.page.keyboard.type('/api/v1/orderItems:');
}

async function runFromLens(editor: Editor): Promise<void> {
  await editor.openFile('Makefile');
  await editor.codeLens('Run').first().waitFor();
  await editor.screenshot('lens');
  await editor.codeLens('Run').first().click();
  await editor.waitUntil(() => editor.terminalText(), /schema-check|setup/u);
  await editor.screenshot('target-ran');
}

async function deploy(editor: Editor, name: string, env: Readonly<Record<string, string>>): Promise<string> {
  await editor.statusBar(`${name} → local`).click();
  await editor.statusBar(`${name}: `).waitFor();
  await editor.screenshot('deploying');
  const message = editor.notification(/is live at/);
  await message.waitFor({ timeout: 5 * minutes });
  await editor.statusBar(`${name} → local v1`).waitFor();
  await editor.screenshot('live');
  const status = await cli(['ps', '--json'], { env, cwd: await folderOf(name, env) });
  const { url } = JSON.parse(status.stdout) as { url: string };
  const ready = await fetch(`${url}/readyz`);
  assert.equal(ready.status, 200);
  return url;
}

async function folderOf(name: string, env: Readonly<Record<string, string>>): Promise<string> {
  const workspace = env['JOURNEY_WORKSPACE'] ?? '';
  await readFile(`${workspace}/${name}/servicewright.yaml`, 'utf8');
  return `${workspace}/${name}`;
}
