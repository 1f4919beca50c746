import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse, stringify } from 'yaml';
import { whole } from '../helpers';
import { breaks, broken } from './helpers';

const orders = `paths:
  /orders/{orderId}:
    parameters:
      - { name: orderId, in: path, required: true, schema: { type: string } }
    get:
      operationId: getOrder
      responses:
        '200':
          description: The order
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Order' }
    put:
      operationId: replaceOrder
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Order' }
      responses:
        '204': { description: Done }
components:
  schemas:
    Order:
      type: object
      required: [id, item]
      properties:
        id: { type: string, readOnly: true }
        item: { $ref: '#/components/schemas/Item' }
        parent: { $ref: '#/components/schemas/Order' }
        status: { type: string, enum: [open, paid] }
    Item:
      type: object
      properties:
        name: { type: string, maxLength: 50 }
`;

/** The description with one piece of its text in the place of another. */
function edited(from: string, to: string): string {
  assert.ok(orders.includes(from), from);
  return orders.replace(from, to);
}

const change = (from: string, to: string): readonly string[] => broken(orders, edited(from, to));

describe('no change is no finding', () => {
  const text = whole(orders);
  const same: Readonly<Record<string, string>> = {
    itself: text,
    'as JSON': JSON.stringify(parse(text), null, 2),
    'as JSON on one line': JSON.stringify(parse(text)),
    'in other words': text.replaceAll(/description: [^}\n]*/g, 'description: Something else entirely'),
    'with comments': text.replaceAll('\n', ' # so\n').replaceAll(/^(?= +\w)/gm, '# not this\n'),
    'with other quotes and indents': stringify(parse(text), { indent: 4, defaultStringType: 'QUOTE_DOUBLE' }),
    reordered: stringify(parse(text), { sortMapEntries: true }),
    'with windows line ends': text.replaceAll('\n', '\r\n'),
    'with flow collections': stringify(parse(text), { collectionStyle: 'flow' }),
  };
  for (const [name, after] of Object.entries(same))
    test(name, () => {
      assert.deepEqual(breaks(text, after), []);
      assert.deepEqual(breaks(after, text), []);
    });

  test('what is added beside the old breaks nobody', () => {
    assert.deepEqual(
      change('    get:', "    post: { responses: { '204': { description: Done } } }\n    get:"),
      [],
    );
    assert.deepEqual(
      change("        '204':", "        '409': { description: Conflict }\n        '204':"),
      [],
    );
    assert.deepEqual(change('        status:', '        color: { type: string }\n        status:'), []);
    assert.deepEqual(
      change(
        'components:\n',
        "  /carts:\n    get: { responses: { '204': { description: Nothing } } }\ncomponents:\n",
      ),
      [],
    );
  });

  test('another name of a parameter in the path, or of a component, is not seen from outside', () => {
    assert.deepEqual(broken(orders, orders.replaceAll('orderId', 'id')), []);
    assert.deepEqual(
      broken(orders, orders.replaceAll('schemas/Item', 'schemas/Thing').replace('    Item:', '    Thing:')),
      [],
    );
  });

  test('a schema that was written in place and is a component now, or cut into an allOf, says the same', () => {
    const cut = edited(
      'status: { type: string, enum: [open, paid] }',
      'status: { allOf: [{ type: string }, { $ref: "#/components/schemas/Status" }] }',
    );
    assert.deepEqual(broken(orders, `${cut}    Status: { enum: [paid, open] }\n`), []);
  });
});

