import { defineBreaking } from '../check';

export const breakingRequestClosed = defineBreaking({
  id: 'breaking-request-closed',
  summary: 'Requests that could have more properties than are listed still can.',
  why: 'Callers that send something more, which was ignored or kept so far, are refused.',
  before: `paths:
  /orders:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties: { item: { type: string } }
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
              properties: { item: { type: string } }
              additionalProperties: false # want
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
              properties: { item: { type: string } }
              additionalProperties: true
      responses: { '204': { description: Done } }
`,
  compare: {
    schema({ name, before, after, scope }, tell) {
      if (scope.direction === 'response') return;
      for (const keyword of ['additionalProperties', 'unevaluatedProperties']) {
        const now = after.find(keyword);
        const old = before.find(keyword);
        if (now?.actual.value !== false || old?.actual.value === false || !before.types.has('object'))
          continue;
        tell({
          at: now,
          message: `${name} takes no other properties now: callers that send more are refused.`,
          old: old ?? before.written,
        });
      }
    },
  },
});
