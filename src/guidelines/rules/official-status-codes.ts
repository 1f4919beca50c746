import { zalando } from '../guides';
import { defineRule } from '../rule';

/** The HTTP status code registry of IANA, as RFC 9110 (section 16.2) sets it up; 306 and 418 are reserved. */
const registered: ReadonlySet<string> = new Set(
  (
    '100 101 102 103 104 200 201 202 203 204 205 206 207 208 226 300 301 302 303 304 305 307 308 400 401 402 403 404 405 406 407 408 409 410 ' +
    '411 412 413 414 415 416 417 421 422 423 424 425 426 428 429 431 451 500 501 502 503 504 505 506 507 508 510 511'
  ).split(' '),
);

export const officialStatusCodes = defineRule({
  id: 'official-status-codes',
  summary: 'Status codes are those that are registered for HTTP.',
  why: 'Clients, caches and gateways know the registered ones. A code of one’s own they take for the first of its hundred, and whoever reads it in a log finds nothing about it.',
  severity: 'warning',
  source: zalando(243),
  presets: ['strict', 'zalando', 'lyst'],
  bad: `paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        '204': { description: There are none }
        '499': { description: The caller went away } # want
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '204': { description: There are none }
        '400': { description: The query is wrong }
`,
  visit: {
    responses(node, report) {
      for (const response of node.children) {
        const code = response.key ?? '';
        if (!/^\d{3}$/.test(code) || registered.has(code)) continue;
        report({
          at: response,
          message: `\`${code}\` is not registered, so clients read it as ${code.charAt(0)}00: use a code that they know.`,
        });
      }
    },
  },
});
