import { responsesOf } from '../openapi';
import { defineRule } from '../rule';
import { namesFor, statusNames } from '../status-names';

const names = statusNames(['429 Retry-After'], 'header');

export const responseHasHeaders = defineRule({
  id: 'response-has-headers',
  summary: 'Responses have the headers that are asked of their status.',
  why: 'A header that answers are agreed to bring, as when to call again, is worth something only when it is never missing.',
  severity: 'hint',
  source: {
    guideline: 'Redocly',
    ref: 'response-contains-header',
    url: 'https://redocly.com/docs/cli/rules/oas/response-contains-header',
  },
  options: [names],
  presets: [],
  bad: `paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        '429': # want
          description: Too many calls
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '200': { description: The orders }
        '429':
          description: Too many calls
          headers:
            Retry-After: { description: Seconds until the next call, schema: { type: integer } }
`,
  visit: {
    operation(node, report, spec, options) {
      for (const { code, node: response } of responsesOf(node)) {
        const asked = namesFor(code, options.get(names));
        const found = asked.length === 0 ? undefined : spec.deref(response);
        if (found === undefined) continue;
        const headers = found.get('headers')?.actual;
        const there = new Set(headers?.keys.map((key) => key.toLowerCase()));
        const at = response.has('$ref') ? response : (found.get('headers') ?? response);
        for (const name of asked)
          if (!there.has(name.toLowerCase()))
            report({ at, message: `A response of ${code} has to have the header \`${name}\`.` });
      }
    },
  },
});