describe('a schema that goes both ways', () => {
  test('is told of where it is written, for whom it breaks', () => {
    assert.deepEqual(change('        status: { type: string, enum: [open, paid] }\n', ''), [
      'request-property-removed: properties',
      'response-property-removed: properties',
    ]);
    assert.deepEqual(change('enum: [open, paid]', 'enum: [paid]'), ['request-enum: enum']);
    assert.deepEqual(change('enum: [open, paid]', 'enum: [open, lost, paid]'), ['response-enum: lost']);
    assert.deepEqual(change('maxLength: 50', 'maxLength: 20'), ['request-bounds: 20']);
    assert.deepEqual(change('maxLength: 50', 'maxLength: 80'), ['response-bounds: 80']);
    assert.deepEqual(change('name: { type: string', 'name: { type: integer'), ['type: integer']);
  });

  test('may require more of what is read and less of what is sent', () => {
    assert.deepEqual(change('required: [id, item]', 'required: [id, item, status]'), [
      'request-property-required: status',
    ]);
    assert.deepEqual(change('required: [id, item]', 'required: [id]'), ['response-property-optional: item']);
    // What only the service sets is no part of a request.
    assert.deepEqual(change('required: [id, item]', 'required: [item]'), ['response-property-optional: id']);
    assert.deepEqual(change('        id: { type: string, readOnly: true }\n', ''), [
      'response-property-removed: properties',
    ]);
  });

  test('null is a type: more for a request, fewer for a response', () => {
    const nullable = edited('name: { type: string,', 'name: { type: [string, "null"],');
    assert.deepEqual(broken(orders, nullable), ['type: [string, "null"]']);
    assert.deepEqual(broken(nullable, orders), ['type: string']);
    const [message] = breaks(whole(nullable), whole(orders)).map((one) => one.message);
    assert.equal(
      message,
      'The type of `name` was `string` or `null` and is `string`: what callers send is refused.',
    );
  });

  test('anyOf with null and a list of types are two ways to write one thing', () => {
    const other = edited('name: { type: string,', 'name: { anyOf: [{ type: string }, { type: "null" }],');
    assert.deepEqual(broken(edited('name: { type: string,', 'name: { type: [string, "null"],'), other), []);
  });
});

describe('what is gone', () => {
  test('is told at the nearest thing that is still there', () => {
    assert.deepEqual(broken(orders, orders.replace(/^ {2}\/orders[^]*?(?=components)/m, '  /a: {}\n')), [
      'path-removed: paths',
    ]);
    assert.deepEqual(broken(orders, orders.replace(/^ {4}put:[^]*?(?=components)/m, '')), [
      'operation-removed: /orders/{orderId}',
    ]);
    assert.deepEqual(change("'200':\n", "'201':\n"), ['response-removed: responses']);
    assert.deepEqual(
      change('application/json:\n              schema', 'application/xml:\n              schema'),
      ['media-type-removed: content'],
    );
  });

  test('is told with its old text, its line and the version', () => {
    const [found] = breaks(whole(orders), whole(edited("'200':\n", "'201':\n")));
    assert.equal(found?.before?.from, 'main at 1234567');
    assert.match(
      found?.before?.text ?? '',
      /^'200':\n {2}description: The order\n {2}content:\n {4}application\/json:/,
    );
    assert.equal(whole(orders).split('\n')[found?.before?.line ?? 0]?.trim(), "'200':");
  });
});

describe('alternatives', () => {
  const holder = (schema: string): string =>
    `paths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: It\n          content:\n            application/json:\n              schema: ${schema}\ncomponents:\n  schemas:\n    A: { type: object, properties: { a: { type: string } } }\n    B: { type: object, properties: { b: { type: string } } }\n`;
  const a = "{ $ref: '#/components/schemas/A' }";
  const b = "{ $ref: '#/components/schemas/B' }";

  test('one that became one of several, in any order', () => {
    assert.deepEqual(broken(holder(a), holder(`{ oneOf: [${b}, ${a}] }`)), ['response-variant: $ref']);
    assert.deepEqual(broken(holder(`{ oneOf: [${a}, ${b}] }`), holder(`{ anyOf: [${b}, ${a}] }`)), []);
    assert.deepEqual(broken(holder(`{ oneOf: [${a}, ${b}] }`), holder(a)), []);
  });

  test('what changes inside one is told inside it', () => {
    const before = holder(`{ oneOf: [${a}, ${b}] }`);
    assert.deepEqual(broken(before, before.replace('b: { type: string }', 'b: { type: integer }')), [
      'type: integer',
    ]);
  });
});

