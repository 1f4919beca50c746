import assert from 'node:assert/strict';
import { after, afterEach, describe, test } from 'node:test';
import type { CodeAction, Diagnostic } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { isObject } from '../../src/base/json';
import { cli } from '../helpers/cli';
import { Server, pulling, pushed } from './lsp-client';

const uri = 'file:///w/openapi.yaml';

const orders = `openapi: 3.1.0
info:
  title: Orders 😀
  version: 1.0.0
  description: Takes orders.
  contact: { name: Shop team }
paths:
  /orderItems:
    get:
      summary: List them
      responses:
        '200': { description: The items }
`;

const running = new Set<Server>();

function start(): Server {
  const server = new Server();
  running.add(server);
  return server;
}

/** A server of the test alone, past its greeting. */
async function started(capabilities = pulling, options?: unknown): Promise<Server> {
  const server = start();
  await server.initialize(capabilities, options);
  return server;
}

afterEach(async () => {
  for (const server of running) if (server.process.exitCode === null) await server.stop();
  running.clear();
});

const brief = (diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics.map((one) => `${one.range.start.line}:${one.range.start.character} ${String(one.code)}`);

function apply(text: string, action: CodeAction | undefined): string {
  const edits = action?.edit?.changes?.[uri];
  assert.ok(edits, 'the action changes the document');
  return TextDocument.applyEdits(TextDocument.create(uri, 'yaml', 1, text), edits);
}

describe('the language server', () => {
  test('says what it can, asks for its settings, and goes when told', async () => {
    const server = start();
    const capabilities = await server.initialize(pulling);
    assert.deepEqual(Object.keys(capabilities).toSorted(), [
      'codeActionProvider',
      'codeLensProvider',
      'completionProvider',
      'definitionProvider',
      'diagnosticProvider',
      'documentLinkProvider',
      'documentSymbolProvider',
      'foldingRangeProvider',
      'hoverProvider',
      'referencesProvider',
      'renameProvider',
      'textDocumentSync',
      'workspace',
    ]);
    await server.until(() => (server.registered.length > 0 ? true : undefined));
    assert.deepEqual(server.registered, ['workspace/didChangeConfiguration']);
    assert.equal(await server.stop(), 0);
  });

  test('answers a pull with findings that name, explain and place themselves', async () => {
    const server = await started();
    await server.open(uri, orders);
    const found = await server.diagnostics(uri);
    assert.deepEqual(brief(found), ['7:3 path-kebab-case', '8:4 operation-id']);
    const [first] = found;
    assert.deepEqual(first?.range, { start: { line: 7, character: 3 }, end: { line: 7, character: 13 } });
    assert.equal(first?.severity, 2);
    assert.equal(first?.source, 'servicewright');
    assert.match(first?.codeDescription?.href ?? '', /^https:\/\/opensource\.zalando\.com/);
  });

  test('says unchanged when nothing changed in what was found', async () => {
    const server = await started();
    await server.open(uri, orders);
    const { resultId } = await server.pull(uri);
    assert.equal((await server.pull(uri, resultId)).kind, 'unchanged');
    await server.edit(uri, 'Takes orders', 'Takes all orders');
    assert.equal((await server.pull(uri, resultId)).kind, 'unchanged');
    await server.edit(uri, '/orderItems', '/order-items');
    const report = await server.pull(uri, resultId);
    assert.equal(report.kind, 'full');
    assert.ok(report.kind === 'full');
    assert.deepEqual(brief(report.items), ['8:4 operation-id']);
  });

  test('tells everything of a document that was closed and opened again, or of another of its name', async () => {
    const server = await started();
    const untitled = 'untitled:Untitled-1';
    await server.open(untitled, orders);
    const { resultId } = await server.pull(untitled);
    await server.close(untitled);
    assert.deepEqual(await server.diagnostics(untitled), []);
    await server.open(untitled, orders);
    const again = await server.pull(untitled, resultId);
    assert.ok(again.kind === 'full');
    assert.equal(again.items.length, 2);
    const late = server.pull(untitled);
    await server.close(untitled);
    await server.open(untitled, orders.replace('/orderItems', '/order-items'));
    await late;
    const report = await server.pull(untitled, again.resultId);
    assert.ok(report.kind === 'full');
    assert.deepEqual(brief(report.items), ['8:4 operation-id']);
  });

  test('follows edits, through a broken text and back', async () => {
    const server = await started();
    await server.open(uri, orders);
    const sound = brief(await server.diagnostics(uri));
    await server.edit(uri, '  version: 1.0.0\n', '  version\n');
    const broken = await server.diagnostics(uri);
    assert.deepEqual(brief(broken), ['3:2 syntax', '7:3 path-kebab-case', '8:4 operation-id']);
    assert.equal(broken[0]?.severity, 1);
    await server.edit(uri, '  version\n', '  version: 1.0.0\n');
    assert.deepEqual(brief(await server.diagnostics(uri)), sound);
    await server.edit(uri, orders, '');
    assert.deepEqual(await server.diagnostics(uri), []);
    await server.edit(uri, '', orders);
    assert.deepEqual(brief(await server.diagnostics(uri)), sound);
  });

  test('leaves other YAML and JSON alone, and older versions of files', async () => {
    const server = await started();
    const others: Readonly<Record<string, string>> = {
      'file:///w/compose.yaml': 'services:\n  web: { image: x }\n\tbroken',
      'file:///w/empty.yaml': '',
      'file:///w/package.json': '{"name": "openapi", ',
      'git:/w/openapi.yaml?ref': orders,
    };
    for (const [other, text] of Object.entries(others)) {
      await server.open(other, text);
      assert.deepEqual(await server.diagnostics(other), [], other);
    }
    assert.deepEqual(await server.diagnostics('file:///w/never-opened.yaml'), []);
  });

  test('hovers teach: why, bad, good, source; and only on findings', async () => {
    const server = await started();
    await server.open(uri, orders);
    const hover = await server.hover(uri, { line: 7, character: 6 });
    const text = JSON.stringify(hover?.contents);
    for (const part of ['kebab-case', '**Bad**', '**Good**', '```yaml', 'https://opensource.zalando.com'])
      assert.ok(text.includes(part), part);
    assert.deepEqual(hover?.range, { start: { line: 7, character: 3 }, end: { line: 7, character: 13 } });
    assert.equal(await server.hover(uri, { line: 1, character: 1 }), null);
  });

  test('fixes one finding, or all that are safe', async () => {
    const server = await started(pulling, { explainCommand: 'explain.it' });
    await server.open(uri, orders);
    const at = { start: { line: 7, character: 5 }, end: { line: 7, character: 5 } };
    const [rename, explain, disable, ...rest] = await server.actions(uri, at, ['quickfix']);
    assert.deepEqual(rest, []);
    assert.equal(disable?.title, 'Disable path-kebab-case here, with a reason');
    assert.match(apply(orders, disable), /# servicewright-disable-next-line path-kebab-case -- /);
    assert.equal(rename?.title, 'Rename the path to /order-items');
    assert.equal(rename?.isPreferred, false);
    assert.equal(rename?.diagnostics?.[0]?.code, 'path-kebab-case');
    assert.equal(apply(orders, rename), orders.replace('/orderItems', '/order-items'));
    assert.deepEqual(explain?.command, {
      title: 'Explain path-kebab-case',
      command: 'explain.it',
      arguments: ['path-kebab-case'],
    });
    const [all] = await server.actions(uri, at, ['source.fixAll']);
    assert.equal(
      apply(orders, all),
      orders.replace('summary: List them\n', 'summary: List them\n      operationId: listOrderItems\n'),
    );
    assert.deepEqual(await server.actions(uri, at, ['refactor']), []);
  });

  test('takes settings as they are and as they become', async () => {
    const server = start();
    server.settings = {
      rules: { 'operation-id': 'off', 'path-kebab-case': 'error', 'info-contact': 'nonsense' },
    };
    await server.initialize(pulling);
    await server.open(uri, orders);
    const [one, ...rest] = await server.diagnostics(uri);
    assert.deepEqual([one?.code, one?.severity, rest.length], ['path-kebab-case', 1, 0]);
    await server.configure({ enable: false });
    await server.until(() => (server.refreshes > 0 ? true : undefined));
    assert.deepEqual(await server.diagnostics(uri), []);
    await server.configure({});
    await server.until(() => (server.refreshes > 1 ? true : undefined));
    assert.equal((await server.diagnostics(uri)).length, 2);
  });

  test('pushes to a client that does not pull, and takes its word for settings', async () => {
    const server = await started(pushed);
    await server.open(uri, orders);
    assert.deepEqual(brief((await server.published(uri, 1)).diagnostics), [
      '7:3 path-kebab-case',
      '8:4 operation-id',
    ]);
    await server.edit(uri, '/orderItems', '/order-items');
    assert.deepEqual(brief((await server.published(uri, 2)).diagnostics), ['8:4 operation-id']);
    await server.configure({ rules: { 'operation-id': 'off' } });
    await server.edit(uri, 'Takes', 'Holds');
    assert.deepEqual((await server.published(uri, 3)).diagnostics, []);
    await server.close(uri);
  });

  test('JSON and CRLF have the same findings at their own places', async () => {
    const server = await started();
    const json = 'file:///w/openapi.json';
    await server.open(
      json,
      '{\r\n  "openapi": "3.1.0",\r\n  "info": {},\r\n  "paths": {"/😀/aB": {}}\r\n}\r\n',
      'json',
    );
    assert.deepEqual(brief(await server.diagnostics(json)), [
      '2:2 info-contact',
      '2:2 info-description',
      '2:2 required-field',
      '2:2 required-field',
      '3:17 path-kebab-case',
    ]);
  });

  test('many edits at once end with the findings of the last', async () => {
    const server = await started();
    await server.open(uri, orders);
    const pulls: Promise<unknown>[] = [];
    for (let round = 0; round < 50; round += 1) {
      await server.edit(
        uri,
        round % 2 === 0 ? 'orderItems' : 'orderThings',
        round % 2 === 0 ? 'orderThings' : 'orderItems',
      );
      pulls.push(server.pull(uri));
    }
    await Promise.all(pulls);
    assert.deepEqual(brief(await server.diagnostics(uri)), ['7:3 path-kebab-case', '8:4 operation-id']);
    assert.deepEqual(server.logged, []);
  });

  test('reads five megabytes, and answers others meanwhile', async () => {
    const server = await started();
    const big = 'file:///w/big.yaml';
    const path = (n: number): string =>
      `  /things-${n}:\n    get:\n      operationId: getThing${n}\n      summary: Get a thing\n      description: ${'Long words about it. '.repeat(14)}\n      responses:\n        '200': { description: The thing }\n`;
    const paths = Array.from({ length: 15_000 }, (_, n) => path(n)).join('');
    const text = `${orders.slice(0, orders.indexOf('  /orderItems'))}${paths}  /lastOne: {}\n`;
    assert.ok(text.length > 5_000_000);
    await server.open(big, text);
    const found = server.diagnostics(big);
    await server.open(uri, orders);
    assert.equal((await server.diagnostics(uri)).length, 2);
    assert.deepEqual(
      (await found).map((one) => one.code),
      ['path-kebab-case'],
    );
    await server.edit(big, '/lastOne', '/last-one');
    assert.deepEqual(await server.diagnostics(big), []);
  });

  test('bounds what it sends, and says so', async () => {
    const server = await started();
    const paths = Array.from({ length: 700 }, (_, n) => `  /a${n}/: {}\n`).join('');
    await server.open(uri, `${orders.slice(0, orders.indexOf('  /orderItems'))}${paths}`);
    const found = await server.diagnostics(uri);
    assert.equal(found.length, 501);
    assert.match(JSON.stringify(found.at(-1)?.message), /200 more findings/);
  });

  test('survives any text', async () => {
    const server = await started();
    const texts = [
      '\u0000\uD800openapi: 3.1.0',
      'openapi: 3.1.0\n&a [*a',
      `openapi: 3.1.0\nx: ${'['.repeat(20_000)}`,
      'openapi: 3.1.0\n__proto__: {}\npaths: []\ninfo: []\ntags: 1\n',
    ];
    for (const [at, text] of texts.entries()) {
      await server.open(`file:///w/${at}.yaml`, text);
      assert.ok(Array.isArray(await server.diagnostics(`file:///w/${at}.yaml`)));
    }
    assert.deepEqual(server.logged, []);
  });

  test('does not outlive its editor', async () => {
    const server = await started();
    server.process.stdin?.destroy();
    assert.equal(await server.exited(), 1);
  });
});

describe('the editor and the command line', () => {
  const servers: Server[] = [];
  after(async () => {
    for (const server of servers) await server.stop();
  });

  test('have the same findings, byte for byte', async () => {
    const server = new Server();
    servers.push(server);
    await server.initialize(pulling);
    const strange = ["openapi: '3'", 'openapi: 4.0.0', 'swagger: 2'].map((version) =>
      orders.replace('openapi: 3.1.0', version),
    );
    const texts = [
      orders,
      orders.replaceAll('\n', '\r\n'),
      orders.replace('  version', '   version'),
      ...strange,
    ];
    for (const [at, text] of texts.entries()) {
      const { stdout } = await cli(['lint', '-', '--format', 'json'], { stdin: text });
      const report: unknown = JSON.parse(stdout);
      assert.ok(isObject(report) && Array.isArray(report['files']) && isObject(report['files'][0]));
      const findings = report['files'][0]['findings'];
      assert.ok(Array.isArray(findings) && findings.length > 0);
      const name = `file:///w/${servers.length}-${at}.yaml`;
      await server.open(name, text);
      const severities = ['', 'error', 'warning', 'info', 'hint'];
      const told = (await server.diagnostics(name)).map(({ code, severity, message, range }) => ({
        rule: code,
        severity: severities[severity ?? 0],
        message,
        range,
      }));
      const said = findings.map((one: unknown) => {
        assert.ok(isObject(one));
        return { rule: one['rule'], severity: one['severity'], message: one['message'], range: one['range'] };
      });
      assert.equal(JSON.stringify(told), JSON.stringify(said));
    }
  });
});
