import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allRules, checkSpec } from '../../../../src/guidelines';
import { presetLayer } from '../../../../src/guidelines/config/preset-layer';
import { read, ruleOf, textAt, whole } from '../helpers';

const paths = (all: readonly string[]): string =>
  whole(`paths:\n${all.map((one) => `  ${one}: { get: { summary: x } }\n`).join('')}`);

function usual(id: string, text: string): readonly string[] {
  return checkSpec(read(text), {})
    .filter(({ rule }) => rule === id)
    .map(({ range }) => textAt(text, range));
}

function always(id: string, text: string): readonly string[] {
  return checkSpec(read(text), { rules: [ruleOf(id)] }).map(({ range }) => textAt(text, range));
}

describe('recommended rules follow the style that an API has long spoken', () => {
  test('segments of a path in snake_case are told where most are in another', () => {
    const snake = ['/order_items', '/price_lists', '/line_items', '/tax_rates', '/gift_cards', '/storeHours'];
    assert.deepEqual(usual('path-kebab-case', paths(snake)), ['storeHours']);
    assert.equal(always('path-kebab-case', paths(snake)).length, 6);
    assert.deepEqual(usual('path-kebab-case', paths(['/order_items', '/price-lists'])), ['order_items']);
  });

  test('an API of calls is told so once', () => {
    const calls = Array.from({ length: 30 }, (_, at) => `/things${at}/get`);
    const text = paths([...calls, '/things']);
    assert.deepEqual(usual('path-no-verbs', text), ['get']);
    const [finding] = checkSpec(read(text), {}).filter(({ rule }) => rule === 'path-no-verbs');
    assert.match(finding?.message ?? '', /So do 29 other paths of this API\.$/);
    assert.equal(always('path-no-verbs', text).length, 30);
    assert.equal(usual('path-no-verbs', paths(['/things/get', '/things/create', '/x'])).length, 2);
  });

  test('properties in PascalCase are told where they are not', () => {
    const names = ['OrderId', 'LineItems', 'TaxRate', 'GiftCard', 'StoreHours', 'unit_price'];
    const text = whole(
      `components:\n  schemas:\n    A:\n      type: object\n      properties:\n${names.map((one) => `        ${one}: {}\n`).join('')}`,
    );
    assert.deepEqual(usual('property-casing', text), ['unit_price']);
  });

  test('very many operation ids, of which more than one in four differs, have no usual casing', () => {
    const ids = (all: readonly string[]): string =>
      whole(`paths:\n${all.map((id, at) => `  /${at}: { get: { operationId: ${id} } }\n`).join('')}`);
    const most = ['listOrders', 'getOrder', 'listItems', 'getItem'];
    assert.deepEqual(usual('operation-id-casing', ids([...most, 'delete_order'])), ['delete_order']);
    const more = Array.from({ length: 60 }, (_, at) => `getOrder${at}`);
    const odd = (count: number): readonly string[] =>
      Array.from({ length: count }, (_, at) => `get_item_${at}`);
    assert.equal(usual('operation-id-casing', ids([...more, ...odd(20)])).length, 20);
    assert.deepEqual(usual('operation-id-casing', ids([...more, ...odd(21)])), []);
  });
});

test('another preset asks again for what recommended leaves out', () => {
  const said = (preset: 'recommended' | 'zalando'): unknown =>
    presetLayer(preset).statements.find(({ rule }) => rule === 'path-kebab-case')?.options;
  assert.deepEqual(said('recommended'), { casing: 'usual' });
  assert.deepEqual(said('zalando'), { casing: 'kebab-case' });
});

test('what recommended sets is an option of the rule', () => {
  for (const { id, inRecommended = {}, options = [] } of allRules)
    for (const [name, value] of Object.entries(inRecommended))
      assert.equal(options.find((one) => one.name === name)?.read(value), value, id);
});
