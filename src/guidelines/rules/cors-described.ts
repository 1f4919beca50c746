import { counted } from '../fact';
import { lyst } from '../guides';
import { defineRule } from '../rule';

const signs = counted((view) => [
  ...view
    .nodes('response')
    .flatMap((one) =>
      one
        .childrenOf('headers')
        .some((header) => header.key?.toLowerCase().startsWith('access-control-') === true)
        ? ['cors']
        : [],
    ),
  ...view.nodes('operation').flatMap((one) => (one.key === 'options' ? ['cors'] : ['call'])),
]);

export const corsDescribed = defineRule({
  id: 'cors-described',
  summary: 'The description says whether pages of other sites may call the API.',
  why: 'Without CORS headers no browser lets a page of another site read an answer. Who plans a front end has to know that before, not after.',
  severity: 'hint',
  source: lyst('CORS'),
  presets: ['lyst'],
  bad: `info: # want
  title: Orders
  version: 1.0.0
  description: Orders of the shop.
paths:
  /orders:
    get: { operationId: listOrders }
`,
  good: `info:
  title: Orders
  version: 1.0.0
  description: Orders of the shop. CORS is open to shop.example.com.
  contact: { name: Shop team }
paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '204': { description: There are none }
`,
  wholeDocument: true,
  visit: {
    info(info, report, spec) {
      const found = signs(spec);
      if (!found.has('call') || found.has('cors')) return;
      if (/\bCORS\b|cross[- ]origin/i.test(info.stringAt('description') ?? '')) return;
      report({
        at: info,
        message:
          'Say whether pages of other sites may call this (CORS), in the description or by the `Access-Control-Allow-Origin` header of the responses.',
      });
    },
  },
});
