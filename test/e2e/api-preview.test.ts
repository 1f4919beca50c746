import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { withEditor } from '../editor/driver';
import { makeRepository } from '../helpers/git-repository';

const service = `name: orders
owner: Shop team
spec: openapi.yaml
`;
const text = `openapi: 3.1.0
info:
  title: Orders
  version: 1.0.0
  description: Takes the orders of the shop, and tells what became of them.
  contact: { name: Shop team }
servers:
  - url: https://orders.example.com/v1
tags:
  - { name: Orders, description: What customers ordered. }
paths:
  /orders:
    get:
      tags: [Orders]
      operationId: listOrders
      summary: List the orders
      parameters:
        - { name: status, in: query, description: Only those in this state., schema: { type: string, enum: [open, paid] } }
        - { name: limit, in: query, schema: { type: integer, maximum: 100, default: 20 } }
      responses:
        '200':
          description: The orders, newest first
          content:
            application/json:
              schema:
                type: object
                properties:
                  items: { type: array, items: { $ref: '#/components/schemas/Order' } }
        default: { description: Failed }
  /orders/{orderId}:
    get:
      tags: [Orders]
      operationId: getOrder
      summary: Get one order
      parameters:
        - { name: orderId, in: path, required: true, schema: { type: string, format: uuid } }
      responses:
        '200':
          description: The order
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Order' }
        default: { description: Failed }
components:
  schemas:
    Order:
      type: object
      required: [id]
      properties:
        id: { type: string, format: uuid }
        status: { type: string, enum: [open, paid] }
        total: { type: number, minimum: 0 }
        replaces: { $ref: '#/components/schemas/Order' }
`;

test('an API is changed: what breaks callers is underlined with the old text, and the preview follows', async () => {
  const workspace = await mkdtemp(join(tmpdir(), 'orders-'));
  try {
    makeRepository(workspace).commit({ 'openapi.yaml': text, 'servicewright.yaml': service });
    await writeFile(
      join(workspace, 'openapi.yaml'),
      text
        .replace('maximum: 100', 'maximum: 50')
        .replace('        total: { type: number, minimum: 0 }\n', ''),
    );
    await withEditor({ workspace, journey: 'api-preview' }, async (editor) => {
      const { page } = editor;
      await page.getByRole('treeitem', { name: 'openapi.yaml' }).dblclick();
      await page.locator('.editor-instance .view-line').first().waitFor();
      const problems = await editor.problems();
      await problems
        .filter({ hasText: '`maximum` of `limit` was 100 and is 50' })
        .waitFor({ timeout: 60_000 });
      await problems.filter({ hasText: 'Responses no longer have `total`' }).waitFor();
      await problems.filter({ hasText: 'Responses no longer have `total`' }).dblclick();
      await editor.pointAt(page.locator('.editor-instance .squiggly-error').last());
      await page
        .locator('.monaco-hover')
        .getByText('total: { type: number, minimum: 0 }')
        .waitFor({ timeout: 60_000 });
      await editor.screenshot('breaking');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+j');

      await page.getByRole('button', { name: 'Open API Preview' }).click();
      const preview = editor.webview();
      await preview.getByRole('heading', { name: 'Orders 1.0.0' }).waitFor({ timeout: 60_000 });
      // The cursor stands in the schema; it goes to an operation, and the preview with it.
      await preview
        .locator('.operation')
        .filter({ hasText: '/orders/{orderId}' })
        .locator('summary')
        .first()
        .click();
      await preview.getByText('The order', { exact: true }).waitFor();
      await page.locator('.editor-instance .view-lines').getByText('getOrder').waitFor();
      const tree = preview.locator('.operation.current .response details.schema').first();
      await tree.locator('summary').first().click();
      await tree.locator('details.schema > summary').first().click();
      await preview
        .locator('.operation.current .tree .tree .tree')
        .getByRole('button', { name: 'replaces' })
        .first()
        .waitFor();
      await editor.screenshot('preview');

      await page.locator('.editor-instance .view-line').first().click();
      await page.keyboard.press('Control+g');
      await editor.typeInQuickInput(':16:16');
      await preview.locator('.operation.current').filter({ hasText: 'List the orders' }).waitFor();
      await page.keyboard.press('End');
      await page.keyboard.type(' of the shop');
      await preview.locator('.operation.current .summary').getByText('List the orders of the shop').waitFor();
      await editor.screenshot('live');
      assert.equal(await preview.locator('.operation').count(), 2);

      await page.getByRole('tab', { name: 'Servicewright' }).click();
      await editor.treeRow('orders').first().waitFor();
      await editor.treeRow(/openapi\.yaml.*API \d+ of 100/).waitFor();
      await editor.screenshot('score');
    });
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
});
