import { defineBreaking } from '../check';

export const breakingRequestPropertyRemoved = defineBreaking({
  id: 'breaking-request-property-removed',
  summary: 'A property that callers may send stays.',
  why: 'What callers send in it is ignored, or their request is refused for a property that nobody knows.',
  severity: 'warning',
  before: `paths:
  /orders:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                item: { type: string }
                note: { type: string }
      responses: { '204': { description: Done } }
`,
  bad: `paths:
  /orders:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties: # want
                item: { type: string }
      responses: { '204': { description: Done } }
`,
  good: `paths:
  /orders:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                item: { type: string }
                note: { type: string, deprecated: true }
      responses: { '204': { description: Done } }
`,
  compare: {
    property({ name, before, after, at, scope }, tell) {
      if (scope.direction === 'response' || before === undefined || after !== undefined) return;
      tell({
        at,
        message: `Requests no longer have \`${name}\`: callers that send it are ignored or refused.`,
        old: before,
      });
    },
  },
});
