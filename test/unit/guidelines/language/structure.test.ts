import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { foldsIn } from '../../../../src/guidelines/language/folding';
import type { DocumentSymbol } from '../../../../src/guidelines/language/outline';
import { symbolsIn } from '../../../../src/guidelines/language/outline';
import { read } from '../helpers';

const lines = (symbols: readonly DocumentSymbol[], depth = 0): readonly string[] =>
  symbols.flatMap(({ name, detail, kind, children }) => [
    `${'  '.repeat(depth)}${kind} ${name}${detail === '' ? '' : ` (${detail})`}`,
    ...lines(children, depth + 1),
  ]);

const yaml = `openapi: 3.1.0
# A comment
# of two lines
info:
  title: Shop
tags:
  - name: orders
paths:
  /orders:
    get:
      operationId: listOrders
      parameters:
        - name: limit
          in: query
components:
  schemas:
    Order:
      type: object
      properties:
        id: { type: string }
        next: { $ref: '#/components/schemas/Order' }
`;

const json = `{
  "openapi": "3.1.0",
  "paths": {
    "/orders": {
      "get": { "operationId": "listOrders" }
    }
  }
}
`;

describe('document symbols', () => {
  test('name operations, parameters, components and properties', () => {
    assert.deepEqual(lines(symbolsIn(read(yaml))), [
      'section openapi (3.1.0)',
      'section info',
      'section tags',
      '  component orders',
      'section paths',
      '  path /orders',
      '    operation GET (listOrders)',
      '      entry parameters',
      '        parameter limit (query)',
      'section components',
      '  entry schemas',
      '    schema Order (object)',
      '      entry properties',
      '        property id (string)',
      '        property next (#/components/schemas/Order)',
    ]);
  });

  test('are the same in JSON', () => {
    assert.deepEqual(lines(symbolsIn(read(json))), [
      'section openapi ("3.1.0")',
      'section paths',
      '  path /orders',
      '    operation GET (listOrders)',
    ]);
  });

  test('hold their names', () => {
    const check = ({ span, nameSpan, children }: DocumentSymbol): void => {
      assert.ok(span.start <= nameSpan.start && nameSpan.end <= span.end);
      children.forEach(check);
    };
    for (const text of [yaml, json]) symbolsIn(read(text)).forEach(check);
  });
});

describe('folding', () => {
  const folds = (text: string): readonly string[] =>
    foldsIn(read(text)).map(({ start, end, isComment }) => `${start}-${end}${isComment ? ' comment' : ''}`);

  test('takes maps, lists and comments of several lines', () => {
    assert.deepEqual(
      folds(yaml).toSorted(),
      [
        '1-2 comment',
        '11-13',
        '14-20',
        '15-20',
        '16-20',
        '18-20',
        '3-4',
        '5-6',
        '7-13',
        '8-13',
        '9-13',
        '12-13',
      ].toSorted(),
    );
  });

  test('leaves the closing bracket in sight', () => {
    assert.deepEqual(folds(json), ['0-6', '2-5', '3-4']);
  });
});
