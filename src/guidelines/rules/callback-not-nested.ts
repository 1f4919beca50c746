import { isCallback } from '../openapi';
import { defineRule } from '../rule';

export const callbackNotNested = defineRule({
  id: 'callback-not-nested',
  summary: 'A callback has no callbacks of its own.',
  why: 'What calls back calls the server of a client. That this in turn calls back to somebody is allowed, but no documentation and no generator follows it.',
  severity: 'warning',
  source: {
    guideline: 'Spectral',
    ref: 'oas3-callbacks-in-callbacks',
    url: 'https://github.com/stoplightio/spectral/blob/develop/docs/reference/openapi-rules.md#oas3-callbacks-in-callbacks',
  },
  presets: ['strict', 'spectral-oas'],
  bad: `paths:
  /orders:
    post:
      operationId: createOrder
      callbacks:
        paid:
          '{$request.body#/url}':
            post:
              operationId: onPaid
              callbacks: # want
                confirmed: {}
`,
  good: `paths:
  /orders:
    post:
      operationId: createOrder
      summary: Create an order
      callbacks:
        paid:
          '{$request.body#/url}':
            post:
              summary: An order is paid
              responses:
                '204': { description: Noted }
                '400': { description: The event is not understood }
      responses:
        '201': { description: The order }
        '400': { description: The order is wrong }
`,
  visit: {
    operation(node, report) {
      const callbacks = node.get('callbacks');
      if (callbacks === undefined || !isCallback(node)) return;
      report({
        at: callbacks,
        message: 'A callback inside a callback is followed by no tool; describe it where it is answered.',
      });
    },
  },
});
