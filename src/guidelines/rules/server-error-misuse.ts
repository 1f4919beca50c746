import { lyst } from '../guides';
import { defineRule } from '../rule';

/** What is the caller’s fault, in the words of descriptions. */
const callers =
  /\b(?:invalid|malformed|bad|missing|incorrect) (?:request|input|parameters?|data|body|id|field|argument|token|credentials?)\b|\bvalidation (?:error|failed|failure)|\bnot found\b|\balready exists\b|\bunauthori[sz]ed\b|\bforbidden\b|\b(?:does|do) not exist\b/i;
const servers = /\b(?:internal|server|unexpected|unavailable|timeout|upstream|gateway)\b/i;

export const serverErrorMisuse = defineRule({
  id: 'server-error-misuse',
  summary: 'A 5xx is the server’s fault, never the caller’s.',
  why: 'Clients and gateways try a 5xx again and raise an alarm. What the caller did wrong stays wrong at each try, and wakes people who can’t help.',
  severity: 'warning',
  source: lyst('Response Statuses'),
  presets: ['strict', 'lyst'],
  bad: `paths:
  /orders:
    post:
      operationId: createOrder
      responses:
        '201': { description: The order is taken }
        '500': { description: Invalid input } # want
`,
  good: `paths:
  /orders:
    post:
      operationId: createOrder
      summary: Take an order
      responses:
        '201': { description: The order is taken }
        '400': { description: Invalid input }
        '500': { description: The service failed }
`,
  visit: {
    response(node, report) {
      if (!/^5(?:\d\d|XX)$/i.test(node.key ?? '')) return;
      const text = node.stringAt('description') ?? '';
      if (!callers.test(text) || servers.test(text)) return;
      report({
        at: node,
        message: 'This is the caller’s mistake, so a 4xx tells it: a 5xx is tried again and raises an alarm.',
      });
    },
  },
});
