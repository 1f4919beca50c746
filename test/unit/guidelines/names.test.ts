import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Files } from '../../../src/base/ports';
import { globMatcher } from '../../../src/base/glob';
import { expandGlob, isGlob } from '../../../src/guidelines/glob';
import { formatPointer, parsePointer } from '../../../src/guidelines/pointer';
import { nearest } from '../../../src/base/text';
import { isIn, meantBy, toCasing, usualCasing, wordsOf } from '../../../src/guidelines/words';
import { createRandom } from '../../helpers/random';
import { proposeOperationId, proposeSummary } from '../../../src/guidelines/operation-names';
import { kebabSegment } from '../../../src/guidelines/rules/path-kebab-case';
import { read, whole } from './helpers';

describe('words of names', () => {
  test('are found in every way of writing', () => {
    for (const name of [
      'orderItemId',
      'OrderItemId',
      'order_item_id',
      'order-item-id',
      'order item id',
      'ORDER_ITEM_ID',
    ])
      assert.deepEqual(wordsOf(name), ['order', 'item', 'id'], name);
    assert.deepEqual(wordsOf('HTTPServerURL'), ['http', 'server', 'url']);
    assert.deepEqual(wordsOf('größeÄndern'), ['größe', 'ändern']);
    assert.deepEqual(wordsOf('__'), []);
  });

  test('are written in every way', () => {
    assert.equal(toCasing('snake_case', 'orderItemID'), 'order_item_id');
    assert.equal(toCasing('camelCase', 'order-item_id'), 'orderItemId');
    assert.equal(toCasing('PascalCase', 'order item'), 'OrderItem');
    assert.equal(toCasing('kebab-case', 'OrderItem'), 'order-item');
    assert.ok(isIn('snake_case', 'a1_b2'));
    assert.ok(!isIn('snake_case', 'a__b'));
    assert.ok(!isIn('camelCase', 'a_b'));
  });

  test('the usual casing is that of more than half, one word alone says nothing', () => {
    const among = ['camelCase', 'snake_case'] as const;
    assert.equal(usualCasing(['id', 'name', 'a_b', 'c_d', 'eF'], among), 'snake_case');
    assert.equal(usualCasing(['a_b', 'cD'], among), undefined);
    assert.equal(usualCasing(['id', 'name'], among), undefined);
  });

  test('a slip is found, another word is not', () => {
    const known = ['summary', 'description', 'operationId', 'get'];
    assert.equal(meantBy('sumary', known), 'summary');
    assert.equal(meantBy('descritpion', known), 'description');
    assert.equal(meantBy('operationID', known), 'operationId');
    assert.equal(meantBy('GET', known), 'get');
    assert.equal(meantBy('tags', known), undefined);
  });
});

describe('a segment in kebab-case', () => {
  for (const [segment, kebab] of [
    ['orderItems', 'order-items'],
    ['order_items', 'order-items'],
    ['OrderItems.json', 'order-items.json'],
    ['orders:cancelAll', 'orders:cancel-all'],
    ['{orderId}', '{orderId}'],
    ['item_{itemId}.PDF', 'item-{itemId}.pdf'],
    ['v2', 'v2'],
    ['2010-04-01', '2010-04-01'],
    ['~me', '~me'],
    ['%20x', '%20x'],
    ['_', '_'],
    ['_search', '_search'],
    ['_bulkGet', '_bulk-get'],
  ] as const)
    test(segment, () => {
      assert.equal(kebabSegment(segment), kebab);
      assert.equal(kebabSegment(kebab), kebab);
    });
});

describe('a name for an operation', () => {
  const propose = (path: string, method: string): string | undefined => {
    const spec = read(whole(`paths:\n  ${JSON.stringify(path)}:\n    ${method}: { description: x }\n`));
    const [operation] = spec.views.flatMap((view) => view.nodes('operation'));
    return operation && proposeOperationId(operation, spec);
  };
  for (const [method, path, id] of [
    ['get', '/orders', 'listOrders'],
    ['post', '/orders', 'createOrder'],
    ['get', '/orders/{order_id}', 'getOrder'],
    ['put', '/orders/{order_id}', 'replaceOrder'],
    ['patch', '/categories/{id}', 'updateCategory'],
    ['delete', '/boxes/{id}', 'deleteBox'],
    ['get', '/orders/{id}/order-lines', 'listOrderOrderLines'],
    ['get', '/v1/status', 'getStatus'],
    ['get', '/api/v2/addresses/{id}', 'getAddress'],
    ['get', '/health', 'getHealth'],
    ['get', '/', undefined],
    ['get', '/{id}', undefined],
  ] as const)
    test(`${method} ${path}`, () => assert.equal(propose(path, method), id));

  test('is written as the others are, and is no other’s', () => {
    const spec = read(
      whole(
        'paths:\n  /orders:\n    get: { operationId: list_orders }\n    post: { description: x }\n  /baskets/{id}:\n    get: { operationId: create_order }\n',
      ),
    );
    const post = spec.resolve('#/paths/~1orders/post');
    assert.ok(post);
    assert.equal(proposeOperationId(post, spec), 'create_order_2');
  });

  test('of a webhook comes from what happened, and a summary from the name', () => {
    const spec = read(whole('webhooks:\n  order_shipped:\n    post: { description: x }\n'));
    const [operation] = spec.views.flatMap((view) => view.nodes('operation'));
    assert.ok(operation);
    assert.equal(proposeOperationId(operation, spec), 'onOrderShipped');
    assert.equal(proposeSummary(operation), 'On order shipped');
  });
});

