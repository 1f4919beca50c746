import { lyst } from '../guides';
import { hasHeader, isServed } from '../responses';
import { responsesOf } from '../openapi';
import { defineRule } from '../rule';

const places: ReadonlySet<string> = new Set([
  'location',
  'operation-location',
  'content-location',
  'link',
  'retry-after',
]);

export const acceptedMonitor = defineRule({
  id: 'accepted-monitor',
  summary: 'A 202 says where the outcome can be seen.',
  why: 'Accepted is not done. Without a place to look, a client can only try again, and then the work may be done twice.',
  severity: 'info',
  source: lyst('Response Statuses'),
  presets: ['strict', 'lyst', 'zalando', 'google'],
  bad: `paths:
  /reports:
    post:
      operationId: createReport
      responses:
        '202': { description: It will be made } # want
`,
  good: `paths:
  /reports:
    post:
      operationId: createReport
      summary: Make a report
      responses:
        '202':
          description: It will be made
          headers:
            Location: { description: Where it will be, schema: { type: string, format: uri } }
`,
  wholeDocument: true,
  visit: {
    operation(node, report, spec) {
      if (!isServed(node)) return;
      const accepted = responsesOf(node).find(({ code }) => code === '202')?.node;
      const response = spec.deref(accepted);
      if (accepted === undefined || response === undefined) return;
      if (
        response.has('content') ||
        response.has('schema') ||
        response.has('links') ||
        hasHeader(response, places)
      )
        return;
      report({
        at: accepted,
        message:
          'Say where the outcome can be seen, in a `Location` header or in the body: accepted is not done.',
      });
    },
  },
});
