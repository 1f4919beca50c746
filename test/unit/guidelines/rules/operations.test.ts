import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { check, fixed, underlined } from '../helpers';

const operation = (path: string, method: string, rest: string): string =>
  `paths:\n  ${path}:\n    ${method}:\n${rest.replaceAll(/^/gm, '      ')}\n`;

describe('operation-id', () => {
  const id = 'operation-id';

  test('the fix puts it behind summary and tags, in the style of the text', () => {
    assert.match(
      fixed(id, operation('/orders', 'get', 'tags: [a]\nsummary: x\nresponses: {}')),
      /summary: x\n {6}operationId: listOrders\n {6}responses/,
    );
    assert.match(
      fixed(id, 'paths: {\n  "/orders/{id}": {\n    "get": { "summary": "x" } } }\n'),
      /"get": \{ "summary": "x", "operationId": "getOrder" \}/,
    );
  });

  test('an empty one is told and not doubled', () => {
    const [finding] = check(id, operation('/orders', 'get', "operationId: ''"));
    assert.ok(finding);
    assert.equal(finding.fix, undefined);
  });

  test('webhooks need one, callbacks do not', () => {
    assert.deepEqual(underlined(id, 'webhooks:\n  shipped:\n    post: { summary: x }\n'), ['post']);
    const callback =
      "operationId: a\ncallbacks:\n  done:\n    '{$request.body#/url}':\n      post: { summary: x }";
    assert.deepEqual(underlined(id, operation('/a', 'post', callback)), []);
  });
});

describe('operation-id-unique', () => {
  test('the second one is underlined, and the place of the first named', () => {
    const text =
      'webhooks:\n  a:\n    post: { operationId: same }\npaths:\n  /a:\n    get: { operationId: same }\n';
    const found = check('operation-id-unique', text);
    assert.equal(found.length, 1);
    assert.match(found[0]?.message ?? '', /`POST a`/);
  });
});

describe('operation-id-casing', () => {
  test('says nothing where there is no usual way, or too few to tell', () => {
    const all = (...ids: readonly string[]): string =>
      `paths:\n${ids.map((id, at) => `  /p${at}:\n    get: { operationId: '${id}' }\n`).join('')}`;
    const id = 'operation-id-casing';
    assert.deepEqual(underlined(id, all('getA', 'get_b')), []);
    assert.deepEqual(underlined(id, all('repos/get-a', 'repos/get-b', 'repos/get-c', 'repos/get-d')), []);
    assert.deepEqual(underlined(id, all('getA', 'getB', 'getC', 'status', 'get_d', 'GetE')), [
      "'get_d'",
      "'GetE'",
    ]);
  });
});

describe('client-error-response', () => {
  const id = 'client-error-response';
  const ok = "responses:\n  '200': { description: x }";

  test('an operation that takes nothing can’t be called wrongly', () => {
    assert.deepEqual(underlined(id, operation('/health', 'get', ok)), []);
    assert.deepEqual(underlined(id, `security: [{ a: [] }]\n${operation('/health', 'get', ok)}`), [
      'responses',
    ]);
    assert.deepEqual(
      underlined(id, `security: [{ a: [] }]\n${operation('/health', 'get', `security: []\n${ok}`)}`),
      [],
    );
  });

  test('4xx, 4XX and default are answers', () => {
    for (const code of ['404', '4XX', 'default'])
      assert.deepEqual(
        underlined(id, operation('/a/{b}', 'get', `${ok}\n  '${code}': { description: x }`)),
        [],
      );
    assert.deepEqual(underlined(id, operation('/a/{b}', 'get', `${ok}\n  '500': { description: x }`)), [
      'responses',
    ]);
  });

  test('the fix stands between the good and the bad answers and uses the document’s own schema', () => {
    const text = `${operation('/a/{b}', 'get', `${ok}\n  '500': { description: y }`)}components:\n  schemas:\n    ApiProblem: { type: object }\n`;
    assert.match(
      fixed(id, text),
      /'200'.*\n {8}'404':\n {10}description: Not Found\n {10}content:\n {12}application\/problem\+json:\n {14}schema:\n {16}\$ref: '#\/components\/schemas\/ApiProblem'\n {8}'500'/,
    );
    const old = `swagger: '2.0'\n${operation('/a', 'post', `parameters: [{ name: a, in: query, type: string }]\n${ok}`)}`;
    assert.match(fixed(id, old), /'400':\n {10}description: Bad Request\n {10}schema:\n {12}type: object/);
  });
});

