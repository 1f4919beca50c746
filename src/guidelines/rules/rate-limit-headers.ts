import { heroku } from '../guides';
import { isClass } from '../http';
import { responsesOf } from '../openapi';
import { isServed } from '../responses';
import { defineRule } from '../rule';

const limits = /^(?:x-)?rate-?limit(?:-|$)|^retry-after$/i;

export const rateLimitHeaders = defineRule({
  id: 'rate-limit-headers',
  summary: 'Answers say how many calls are left.',
  why: 'A client that sees `RateLimit-Remaining` slows down before it is refused. One that sees nothing is refused, tries again, and makes it worse.',
  severity: 'info',
  source: heroku('responses', 'Show rate limit status'),
  presets: ['heroku', 'owasp'],
  bad: `paths:
  /orders:
    get: # want
      operationId: listOrders
      responses:
        '200': { description: The orders }
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '204':
          description: There are none
          headers:
            RateLimit-Remaining: { description: Calls that are left, schema: { type: integer } }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      if (!isServed(node)) return;
      const known = responsesOf(node).filter(({ code }) => isClass(code, 2));
      const responses = known.flatMap(({ node: response }) => spec.deref(response) ?? []);
      if (responses.length === 0 || responses.length < known.length) return;
      if (responses.some((one) => one.childrenOf('headers').some(({ key }) => limits.test(key ?? ''))))
        return;
      report({
        at: node,
        message:
          'Say in headers of the answer, such as `RateLimit-Remaining`, how many calls are left, so that clients slow down by themselves.',
      });
    },
  },
});
