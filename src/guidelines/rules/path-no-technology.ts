import { spanWithin } from '../edit';
import { lyst } from '../guides';
import { namesOf } from '../resources';
import { defineRule } from '../rule';

const technology =
  /(?:\.(?:php\d?|aspx?|ashx|asmx|jspx?|do|cgi|pl|py|rb|cfm|svc))$|^(?:cgi-bin|servlets?|wp-json|wp-admin)$/i;

export const pathNoTechnology = defineRule({
  id: 'path-no-technology',
  summary: 'Paths don’t tell what the service is made with.',
  why: 'An address lives longer than the program behind it. `/orders.php` has to be kept alive, or every client changed, when the service is written anew; and it tells attackers where to begin.',
  severity: 'warning',
  source: lyst('Terminology'),
  presets: ['strict', 'lyst'],
  bad: `paths:
  /orders.php: # want
    get: { operationId: listOrders }
`,
  good: `paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '204': { description: There are none }
`,
  visit: {
    path(item, report, spec) {
      const path = item.key ?? '';
      const found = namesOf(path).find(({ text }) => technology.test(text));
      if (found === undefined || item.keySpan === undefined) return;
      report({
        at: item,
        on: spanWithin(spec, item.keySpan, path, [found.start, found.end]),
        message: `\`${found.text}\` tells what the service is made with, which will change before the address may: name only the thing.`,
      });
    },
  },
});
