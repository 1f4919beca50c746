import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { withEditor } from '../editor/driver';

const head = `openapi: 3.1.0
info:
  title: Everything
  version: 1.0.0
  description: All that a large company has, in one description.
  contact: { name: Platform team }
tags:
  - { name: Things, description: What there is. }
paths:
`;
const pathLines = 13;
const path = (name: string): string => `  /things/${name}:
    get:
      operationId: get${name.replaceAll('-', '')}
      summary: Get the thing ${name} with all that belongs to it
      tags: [Things]
      responses:
        '200':
          description: The thing, as it is at this moment
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/T${name.replaceAll('-', '')}'
        default: { description: Something went wrong }
`;
const schemaLines = 10;
const schema = (name: string): string => `    T${name.replaceAll('-', '')}:
      type: object
      description: A thing of the kind ${name}, and what is known of it.
      required: [id]
      properties:
        id: { type: string, format: uuid, description: What it is called by machines. }
        name: { type: string, description: What it is called by people. }
        note:
          type: string
          description: Whatever anybody wrote about it.
`;

/** A description of 10 MB in which nothing is wrong, and the line of the first property `note` of a schema in its middle. */
function bigDescription(): { readonly text: string; readonly line: number } {
  const size = 10 * 1024 * 1024;
  const each = path('thing-10000').length + schema('thing-10000').length;
  const names = Array.from({ length: Math.ceil(size / each) }, (_, at) => `thing-${10_000 + at}`);
  const text = `${head}${names.map(path).join('')}components:\n  schemas:\n${names.map(schema).join('')}`;
  const middle = names.length >> 1;
  const before = head.split('\n').length - 1 + names.length * pathLines + 2 + middle * schemaLines;
  return { text, line: before + 9 };
}

test('somebody types in a description of 10 MB: the text is as typed, and findings come and go', async () => {
  const workspace = await mkdtemp(join(tmpdir(), 'big-'));
  try {
    const { text, line } = bigDescription();
    const lines = text.split('\n');
    assert.ok(text.length >= 10 * 1024 * 1024);
    assert.equal(lines[line - 1], '          type: string');
    const file = join(workspace, 'openapi.yaml');
    await writeFile(file, text);
    await withEditor({ workspace, journey: 'big-description' }, async (editor) => {
      const { page } = editor;
      await page.getByRole('treeitem', { name: 'openapi.yaml' }).dblclick();
      // The editor asks about files from 10 MB on when they come from another machine.
      await page.getByRole('button', { name: 'Open Anyway' }).click();
      await page.locator('.editor-instance .view-line').first().waitFor({ timeout: 60_000 });
      const problem = (await editor.problems()).filter({
        hasText: 'and not `stringng`. Did you mean `string`?',
      });
      await page.keyboard.press('Control+1');
      await page.keyboard.press('Control+g');
      await editor.typeInQuickInput(`:${line}:27`);
      await page.keyboard.type('ng');
      await problem.first().waitFor({ timeout: 60_000 });
      await editor.screenshot('finding');
      await page.keyboard.press('Backspace');
      await page.keyboard.press('Backspace');
      await problem.first().waitFor({ state: 'detached' });
      await editor.screenshot('mended');

      // Without a pause, as fast as keys can be pressed.
      const words =
        ' It is written by people, one word after the other, and nobody waits for anything while they do.';
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('End');
      await page.keyboard.type(words);
      await editor.waitUntil(() => editor.editorText(), /while they do\./u);
      await editor.screenshot('typed');
      // What was typed last is checked as what was typed first.
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('End');
      await page.keyboard.type('ng');
      await problem.first().waitFor({ timeout: 60_000 });
      await page.keyboard.press('Backspace');
      await page.keyboard.press('Backspace');
      await page.keyboard.press('Control+s');
      lines[line] = `${lines[line] ?? ''}${words}`;
      const wanted = lines.join('\n');
      const saved = async (): Promise<string> =>
        (await readFile(file, 'utf8')) === wanted ? 'as typed' : 'not yet';
      await editor.waitUntil(saved, /as typed/u, 60_000);
    });
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
});
