import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { withEditor } from '../editor/driver';

const main = `openapi: 3.1.0
info:
  title: Orders
  version: 1.0.0
  description: Takes the orders of the shop, and tells what became of them.
  contact: { name: Shop team }
tags:
  - { name: Orders, description: What customers ordered. }
paths:
  /orders:
    $ref: paths/orders.yaml
components:
  schemas:
    Order:
      type: object
      required: [id]
      properties:
        id: { type: string, format: uuid }
        replaces: { $ref: '#/components/schemas/Order' }
`;
const orders = `get:
  operationId: listOrders
  summary: List the orders
  tags: [Orders]
  responses:
    '200':
      description: The orders, newest first
      content:
        application/json:
          schema:
            type: object
            properties:
              items: { type: array, items: { $ref: '../openapi.yaml#/components/schemas/Order' } }
    default: { description: Failed }
`;

test('a schema of a description in two files is looked up from one, and renamed in both', async () => {
  const workspace = await mkdtemp(join(tmpdir(), 'orders-'));
  try {
    await mkdir(join(workspace, 'paths'));
    await writeFile(join(workspace, 'openapi.yaml'), main);
    await writeFile(join(workspace, 'paths', 'orders.yaml'), orders);
    await withEditor({ workspace, journey: 'api-files' }, async (editor) => {
      const { page } = editor;
      await page.getByRole('treeitem', { name: 'openapi.yaml' }).dblclick();
      // The count above the schema holds the use in the other file, which nobody opened.
      await page.getByRole('button', { name: '2 references' }).waitFor({ timeout: 60_000 });
      await editor.screenshot('counts');
      await page.getByRole('button', { name: '2 references' }).click();
      await page.locator('.zone-widget').getByText('orders.yaml').first().waitFor();
      await editor.screenshot('references');
      await page.keyboard.press('Escape');

      // From the reference to the other file, and back to the definition.
      await page.keyboard.press('Control+g');
      await editor.typeInQuickInput(':11:20');
      await page.keyboard.press('F12');
      await page.getByRole('tab', { name: 'orders.yaml' }).waitFor();
      await page.locator('.editor-instance .view-lines').getByText('listOrders').waitFor();
      await page.keyboard.press('Control+g');
      await editor.typeInQuickInput(':13:60');
      await editor.screenshot('definition');

      await page.keyboard.press('F2');
      const box = page.locator('.rename-box input');
      await box.waitFor();
      assert.equal(await box.inputValue(), 'Order');
      await box.fill('Purchase');
      await editor.screenshot('rename');
      await page.keyboard.press('Enter');
      await page.locator('.editor-instance .view-lines').getByText('Purchase').waitFor();
      await editor.screenshot('renamed');
      await page.keyboard.press('F12');
      await page.locator('.editor-instance .view-lines').getByText('Purchase:').first().waitFor();
      await editor.screenshot('renamed-definition');
      await page.keyboard.press('Control+k');
      await page.keyboard.press('s');
      await assertSaved(workspace);
    });
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
});

async function assertSaved(workspace: string): Promise<void> {
  const signal = AbortSignal.timeout(20_000);
  for (;;) {
    const [description, part] = await Promise.all(
      ['openapi.yaml', 'paths/orders.yaml'].map((path) => readFile(join(workspace, path), 'utf8')),
    );
    if (
      description ===
        main.replace('    Order:', '    Purchase:').replace('schemas/Order', 'schemas/Purchase') &&
      part === orders.replace('schemas/Order', 'schemas/Purchase')
    )
      return;
    signal.throwIfAborted();
    await new Promise((done) => setImmediate(done));
  }
}
