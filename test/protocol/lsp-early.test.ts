import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import type {
  ClientCapabilities,
  Diagnostic,
  PublishDiagnosticsParams,
} from 'vscode-languageserver-protocol';
import { Server, pulling, pushed } from './lsp-client';

const uri = 'file:///w/openapi.yaml';

const path = (name: string): string => `  /${name}/{thing_id}:
    parameters:
      - { name: thing_id, in: path, required: true, schema: { type: string, format: uuid } }
    get:
      operationId: ${name}
      summary: Get a thing
      description: |
${'        What it is and where it came from, in many lines of words.\n'.repeat(8)}      responses:
        '200': { description: The thing }
        '404': { description: There is no such thing }
`;
const head = `openapi: 3.1.0
info:
  title: Many things
  version: 1.0.0
  description: Many things.
  contact: { name: Shop team }
`;
/** Longer than what is checked before somebody waits, with something to tell at its start, at its end and of what only the end says. */
const long = `${head}components:
  schemas:
    Used: { type: object, description: Used at the end. }
    Unused: { type: object, description: Used nowhere. }
paths:
  /nearBy:
    get:
      operationId: listNear
      summary: List what is near
      responses:
        '200': { description: What is near }
        '400': { description: There is nothing near }
${Array.from({ length: 900 }, (_, at) => path(`things-${at}`)).join('')}  /farAway:
    get:
      operationId: listFar
      summary: List what is far
      responses:
        '200':
          description: What is far
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Used' }
        '400': { description: There is nothing far }
`;

const running = new Set<Server>();

async function started(capabilities: ClientCapabilities): Promise<Server> {
  const server = new Server();
  running.add(server);
  await server.initialize(capabilities);
  return server;
}

afterEach(async () => {
  for (const server of running) if (server.process.exitCode === null) await server.stop();
  running.clear();
});

const brief = (diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics.map((one) => `${one.range.start.line}:${one.range.start.character} ${String(one.code)}`);

const count = (diagnostics: readonly Diagnostic[], rule: string): number =>
  diagnostics.filter(({ code }) => code === rule).length;

const tells = (diagnostics: readonly Diagnostic[], rule: string): boolean => count(diagnostics, rule) > 0;

function assertHolds(all: readonly Diagnostic[], early: readonly Diagnostic[]): void {
  const known = new Set(brief(all));
  for (const one of brief(early)) assert.ok(known.has(one), `${one} was told and taken back`);
  assert.ok(early.length > 0 && early.length < all.length);
}

describe('a long description that is opened', () => {
  test('is told of where the cursor is first, and of the rest when the client asks again', async () => {
    const server = await started(pulling);
    await server.open(uri, long);
    const first = await server.pull(uri);
    assert.ok(first.kind === 'full');
    assert.equal(count(first.items, 'path-kebab-case'), 1);
    await server.until(() => (server.refreshes > 0 ? true : undefined));
    const all = await server.pull(uri, first.resultId);
    assert.ok(all.kind === 'full');
    assertHolds(all.items, first.items);
    assert.equal(count(all.items, 'path-kebab-case'), 2);
    assert.ok(tells(all.items, 'unused-component'));
    assert.equal((await server.pull(uri, all.resultId)).kind, 'unchanged');
    assert.equal(server.refreshes, 1);
  });

  test('is told of at once after an edit, and nothing has to be asked twice', async () => {
    const server = await started(pulling);
    await server.open(uri, long);
    await server.pull(uri);
    await server.until(() => (server.refreshes > 0 ? true : undefined));
    await server.edit(uri, '/farAway', '/far-away');
    const all = await server.diagnostics(uri);
    assert.equal(count(all, 'path-kebab-case'), 1);
    assert.equal(server.refreshes, 1);
  });

  test('that is edited before the rest is known is told of as it is then', async () => {
    const server = await started(pulling);
    await server.open(uri, long);
    const early = server.pull(uri);
    await server.edit(uri, '/farAway', '/far-away');
    await early;
    let all = await server.diagnostics(uri);
    if (!tells(all, 'unused-component')) {
      await server.until(() => (server.refreshes > 0 ? true : undefined));
      all = await server.diagnostics(uri);
    }
    assert.equal(count(all, 'path-kebab-case'), 1);
  });

  test('is told of in whole to a client that can’t be made to ask again', async () => {
    const server = await started({ textDocument: { diagnostic: {} } });
    await server.open(uri, long);
    assert.ok(tells(await server.diagnostics(uri), 'unused-component'));
    assert.equal(server.refreshes, 0);
  });

  test('is pushed in two steps, of which the second holds the first', async () => {
    const server = await started(pushed);
    await server.open(uri, long);
    const first = await server.published(uri);
    const whole = (one: PublishDiagnosticsParams): boolean => tells(one.diagnostics, 'unused-component');
    const all = await server.until(() => server.latest(uri, whole));
    assertHolds(all.diagnostics, first.diagnostics);
    assert.deepEqual([first.version, all.version], [1, 1]);
  });

  test('is told of as a whole when something in it is broken', async () => {
    const server = await started(pulling);
    await server.open(uri, long.replace('  version: 1.0.0\n', '  version\n'));
    const all = await server.diagnostics(uri);
    assert.ok(tells(all, 'syntax') && tells(all, 'path-kebab-case'));
    assert.equal(server.refreshes, 0);
  });
});
