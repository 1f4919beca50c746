import { defineBreaking } from '../check';

export const breakingOperationId = defineBreaking({
  id: 'breaking-operation-id',
  summary: 'An operation keeps its `operationId`.',
  why: 'Generated clients call their methods by it: with another id, code that uses a client no longer compiles, though the interface on the wire is the same.',
  severity: 'warning',
  before: `paths:
  /orders:
    get:
      operationId: listOrders
      responses: { '204': { description: Nothing } }
`,
  bad: `paths:
  /orders:
    get:
      operationId: getOrders # want
      responses: { '204': { description: Nothing } }
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List the orders
      responses: { '204': { description: Nothing } }
`,
  compare: {
    operation({ before, after }, tell) {
      const old = before?.get('operationId');
      if (old?.string === undefined || after === undefined) return;
      const now = after.get('operationId');
      if (now?.string === old.string) return;
      const is = now === undefined ? 'has none now' : `is \`${now.string ?? ''}\` now`;
      tell({
        at: now ?? after,
        on: now === undefined ? 'key' : 'value',
        message: `The \`operationId\` was \`${old.string}\` and ${is}: the method of generated clients gets another name.`,
        old,
      });
    },
  },
});
