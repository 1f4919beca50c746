import { zalando } from '../guides';
import { methodOf } from '../openapi';
import { answers, isServed, mediaTypesOf } from '../responses';
import { defineRule } from '../rule';
import { isOfType } from '../schemas';

export const batch207 = defineRule({
  id: 'batch-207',
  summary: 'A POST of many things answers 207, with an outcome for each.',
  why: 'When three of a hundred fail, neither 200 nor 400 is true. 207 says that the body tells of each, so that a client sends again only those three.',
  severity: 'info',
  source: zalando(152),
  presets: ['zalando'],
  bad: `paths:
  /orders:
    post:
      operationId: createOrders
      requestBody: { content: { application/json: { schema: { type: array, items: { type: object } } } } }
      responses: # want
        '201': { description: The orders are taken }
`,
  good: `paths:
  /orders:
    post:
      operationId: createOrders
      summary: Take orders
      requestBody: { content: { application/json: { schema: { type: array, items: { type: object } } } } }
      responses:
        '207': { description: How each one went }
        '400': { description: The orders can’t be read }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      const responses = node.get('responses');
      if (methodOf(node) !== 'post' || responses === undefined || !isServed(node) || answers(node, '207'))
        return;
      const schemas = mediaTypesOf(spec.deref(node.get('requestBody'))).map((type) =>
        spec.deref(type.get('schema')),
      );
      if (!schemas.some((schema) => schema !== undefined && isOfType(schema, 'array'))) return;
      report({
        at: responses,
        message: 'This takes many at once, and some may fail: answer 207, with an outcome for each.',
      });
    },
  },
});
