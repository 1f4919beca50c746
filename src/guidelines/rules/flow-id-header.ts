import { counted } from '../fact';
import { zalando } from '../guides';
import { defineRule } from '../rule';

const signs = counted((view) => [
  ...view
    .nodes('parameter')
    .flatMap((one) => (/^x-flow-id$/i.test(one.stringAt('name') ?? '') ? ['flow'] : [])),
  ...view.nodes('ref').flatMap((one) => (/flow-?id/i.test(one.stringAt('$ref') ?? '') ? ['flow'] : [])),
  ...view.nodes('operation').map(() => 'call'),
]);

export const flowIdHeader = defineRule({
  id: 'flow-id-header',
  summary: 'Calls can carry an `X-Flow-ID`.',
  why: 'One click goes through ten services. With the same id in the logs of all, what happened is one search; without, it is ten teams comparing clocks.',
  severity: 'hint',
  source: zalando(233),
  presets: ['zalando'],
  bad: `paths: # want
  /orders:
    get: { operationId: listOrders }
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      parameters:
        - { name: X-Flow-ID, in: header, schema: { type: string } }
      responses:
        '204': { description: There are none }
        default: { description: A problem }
`,
  wholeDocument: true,
  visit: {
    paths(paths, report, spec) {
      const found = signs(spec);
      if (!found.has('call') || found.has('flow')) return;
      report({
        at: paths,
        message:
          'No operation takes `X-Flow-ID`: with it, one request can be followed through the logs of all services.',
      });
    },
  },
});