describe('problem-json', () => {
  const id = 'problem-json';
  const error = (code: string, type: string): string =>
    `'${code}': { description: x, content: { ${type}: { schema: {} } } }`;
  const all = (...responses: readonly string[]): string =>
    operation('/a', 'get', `responses:\n${responses.map((one) => `  ${one}`).join('\n')}`);

  test('only JSON errors are told', () => {
    assert.deepEqual(
      underlined(
        id,
        all(
          error('200', 'application/json'),
          error('400', 'application/json'),
          error('404', 'text/html'),
          error('409', 'application/problem+json'),
          error('5XX', 'application/vnd.error+json'),
          error('default', 'application/json; charset=utf-8'),
        ),
      ),
      ['application/json', 'application/vnd.error+json', 'application/json; charset=utf-8'],
    );
  });

  test('default is the good answer when there is no other', () => {
    assert.deepEqual(underlined(id, all(error('default', 'application/json'))), []);
  });

  test('a shared response is told once, where it is written', () => {
    const text = `${all("'400': { $ref: '#/components/responses/E' }", "'404': { $ref: '#/components/responses/E' }", "'200': { description: x }")}components:\n  responses:\n    E: { description: x, content: { application/json: { schema: {} } } }\n`;
    assert.equal(check(id, text).length, 1);
  });

  test('an API that knows no problems is told so once, with the number of its errors', () => {
    const codes = Array.from({ length: 30 }, (_, at) => error(String(400 + at), 'application/json'));
    const found = check(id, all("'200': { description: x }", ...codes));
    assert.equal(found.length, 1);
    assert.match(found[0]?.message ?? '', /29 other/);
  });
});

describe('pagination', () => {
  const id = 'pagination';
  const list =
    "responses:\n  '200':\n    description: x\n    content:\n      application/json:\n        schema: { type: array, items: { type: string } }";

  test('a parameter that chooses a part is enough, whatever it is called', () => {
    assert.deepEqual(underlined(id, operation('/a', 'get', list)), ['get']);
    for (const name of [
      'page',
      'page_size',
      'pageToken',
      'per_page',
      'limit',
      'startingAfter',
      '$top',
      'page[after]',
    ])
      assert.deepEqual(
        underlined(
          id,
          operation('/a', 'get', `parameters: [{ name: '${name}', in: query, schema: {} }]\n${list}`),
        ),
        [],
        name,
      );
    for (const name of ['homepage', 'unlimited', 'discount'])
      assert.deepEqual(
        underlined(
          id,
          operation('/a', 'get', `parameters: [{ name: '${name}', in: query, schema: {} }]\n${list}`),
        ),
        ['get'],
        name,
      );
  });

  test('a list with an end, with links, or behind another method needs no pages', () => {
    assert.deepEqual(
      underlined(id, operation('/a', 'get', list.replace('type: array', 'type: array, maxItems: 5'))),
      [],
    );
    assert.deepEqual(
      underlined(id, operation('/a', 'get', `${list}\n    headers: { Link: { schema: {} } }`)),
      [],
    );
    assert.deepEqual(underlined(id, operation('/a', 'post', list)), []);
  });
});

describe('get-no-body', () => {
  const id = 'get-no-body';
  const body = 'requestBody: { content: { application/json: { schema: { type: string } } } }';

  test('is for GET, HEAD and DELETE', () => {
    for (const method of ['get', 'head', 'delete'])
      assert.deepEqual(underlined(id, operation('/a', method, body)), ['requestBody']);
    for (const method of ['post', 'put', 'patch'])
      assert.deepEqual(underlined(id, operation('/a', method, body)), []);
  });

  test('a body that some generators write, empty and optional, is none', () => {
    const empty =
      'requestBody: { content: { application/x-www-form-urlencoded: { schema: { type: object, properties: {} } } } }';
    assert.deepEqual(underlined(id, operation('/a', 'get', empty)), []);
  });

  test('in Swagger 2.0 it is a parameter', () => {
    const text =
      "swagger: '2.0'\npaths:\n  /a:\n    get: { parameters: [{ name: b, in: body, schema: {} }] }\n";
    assert.deepEqual(underlined(id, text), ['b']);
  });
});

describe('success-response', () => {
  test('2xx, 3xx, 1xx and default count; no responses at all are told since 3.1', () => {
    const id = 'success-response';
    for (const code of ['200', '2XX', '302', '101', 'default'])
      assert.deepEqual(
        underlined(id, operation('/a', 'get', `responses: { '${code}': { description: x } }`)),
        [],
      );
    assert.deepEqual(underlined(id, operation('/a', 'get', 'summary: x')), ['get']);
    assert.deepEqual(underlined(id, `openapi: 3.0.3\n${operation('/a', 'get', 'summary: x')}`), []);
  });
});

describe('operation-params-unique', () => {
  test('names of headers are the same in capitals, others are not', () => {
    const id = 'operation-params-unique';
    const two = (place: string): string =>
      operation('/a', 'get', `parameters:\n  - { name: a-b, in: ${place} }\n  - { name: A-B, in: ${place} }`);
    assert.deepEqual(underlined(id, two('header')), ['A-B']);
    assert.deepEqual(underlined(id, two('query')), []);
  });
});
