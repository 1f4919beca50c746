import { operationsOf } from '../openapi';
import { defineRule } from '../rule';

export const webhookNoCallbacks = defineRule({
  id: 'webhook-no-callbacks',
  summary: 'Webhooks have no `callbacks`.',
  why: 'A webhook is a call from this API already. What happens in turn is another webhook; tools don’t look for callbacks there.',
  severity: 'warning',
  source: {
    guideline: 'Spectral',
    ref: 'oas3_1-callbacks-in-webhook',
    url: 'https://github.com/stoplightio/spectral/blob/develop/docs/reference/openapi-rules.md#oas3_1-callbacks-in-webhook',
  },
  presets: ['strict', 'spectral-oas'],
  bad: `webhooks:
  orderPaid:
    post:
      summary: An order is paid
      callbacks: {} # want
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
        for (const at of holders.flatMap((holder) => holder.get('callbacks') ?? []))
          report({
            at,
            message: 'A webhook is a call back already: describe what follows as a webhook of its own.',
          });
      }
    },
  },
});
