import { defineBreaking } from '../check';

export const breakingResponseRemoved = defineBreaking({
  id: 'breaking-response-removed',
  summary: 'A response that callers wait for stays.',
  why: 'Callers tell by the status what happened. When a success has another one, code that checks for the old takes it for a failure; and a failure that is gone leaves code that never runs.',
  before: `paths:
  /orders:
    post:
      responses:
        '201': { description: Created }
`,
  bad: `paths:
  /orders:
    post:
      responses: # want
        '200': { description: Created }
`,
  good: `paths:
  /orders:
    post:
      responses:
        '201': { description: Created }
        '202': { description: Accepted }
`,
  compare: {
    response({ name, before, after, at, scope }, tell) {
      if (before === undefined || after !== undefined) return;
      const isSuccess = /^[23]/.test(name);
      const isCovered = at.actual.has('default');
      if (scope.direction === 'request' || (!isSuccess && isCovered)) return;
      tell({
        at,
        message: `The response \`${name}\` of \`${scope.label}\` is gone: callers that look for it take what comes instead for something else.`,
        old: before,
      });
    },
  },
});
