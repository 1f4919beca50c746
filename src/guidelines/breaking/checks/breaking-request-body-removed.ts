import { defineBreaking } from '../check';

export const breakingRequestBodyRemoved = defineBreaking({
  id: 'breaking-request-body-removed',
  summary: 'A body that callers may send stays.',
  why: 'What callers send in it is ignored or refused, and generated clients lose an argument.',
  severity: 'warning',
  before: `paths:
  /orders:
    post:
      requestBody:
        content: { application/json: { schema: { type: object } } }
      responses: { '204': { description: Done } }
`,
  bad: `paths:
  /orders:
    post: # want
      responses: { '204': { description: Done } }
`,
  good: `paths:
  /orders:
    post:
      requestBody:
        description: The order.
        content: { application/json: { schema: { type: object } } }
      responses: { '204': { description: Done } }
`,
  compare: {
    requestBody({ before, after, at, scope }, tell) {
      if (before === undefined || after !== undefined || scope.direction === 'response') return;
      tell({
        at,
        message: `\`${scope.label}\` no longer takes a body: what callers send in it is ignored or refused.`,
        old: before,
      });
    },
  },
});