describe('JSON pointers', () => {
  test('are read and written with their escapes', () => {
    const segments = ['paths', '/orders/{id}', 'a~b', 'ü 1'];
    assert.equal(formatPointer(segments), '/paths/~1orders~1{id}/a~0b/ü 1');
    assert.deepEqual(parsePointer(formatPointer(segments)), segments);
    assert.deepEqual(parsePointer('/a%20b/%7Bid%7D/%zz'), ['a b', '{id}', '%zz']);
    assert.deepEqual(parsePointer(''), []);
    assert.deepEqual(parsePointer('/~01'), ['~1']);
  });

  test('lead to keys, items and nowhere', () => {
    const spec = read(whole('tags:\n  - name: a\n    description: b\n'));
    assert.equal(spec.resolve('#/tags/0/name')?.value, 'a');
    assert.equal(spec.resolve('#'), spec.root);
    for (const ref of [
      '#/tags/1',
      '#/tags/-1',
      '#/tags/x',
      '#/nowhere',
      '#tags',
      'other.yaml#/tags',
      '#/__proto__',
    ])
      assert.equal(spec.resolve(ref), undefined, ref);
  });
});

describe('globs', () => {
  const matches = (pattern: string, path: string): boolean => globMatcher(pattern)(path);

  test('match names, folders and alternatives', () => {
    assert.ok(matches('*.yaml', 'a.yaml'));
    assert.ok(!matches('*.yaml', 'b/a.yaml'));
    assert.ok(matches('**/*.yaml', 'a.yaml'));
    assert.ok(matches('**/*.yaml', 'b/c/a.yaml'));
    assert.ok(matches('specs/**', 'specs/a/b.json'));
    assert.ok(matches('a?.{yaml,y{,x}ml}', 'ab.yxml'));
    assert.ok(!matches('a?.yaml', 'a/.yaml'));
    assert.ok(matches('a.b(c)[d]+', 'a.b(c)[d]+'));
    assert.ok(!matches('a.b', 'axb'));
    assert.ok(matches('{a', '{a'));
    assert.ok(isGlob('a*') && isGlob('{a,b}') && !isGlob('a/b.yaml'));
  });

  test('find files, and enter neither node_modules nor .git', async () => {
    const tree: Readonly<Record<string, readonly string[]>> = {
      '/w': ['a.yaml', 'b.json', 'sub/', 'node_modules/', '.git/'],
      '/w/sub': ['c.yaml', 'deep/'],
      '/w/sub/deep': ['d.yaml'],
      '/w/node_modules': ['e.yaml'],
      '/w/.git': ['f.yaml'],
    };
    const files: Files = {
      readText: () => Promise.resolve(undefined),
      readBytes: () => Promise.resolve(undefined),
      kind: () => Promise.resolve(undefined),
      isExecutable: () => Promise.resolve(false),
      list: (dir) =>
        Promise.resolve(
          (tree[dir] ?? []).map((name) =>
            name.endsWith('/') ? { name: name.slice(0, -1), kind: 'directory' } : { name, kind: 'file' },
          ),
        ),
    };
    const found = (pattern: string): Promise<readonly string[]> => expandGlob(pattern, '/w', files);
    assert.deepEqual(await found('**/*.yaml'), ['a.yaml', 'sub/c.yaml', 'sub/deep/d.yaml']);
    assert.deepEqual(await found('sub/*.yaml'), ['sub/c.yaml']);
    assert.deepEqual(await found('./sub/**/*.yaml'), ['./sub/c.yaml', './sub/deep/d.yaml']);
    assert.deepEqual(await found('/w/sub/*/d.yaml'), ['/w/sub/deep/d.yaml']);
    assert.deepEqual(await found('nowhere/*.yaml'), []);
  });
});

test('what is passed over without a closer look is none that may be meant', () => {
  const { int } = createRandom(11);
  const word = (): string => Array.from({ length: 3 + int(5) }, () => 'abCDéß-9'[int(8)] ?? '').join('');
  for (let round = 0; round < 300; round += 1) {
    const known = Array.from({ length: 20 }, word);
    const name = word();
    assert.equal(meantBy(name, known), nearest(name, known, 2), `${name} among ${known.join()}`);
  }
});
