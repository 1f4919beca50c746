import { zalando } from '../guides';
import { isClass } from '../http';
import { responsesOf } from '../openapi';
import { isJson, isServed, mediaTypesOf } from '../responses';
import { defineRule } from '../rule';
import { isOfType } from '../schemas';

export const jsonObjectResponse = defineRule({
  id: 'json-object-response',
  summary: 'At the top of an answer stands an object.',
  why: 'Beside a bare list nothing can be put: no cursor, no total, no warning. The first one that is needed breaks every client; in an object it is one more field.',
  severity: 'warning',
  source: zalando(110),
  presets: ['strict', 'zalando', 'google', 'lyst'],
  bad: `paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        '200':
          description: The orders
          content:
            application/json:
              schema: { type: array, items: { type: string } } # want
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '200':
          description: The orders
          content:
            application/json:
              schema: { type: object, properties: { items: { type: array, items: { type: string } } } }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      if (!isServed(node)) return;
      for (const { code, node: response } of responsesOf(node)) {
        const found = isClass(code, 2) ? spec.deref(response) : undefined;
        const types = mediaTypesOf(found).filter((type) => isJson(type.key ?? ''));
        for (const holder of found?.has('schema') === true ? [found] : types) {
          const schema = holder.get('schema');
          const actual = spec.deref(schema);
          if (schema === undefined || actual === undefined || !isOfType(actual, 'array')) continue;
          report({
            at: response.has('$ref') ? response : schema,
            message:
              'Put the list into an object, as in `{ "items": [] }`: beside a bare one nothing can be added without a break.',
          });
        }
      }
    },
  },
});
