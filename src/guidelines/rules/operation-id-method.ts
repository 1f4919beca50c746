import { aip } from '../guides';
import { remembered } from '../remembered';
import { methodOf, pathOf } from '../openapi';
import { defineRule } from '../rule';
import { wordsOf } from '../words';

const methods: Readonly<Record<string, readonly string[]>> = {
  get: ['get', 'head'],
  list: ['get', 'head'],
  create: ['post'],
  update: ['patch', 'put'],
  delete: ['delete'],
};
const proper: Readonly<Record<string, string>> = {
  get: 'GET',
  list: 'GET',
  create: 'POST',
  update: 'PATCH',
  delete: 'DELETE',
};

const verbOf = remembered((id: string): string => {
  const first = wordsOf(id.slice(Math.max(id.lastIndexOf('/'), id.lastIndexOf('.')) + 1))[0] ?? '';
  return Object.hasOwn(methods, first) ? first : '';
});

export const operationIdMethod = defineRule({
  id: 'operation-id-method',
  summary:
    'An operation that is called get, list, create, update or delete has the method that goes with it.',
  why: 'The name is what callers see in generated code, the method what caches and retries go by. When `getOrder` is a POST, one of them is wrong about it.',
  severity: 'info',
  source: aip(131),
  presets: ['google'],
  bad: `paths:
  /orders/{order}:
    post:
      operationId: deleteOrder # want
`,
  good: `paths:
  /orders/{order}:
    parameters:
      - { name: order, in: path, required: true, schema: { type: string } }
    delete:
      operationId: deleteOrder
      summary: Delete an order
      responses:
        '204': { description: It is gone }
        '404': { description: There is no such order }
`,
  visit: {
    operation(node, report) {
      const id = node.get('operationId');
      const verb = verbOf(id?.string ?? '');
      const method = methodOf(node);
      if (id === undefined || verb === '' || method === undefined || methods[verb]?.includes(method) === true)
        return;
      if ((pathOf(node) ?? ':').includes(':')) return;
      report({
        at: id,
        on: 'value',
        message: `What is called \`${verb}\` is a ${proper[verb] ?? ''}, not a ${method.toUpperCase()}: the name and the method should say the same.`,
      });
    },
  },
});
