import { operationsOf } from '../openapi';
import { defineRule } from '../rule';

export const webhookNoServers = defineRule({
  id: 'webhook-no-servers',
  summary: 'Webhooks have no `servers`.',
  why: 'A webhook is called at an address that the receiver chooses, so a server of this API has no meaning there.',
  severity: 'warning',
  source: {
    guideline: 'Spectral',
    ref: 'oas3_1-servers-in-webhook',
    url: 'https://github.com/stoplightio/spectral/blob/develop/docs/reference/openapi-rules.md#oas3_1-servers-in-webhook',
  },
  presets: ['strict', 'spectral-oas'],
  bad: `webhooks:
  orderPaid:
    post:
      summary: An order is paid
      servers: [{ url: https://api.example.com }] # want
`,
  good: `webhooks:
  orderPaid:
    post:
      operationId: onOrderPaid
      summary: An order is paid
      responses:
        '204': { description: Noted }
        '400': { description: The event is not understood }
`,
  visit: {
    document(root, report) {
      for (const item of root.childrenOf('webhooks')) {
        const holders = [item, ...operationsOf(item)];
        for (const at of holders.flatMap((holder) => holder.get('servers') ?? []))
          report({
            at,
            message: 'A webhook is called at the receiver’s address, so `servers` says nothing here.',
          });
      }
    },
  },
});