describe('webhooks and callbacks', () => {
  const hook = `webhooks:
  paid:
    post:
      requestBody:
        content:
          application/json:
            schema: { type: object, required: [id], properties: { id: { type: string }, note: { type: string } } }
      responses: { '204': { description: Taken } }
`;
  test('the service is the one who sends', () => {
    assert.deepEqual(broken(hook, hook.replace('[id]', '[id, note]')), []);
    assert.deepEqual(broken(hook, hook.replace(', note: { type: string }', '')), [
      'response-property-removed: properties',
    ]);
  });
});

describe('Swagger 2.0', () => {
  const old = `swagger: '2.0'
host: api.example.com
basePath: /v1
consumes: [application/json]
produces: [application/json, text/csv]
paths:
  /orders:
    post:
      parameters:
        - { name: limit, in: query, type: integer, maximum: 100 }
        - name: order
          in: body
          schema: { $ref: '#/definitions/Order' }
      responses:
        200: { description: Done, schema: { $ref: '#/definitions/Order' } }
definitions:
  Order:
    type: object
    properties: { id: { type: string }, note: { type: string, x-nullable: true } }
`;
  const told = (from: string, to: string): readonly string[] => {
    assert.ok(old.includes(from), from);
    return broken(old, old.replace(from, to));
  };
  test('its own ways to say things', () => {
    assert.deepEqual(broken(old, old), []);
    assert.deepEqual(told('/v1', '/v2'), ['server: host']);
    assert.deepEqual(told(', text/csv', ''), ['media-type-removed: produces']);
    assert.deepEqual(told('maximum: 100', 'maximum: 10'), ['request-bounds: 10']);
    assert.deepEqual(told('in: body\n', 'in: body\n          required: true\n'), [
      'request-body-required: required',
    ]);
    assert.deepEqual(told(', note: { type: string, x-nullable: true }', ''), [
      'request-property-removed: properties',
      'response-property-removed: properties',
    ]);
    assert.deepEqual(told(', x-nullable: true', ''), ['type: string']);
    assert.deepEqual(told('200: {', '201: {'), ['response-removed: responses']);
  });
});

describe('what goes round in circles, or is broken', () => {
  test('cycles of references and of allOf end', () => {
    const knot = `paths:
  /a:
    get:
      responses: { '200': { description: It, content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } } }
components:
  schemas:
    A: { allOf: [{ $ref: '#/components/schemas/B' }], properties: { x: { type: string } } }
    B: { allOf: [{ $ref: '#/components/schemas/A' }], oneOf: [{ $ref: '#/components/schemas/B' }] }
    C: { $ref: '#/components/schemas/C' }
`;
    assert.deepEqual(broken(knot, knot.replace('x: { type: string }', 'x: { type: integer }')), [
      'type: integer',
    ]);
  });

  test('what leads to another document, or nowhere, is not judged', () => {
    const other = edited("$ref: '#/components/schemas/Item'", "$ref: 'other.yaml#/Item'");
    assert.deepEqual(broken(orders, other), []);
    assert.deepEqual(broken(other, orders), []);
  });

  test('values that are not what they should be are passed over', () => {
    for (const bad of [
      'paths: []',
      'paths: { /orders/{orderId}: [] }',
      'paths: { /orders/{orderId}: { get: 1 } }',
      'paths: { /orders/{orderId}: { get: { responses: x, parameters: { a: 1 } } } }',
    ])
      assert.doesNotMatch(
        breaks(whole(orders), whole(`${bad}\n`))
          .map((one) => one.message)
          .join(),
        /bug/,
      );
  });
});

describe('a check that is off', () => {
  test('tells nothing', () => {
    const after = whole(edited('maxLength: 50', 'maxLength: 20'));
    assert.deepEqual(
      breaks(whole(orders), after, (rule) => rule.id !== 'breaking-request-bounds'),
      [],
    );
  });
});
